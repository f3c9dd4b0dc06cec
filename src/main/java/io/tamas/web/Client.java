package io.tamas.web;

import io.tamas.number.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a request comes from. Pure.
///
/// @param address the IP address of the client's machine
/// @param secure whether the client's connection is by TLS
public record Client(String address, boolean secure) {
  private static final int MAX_HOPS = 20;

  /// As some proxies write it: an address of IPv6 in brackets, and either with a port.
  private static final Pattern HOP =
      Pattern.compile("(?:([0-9.]{1,15})|\\[([0-9A-Fa-f:]{2,39})])(?::([0-9]{1,5}))?");

  private static final int LAST_PORT = 65_535;

  /// The whole name of a cookie: by TLS the browser itself refuses one that begins so and that
  /// another host, or a page without TLS, would plant.
  public String cookie(String name) {
    return secure ? "__Host-" + name : name;
  }

  /// What headers say counts only from proxies that are trusted, beginning with the nearest; the
  /// first that is not trusted is the client.
  ///
  /// @param peer who has connected
  /// @param tls whether by TLS
  /// @param forwardedFor the fields `X-Forwarded-For`
  /// @param forwardedProto the fields `X-Forwarded-Proto`
  static Client of(
      String peer,
      boolean tls,
      List<String> forwardedFor,
      List<String> forwardedProto,
      List<IpRange> trusted) {
    if (!isTrusted(peer, trusted)) {
      return new Client(peer, tls);
    }
    List<String> hops = items(forwardedFor);
    String address = peer;
    for (int i = 0; i < Math.min(hops.size(), MAX_HOPS) && isTrusted(address, trusted); i++) {
      Optional<String> hop = address(hops.get(hops.size() - 1 - i));
      if (hop.isEmpty()) {
        break;
      }
      address = hop.get();
    }
    List<String> protocols = items(forwardedProto);
    return new Client(
        address, protocols.isEmpty() ? tls : protocols.getLast().equalsIgnoreCase("https"));
  }

  /// Without brackets and port; empty if it is no address.
  private static Optional<String> address(String hop) {
    Matcher matcher = HOP.matcher(hop);
    String bare = hop;
    if (matcher.matches()) {
      String port = matcher.group(3);
      if (port != null && Integer.parseInt(port) > LAST_PORT) {
        return Optional.empty();
      }
      bare = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }
    return bare.contains("/") || IpRange.parse(bare).isEmpty()
        ? Optional.empty()
        : Optional.of(bare);
  }

  private static boolean isTrusted(String address, List<IpRange> trusted) {
    Optional<IpRange> one = IpRange.parse(address);
    return one.isPresent() && trusted.stream().anyMatch(range -> range.covers(one.get()));
  }

  private static List<String> items(List<String> fields) {
    List<String> items = new ArrayList<>();
    fields.forEach(field -> List.of(field.split(",")).forEach(item -> items.add(item.strip())));
    return items;
  }
}
