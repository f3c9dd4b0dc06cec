package io.tamas.ops;

import java.nio.file.Path;

/// Where the processes of an instance leave pid files and logs.
///
/// @param data the folder of the instance
public record Premises(Path data) {
  /// For pid files and locks: meaningless after a restart of the machine.
  public Path run() {
    return data.resolve("run");
  }

  /// The file that signals that everything is ready.
  public Path ready() {
    return run().resolve("ready");
  }

  public Path logs() {
    return data.resolve("logs");
  }

  /// Where `cel_custom` writes `journal.csv`.
  Path journal() {
    return data.resolve("asterisk/log/cel-custom");
  }

  LogFile log(String component) {
    return new LogFile(logs().resolve(component + ".log"));
  }
}
