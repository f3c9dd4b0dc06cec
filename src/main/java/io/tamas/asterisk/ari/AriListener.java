package io.tamas.asterisk.ari;

/// Hears of the connection and of Asterisk's events. Called on an event loop: must not wait.
public interface AriListener {

  /// Asterisk is connected and takes requests. What was known before may be out of date: events
  /// were missed, and the ones that Asterisk kept and sent again have been dropped.
  default void online(AriPeer peer) {}

  /// Asterisk is gone.
  default void offline() {}

  default void event(AriEvent event) {}
}
