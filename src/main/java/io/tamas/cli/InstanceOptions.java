package io.tamas.cli;

import io.tamas.ops.Instance;
import io.tamas.ops.InstanceFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which instance is meant.
final class InstanceOptions {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description =
          "Folder of the instance. Default: TAMAS_DATA, else ~/.local/share/tamas/default")
  private @Nullable Path data;

  Path data() {
    return data == null ? Instance.defaultData(System.getenv()) : data.toAbsolutePath().normalize();
  }

  /// Of the server, as `up` writes it.
  Path configFile() {
    return Instance.configFile(data());
  }

  /// The instance as it was started last.
  Instance instance() throws IOException {
    return InstanceFolder.read(data());
  }
}
