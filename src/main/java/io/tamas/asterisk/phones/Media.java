package io.tamas.asterisk.phones;

import io.tamas.asterisk.phones.PjsipObject.Field;
import io.tamas.config.Codec;
import io.tamas.config.Config;
import io.tamas.config.Srtp;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The media of an endpoint.
///
/// @param codecs in order of preference
/// @param address from which Asterisk sends and on which it receives; empty: all of its machine's
record Media(List<Codec> codecs, Srtp srtp, String address) {
  /// Every phone and every provider has one of them, and Asterisk transcodes both.
  private static final List<Codec> EVERYWHERE = List.of(Codec.ALAW, Codec.ULAW);

  Media {
    codecs = List.copyOf(codecs);
  }

  /// @param transcoded those that Asterisk can transcode: with any other, recordings and
  ///   announcements would not work
  static Media of(Config.Media config, Set<Codec> transcoded) {
    List<Codec> usable = config.codecs().stream().filter(transcoded::contains).toList();
    return new Media(usable.isEmpty() ? EVERYWHERE : usable, config.srtp(), config.address());
  }

  Media with(Srtp other) {
    return new Media(codecs, other, address);
  }

  /// Endpoints name no transport, since a phone chooses UDP, TCP or TLS itself: without an address
  /// here Asterisk would receive on all of them (`create_rtp` in `res_pjsip_sdp_rtp.c`).
  List<Field> fields() {
    String allowed = codecs.stream().map(Codec::label).collect(Collectors.joining(","));
    return List.of(
        new Field("allow", "!all," + allowed),
        new Field("media_encryption", srtp == Srtp.OFF ? "no" : "sdes"),
        // offered as RTP/AVP with keys (RFC 4568 leaves it to the peer to ignore them), and
        // accepted
        // as RTP/AVP and RTP/SAVP
        new Field("media_encryption_optimistic", srtp == Srtp.OPTIONAL ? "yes" : "no"),
        new Field("direct_media", "no"),
        new Field("rtp_symmetric", "yes"),
        new Field("media_address", address),
        new Field("bind_rtp_to_media_address", address.isEmpty() ? "no" : "yes"),
        new Field("rtp_ipv6", address.contains(":") ? "yes" : "no"));
  }
}
