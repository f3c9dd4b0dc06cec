package io.tamas.asterisk.ami;

/// Sends actions to Asterisk.
@FunctionalInterface
public interface Ami {

  /// Waits for Asterisk's response until the deadline of the connection; not for event loops.
  ///
  /// @throws AmiFault if there is no response
  AmiAnswer send(AmiAction action);
}
