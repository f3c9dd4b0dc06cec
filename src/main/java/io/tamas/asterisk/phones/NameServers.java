package io.tamas.asterisk.phones;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsClientOptions;
import java.time.Duration;
import java.util.function.Function;

/// The name server that is asked for the servers of trunks: the one of this machine, which Asterisk
/// asks too, or another one.
public final class NameServers {
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final int PORT = 53;

  private final Vertx vertx;
  private final DnsClientOptions options = new DnsClientOptions();

  /// @param server an IP address, `IPv4:port` or `[IPv6]:port`; empty: the one of this machine
  public NameServers(Vertx vertx, String server) {
    this.vertx = vertx;
    options.setQueryTimeout(DEADLINE.toMillis());
    if (!server.isEmpty()) {
      boolean hasPort = server.matches("[0-9.]+:[0-9]+|\\[.*]:[0-9]+");
      int colon = server.lastIndexOf(':');
      options.setHost((hasPort ? server.substring(0, colon) : server).replaceAll("[\\[\\]]", ""));
      options.setPort(hasPort ? Integer.parseInt(server.substring(colon + 1)) : PORT);
    }
  }

  /// Each query has 3 s. Fails where no name server is known.
  <T> Future<T> ask(Function<DnsClient, Future<T>> question) {
    return Future.succeededFuture(options)
        .map(vertx::createDnsClient)
        .compose(dns -> question.apply(dns).eventually(dns::close));
  }
}
