package io.tamas.asterisk.phones;

import io.vertx.core.Future;
import io.vertx.core.dns.DnsClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Whether the names of servers can be resolved: as addresses, or as SIP servers (SRV, RFC 3263).
///
/// Nothing waits: a name is looked up in the background when it is asked for.
final class HostNames {
  private static final Duration FRESH = Duration.ofSeconds(20);

  /// More names than there are trunks in trouble; beyond, all are looked up anew.
  private static final int MOST = 1_000;

  private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]|.*:.*:.*");

  private final NameServers servers;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(Optional<Boolean> resolves, long at) {}

  HostNames(NameServers servers) {
    this.servers = servers;
  }

  /// Empty while it is looked up for the first time. Where no name server is known, that is not
  /// said of the name.
  ///
  /// @param server host or host:port
  /// @param onChange called when the answer has become another one
  Optional<Boolean> resolves(String server, Runnable onChange) {
    String host = PORT.matcher(server).replaceFirst("");
    if (isAddress(host)) {
      return Optional.of(true);
    }
    Known before = known.get(host);
    Optional<Boolean> resolves = before == null ? Optional.empty() : before.resolves();
    if (before == null || System.nanoTime() - before.at() > FRESH.toNanos()) {
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(host, new Known(resolves, System.nanoTime()));
      // fails where no name server is known
      servers
          .ask(dns -> lookUp(host, dns))
          .otherwise(resolves.orElse(true))
          .onSuccess(found -> {
            known.put(host, new Known(Optional.of(found), System.nanoTime()));
            if (!resolves.equals(Optional.of(found))) {
              onChange.run();
            }
          });
    }
    return resolves;
  }

  /// Whether it is an address, which needs no name server.
  ///
  /// @param server host or host:port
  static boolean isAddress(String server) {
    return ADDRESS.matcher(PORT.matcher(server).replaceFirst("")).matches();
  }

  private static Future<Boolean> lookUp(String host, DnsClient dns) {
    List<Future<Boolean>> all =
        List.of(
            found(dns.resolveA(host)),
            found(dns.resolveAAAA(host)),
            found(dns.resolveSRV("_sip._udp." + host)),
            found(dns.resolveSRV("_sip._tcp." + host)),
            found(dns.resolveSRV("_sips._tcp." + host)));
    return Future.join(all).map(_ -> all.stream().anyMatch(Future::result));
  }

  private static Future<Boolean> found(Future<? extends List<?>> records) {
    return records.transform(
        read -> Future.succeededFuture(read.succeeded() && !read.result().isEmpty()));
  }
}
