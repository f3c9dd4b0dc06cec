package io.tamas.ops;

import java.io.IOException;
import java.time.Duration;

/// A process that is kept running: what its supervisor needs to know to start it again and to stop
/// it.
public interface Supervised {
  /// One word; also the name of its log and of its pid file.
  String name();

  /// Its name for display.
  String title();

  /// The command that starts it. Called before each start. The process must stay in the foreground.
  ///
  /// @throws IOException with a message for users
  ProcessBuilder command() throws IOException, InterruptedException;

  /// The signal that makes it stop.
  Signal stopSignal();

  /// How long it may take to stop before it is killed.
  Duration stopDeadline();

  enum Signal {
    INT,
    TERM,
    KILL
  }
}
