package io.tamas.asterisk.ari;

/// Hears of the connection and of Asterisk's events. Called on an event loop: must not wait.
public interface AriListener {

  /// Asterisk is connected and takes requests. What was known before may be out of date: events
  /// were missed, and the ones that Asterisk kept and sent again have been dropped.
  default void online(AriPeer peer) {}

  /// Asterisk is gone.
  default void offline() {}

  default void event(AriEvent event) {}

  /// Wakes whoever reads the journal whenever something happens to a channel, and when Asterisk is
  /// back. The event may come some milliseconds before the line is in the journal.
  static AriListener onChannels(Runnable wake) {
    return new AriListener() {
      @Override
      public void online(AriPeer peer) {
        wake.run();
      }

      @Override
      public void event(AriEvent event) {
        if (event instanceof AriEvent.Channel) {
          wake.run();
        }
      }
    };
  }
}
