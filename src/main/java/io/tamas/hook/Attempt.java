package io.tamas.hook;

import java.time.Instant;

/// A delivery whose turn it is.
///
/// @param hook the id of the webhook
/// @param tries attempts before this one
/// @param since when the event was taken over, or was asked to be sent again
record Attempt(long hook, long event, String chain, int tries, Instant since) {
  /// What it delivers.
  record Key(long hook, long event) {}

  Key key() {
    return new Key(hook, event);
  }
}
