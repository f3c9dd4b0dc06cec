package io.tamas.undo;

import java.util.Optional;

/// The outcome of bringing something back.
public sealed interface Undone {
  /// @param password that was made for it
  /// @param committed runs once the transaction is committed
  record Restored(Optional<String> password, Runnable committed) implements Undone {
    public Restored() {
      this(Optional.empty(), () -> {});
    }
  }

  /// Nothing is brought back.
  ///
  /// @param what has changed since
  record Changed(String what) implements Undone {}
}
