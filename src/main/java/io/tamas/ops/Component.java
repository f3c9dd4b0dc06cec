package io.tamas.ops;

import java.io.IOException;
import java.time.Duration;

/// A process that belongs to an instance and is watched over by [Supervisor].
public interface Component {
  /// One word; also the name of its log and of its pid file.
  String name();

  /// What it is, for people.
  String title();

  /// Where it is reached.
  String address();

  /// Makes what it needs on disk, then says how it is started. Called before each start. The
  /// process must stay in the foreground.
  ///
  /// @throws IOException with a text for people
  ProcessBuilder command() throws IOException, InterruptedException;

  /// Whether it does its work now. Takes a second at most.
  boolean ready();

  /// How long it may take from its start until it is ready.
  Duration startDeadline();

  /// The signal that asks it to stop.
  Signal stopSignal();

  /// How long it may take to stop before it is killed.
  Duration stopDeadline();

  /// Ends what a killed run may have left that its process does not take with it.
  default void sweep() throws IOException, InterruptedException {}

  enum Signal {
    INT,
    TERM,
    KILL
  }
}
