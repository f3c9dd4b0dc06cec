package io.tamas.ops;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// By which names clients may address an instance: what its certificate must be valid for.
///
/// @param hosts names
/// @param addresses IP addresses
record ServerNames(Set<String> hosts, Set<String> addresses) {
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");

  ServerNames {
    hosts = Set.copyOf(hosts);
    addresses = Set.copyOf(addresses);
  }

  /// @param machine the addresses of this machine
  /// @param hostName of this machine
  static ServerNames of(SipNetwork network, List<IpAddress> machine, String hostName) {
    Set<String> addresses =
        (network.address().isWildcard() ? machine : List.of(network.address()))
            .stream().map(ServerNames::canonical).collect(Collectors.toCollection(TreeSet::new));
    addresses.add(canonical(SipNetwork.LOOPBACK.address()));
    network.nat().ifPresent(nat -> addresses.add(canonical(nat.external())));
    Set<String> hosts = new TreeSet<>(Set.of("localhost"));
    if (HOST.matcher(hostName).matches()) {
      hosts.add(hostName);
    }
    return new ServerNames(hosts, addresses);
  }

  /// As a certificate is read: an IPv6 address has several forms.
  private static String canonical(IpAddress address) {
    return address.inet().getHostAddress();
  }

  /// What its certificate has as DNS names: the host names, and IPv4 addresses once more. Some
  /// phones, such as those with Mbed TLS, look for an address among the names only.
  Set<String> dnsNames() {
    Set<String> names = new TreeSet<>(hosts);
    addresses.stream().filter(address -> !address.contains(":")).forEach(names::add);
    return names;
  }

  Set<String> all() {
    Set<String> all = new TreeSet<>(hosts);
    all.addAll(addresses);
    return all;
  }
}
