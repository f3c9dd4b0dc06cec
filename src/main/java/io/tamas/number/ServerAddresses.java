package io.tamas.number;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Where the server of a trunk is called whose name has several addresses. Pure.
///
/// @param server in SIP addresses: `host` or `host:port`
/// @param transport by which all of them are called
/// @param isThere whether one of them, at least, has not been silent of late
/// @param addresses each with its port, IPv6 in brackets, in the order in which they are called
public record ServerAddresses(
    String server, Transport transport, boolean isThere, List<String> addresses) {
  /// A call tries no more.
  public static final int MOST = 4;

  private static final Pattern ADDRESS =
      Pattern.compile("([0-9.]{7,15}|\\[[0-9A-Fa-f:.]{2,45}]):[0-9]{1,5}");

  /// With TLS the certificate would be compared with the address.
  public enum Transport {
    UDP,
    TCP
  }

  public ServerAddresses {
    addresses = List.copyOf(addresses);
    SipValue.SERVER.require(server);
    if (addresses.size() > MOST || !addresses.stream().allMatch(ServerAddresses::isAddress)) {
      throw new IllegalArgumentException("at most 4 addresses, each with its port");
    }
  }

  /// Whether it is an address with its port.
  public static boolean isAddress(String text) {
    return ADDRESS.matcher(text).matches();
  }

  /// As the dialplan reads it (`dialplan/out.conf`).
  public String text() {
    List<String> parts = new ArrayList<>();
    parts.add(server);
    parts.add(
        switch (transport) {
          case UDP -> "udp";
          case TCP -> "tcp";
        });
    parts.add(isThere ? "there" : "silent");
    parts.addAll(addresses);
    return String.join("|", parts);
  }
}
