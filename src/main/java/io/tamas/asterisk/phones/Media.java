package io.tamas.asterisk.phones;

import io.tamas.asterisk.phones.PjsipObject.Field;
import java.util.List;

/// The media of all endpoints.
///
/// @param opus whether Opus may be used: only if Asterisk can also transcode it, otherwise
///   recordings and announcements would not work
/// @param address from which Asterisk sends and on which it receives; empty: all of its machine's
record Media(boolean opus, String address) {

  /// Endpoints name no transport, since a phone chooses UDP or TCP itself: without an address here
  /// Asterisk would receive on all of them (`create_rtp` in `res_pjsip_sdp_rtp.c`).
  List<Field> fields() {
    return List.of(
        new Field("allow", opus ? "!all,ulaw,alaw,opus" : "!all,ulaw,alaw"),
        new Field("direct_media", "no"),
        new Field("rtp_symmetric", "yes"),
        new Field("media_address", address),
        new Field("bind_rtp_to_media_address", address.isEmpty() ? "no" : "yes"),
        new Field("rtp_ipv6", address.contains(":") ? "yes" : "no"));
  }
}
