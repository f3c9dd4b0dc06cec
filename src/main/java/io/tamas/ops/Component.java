package io.tamas.ops;

import java.io.IOException;
import java.time.Duration;

/// A process that belongs to an instance and is supervised by [Supervisor]. Its command prepares
/// its files.
public interface Component extends Supervised {
  /// Where it can be reached.
  String address();

  /// Whether it is ready. Takes at most a second.
  boolean ready();

  /// How long it may take from its start until it is ready.
  Duration startDeadline();

  /// Ends what a killed run may have left running apart from its process.
  default void sweep() throws IOException, InterruptedException {}
}
