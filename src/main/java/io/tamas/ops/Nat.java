package io.tamas.ops;

import java.util.List;
import java.util.stream.Stream;

/// The network address translation between an instance and phones or trunks outside.
///
/// @param external the public address, for SIP and SDP to parties beyond the NAT
/// @param localNets ranges such as `10.0.0.0/8` that are reached without translation; empty: the
///   private ones of RFC 1918 and RFC 4193
public record Nat(IpAddress external, List<String> localNets) {
  private static final List<String> PRIVATE =
      List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");

  public Nat {
    localNets = List.copyOf(localNets);
  }

  /// The ranges that are reached without translation. This machine always is: Asterisk replaces an
  /// address in SDP only if it is in them (`change_outgoing_sdp_stream_media_address` in
  /// `res_pjsip_sdp_rtp.c`), and `tamas call` is on loopback.
  ///
  /// @param own addresses of this machine
  List<String> untranslated(List<IpAddress> own) {
    Stream<String> machine = own.stream().map(one -> one + (one.isIpv6() ? "/128" : "/32"));
    return Stream.of(
            localNets.isEmpty() ? PRIVATE.stream() : localNets.stream(), LOOPBACK.stream(), machine)
        .flatMap(ranges -> ranges)
        .distinct()
        .toList();
  }
}
