package io.tamas.asterisk.ami;

/// Has Asterisk do something.
@FunctionalInterface
public interface Ami {

  /// Waits for Asterisk's answer until the deadline of the connection; not for event loops.
  ///
  /// @throws AmiFault when there is no answer
  AmiAnswer send(AmiAction action);
}
