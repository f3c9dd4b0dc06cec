package io.tamas.outbound;

import io.tamas.config.Config;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Decides what may be reached: public addresses by TLS, and what the configuration allows.
public final class Guard {
  private final Set<String> names = new HashSet<>();
  private final List<Network> networks;
  private final Set<Integer> ports;

  public Guard(Config.Outbound config) {
    List<String> allow = config.allow();
    allow.stream()
        .filter(item -> !isNetwork(item))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .forEach(names::add);
    networks = allow.stream().filter(Guard::isNetwork).map(Network::parse).toList();
    ports = Set.copyOf(config.ports());
  }

  private static boolean isNetwork(String item) {
    return item.indexOf(':') >= 0 || item.matches("[0-9.]+(/[0-9]+)?");
  }

  /// Why a target may not be reached, as far as that is known without its addresses.
  public Optional<String> refusal(Target target) {
    if (!ports.contains(target.port())) {
      return Optional.of("the port " + target.port() + " is not among outbound.ports");
    }
    return target.literal().flatMap(address -> refusal(target, List.of(address)));
  }

  /// Why a target may not be reached.
  ///
  /// @param addresses all to which its host leads: one that may not be reached is enough
  Optional<String> refusal(Target target, List<InetAddress> addresses) {
    boolean isNamed = names.contains(target.host());
    if (!isNamed) {
      Optional<String> refused =
          addresses.stream()
              .filter(address -> !isAllowed(address) && !PublicAddresses.contains(address))
              .findFirst()
              .map(address ->
                  "%s is not a public address, and outbound.allow has neither it nor its host"
                      .formatted(address.getHostAddress()));
      if (refused.isPresent()) {
        return refused;
      }
    }
    boolean mayBePlain = isNamed || addresses.stream().allMatch(this::isAllowed);
    return target.tls() || mayBePlain
        ? Optional.empty()
        : Optional.of("http:// is only for what outbound.allow has; for others there is https://");
  }

  private boolean isAllowed(InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }
}
