package io.tamas.ops;

import java.io.IOException;
import java.time.Duration;

/// A process that belongs to an instance and is supervised by [Supervisor].
public interface Component {
  /// One word; also the name of its log and of its pid file.
  String name();

  /// Its name for display.
  String title();

  /// Where it can be reached.
  String address();

  /// Prepares its files, then returns the command that starts it. Called before each start. The
  /// process must stay in the foreground.
  ///
  /// @throws IOException with a message for users
  ProcessBuilder command() throws IOException, InterruptedException;

  /// Whether it is ready. Takes at most a second.
  boolean ready();

  /// How long it may take from its start until it is ready.
  Duration startDeadline();

  /// The signal that makes it stop.
  Signal stopSignal();

  /// How long it may take to stop before it is killed.
  Duration stopDeadline();

  /// Ends what a killed run may have left running apart from its process.
  default void sweep() throws IOException, InterruptedException {}

  enum Signal {
    INT,
    TERM,
    KILL
  }
}
