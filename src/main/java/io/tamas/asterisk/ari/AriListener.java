package io.tamas.asterisk.ari;

/// Receives the state of the connection and Asterisk's events. Called on an event loop: must not
/// wait.
public interface AriListener {

  /// Asterisk is connected and accepts requests. What was known before may be out of date: events
  /// were missed, and those that Asterisk queued and sent afterwards have been dropped.
  default void online(AriPeer peer) {}

  /// Asterisk is disconnected.
  default void offline() {}

  default void event(AriEvent event) {}
}
