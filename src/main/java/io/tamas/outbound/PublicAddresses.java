package io.tamas.outbound;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// Which addresses are those of public servers: what the registries of IANA for special purposes
/// (RFC 6890) do not name. Of IPv6 only the global unicast addresses are, without the forms in
/// which an address of IPv4 is hidden.
final class PublicAddresses {
  private static final List<Network> SPECIAL =
      Stream.of(
              "0.0.0.0/8", // this network
              "10.0.0.0/8",
              "100.64.0.0/10", // shared by the customers of a provider (RFC 6598)
              "127.0.0.0/8",
              "169.254.0.0/16", // link-local, and the metadata of clouds
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.88.99.0/24", // relays of 6to4
              "192.168.0.0/16",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4", // multicast
              "240.0.0.0/4", // reserved, and broadcast
              "2001::/23", // Teredo and others of the IETF
              "2001:db8::/32",
              "2002::/16", // 6to4
              "3fff::/20")
          .map(Network::parse)
          .toList();

  private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

  private PublicAddresses() {}

  static boolean contains(InetAddress address) {
    return SPECIAL.stream().noneMatch(network -> network.contains(address))
        && (!(address instanceof Inet6Address) || isGlobalUnicast(address));
  }

  private static boolean isGlobalUnicast(InetAddress address) {
    return GLOBAL_UNICAST.contains(address) && !isIsatap(address.getAddress());
  }

  /// An address of IPv4 behind `0:5efe` or `200:5efe` (RFC 5214 section 6.1).
  private static boolean isIsatap(byte[] bytes) {
    return (bytes[8] & 0xFD) == 0
        && bytes[9] == 0
        && bytes[10] == 0x5e
        && (bytes[11] & 0xFF) == 0xfe;
  }
}
