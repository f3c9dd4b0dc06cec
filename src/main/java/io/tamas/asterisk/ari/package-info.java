/// ARI over the WebSocket that Asterisk opens to Tamas: requests out, events in, on one socket.
///
/// Speaks the protocol and knows no feature; may use `config` and `number`. While Asterisk is down
/// every request fails at once and listeners have been notified; Asterisk reconnects by itself.
@NullMarked
package io.tamas.asterisk.ari;

import org.jspecify.annotations.NullMarked;
