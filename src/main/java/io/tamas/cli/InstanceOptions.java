package io.tamas.cli;

import io.tamas.ops.Instance;
import io.tamas.ops.InstanceFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options that select the instance.
final class InstanceOptions {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      converter = InstanceFolderConverter.class,
      description =
          "Folder of the instance. Default: TAMAS_DATA, else ~/.local/share/tamas/default")
  private @Nullable Path data;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  /// @throws ParameterException if that of the environment cannot be an instance
  Path data() {
    if (data != null) {
      return data;
    }
    try {
      return InstanceFolder.requirePossible(Instance.defaultData(System.getenv()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          Objects.requireNonNull(spec).commandLine(), "TAMAS_DATA: " + e.getMessage(), e);
    }
  }

  /// The server's configuration, as written by `up`.
  Path configFile() {
    return Instance.configFile(data());
  }

  /// Says so on standard error where no instance was ever started.
  boolean areMissing() {
    boolean missing = !InstanceFolder.exists(data());
    if (missing) {
      System.err.println("tamas: there is no instance in " + data());
    }
    return missing;
  }

  /// The instance as it was last started.
  Instance instance() throws IOException {
    return InstanceFolder.read(data());
  }
}
