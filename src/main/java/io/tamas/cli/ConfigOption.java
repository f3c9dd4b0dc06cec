package io.tamas.cli;

import io.tamas.config.Config;
import io.tamas.config.ConfigException;
import io.tamas.config.ConfigLoader;
import io.tamas.ops.ServerProcess;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The configuration of a server: that of an instance, or a file.
final class ConfigOption {
  @Mixin private final InstanceOptions instance = new InstanceOptions();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration of the server. Default: that of the instance")
  private @Nullable Path file;

  Path file() {
    return file == null ? instance.configFile() : file;
  }

  /// Says so on standard error where it would be that of an instance, and there is none.
  boolean isMissing() {
    return file == null && instance.areMissing();
  }

  /// That of an instance is overridden as the server's own is.
  Config read() throws ConfigException {
    return ConfigLoader.load(
        Optional.of(file()),
        file == null ? ServerProcess.overrides(System.getenv()) : System.getenv());
  }
}
