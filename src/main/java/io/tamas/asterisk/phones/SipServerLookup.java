package io.tamas.asterisk.phones;

import io.tamas.number.ServerAddresses;
import io.tamas.number.ServerAddresses.Transport;
import io.vertx.core.Future;
import io.vertx.core.dns.DnsClient;
import io.vertx.core.dns.DnsException;
import io.vertx.core.dns.DnsResponseCode;
import io.vertx.core.dns.SrvRecord;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Finds the SIP servers of a name as RFC 3263 says: a name with a port by its addresses, another
/// one by its SRV records of the trunk's transport, or by its addresses where it has no SRV record
/// at all. One with records of other transports only is left to Asterisk.
final class SipServerLookup implements TrunkAddresses.ServerLookup {
  private static final Pattern SERVER = Pattern.compile("(.*?)(?::([0-9]{1,5}))?");
  private static final int PORT = 5060;

  /// Of one name; more are of no use to a call.
  private static final int MOST = 8;

  private final NameServers names;
  private final boolean six;

  /// @param six whether IPv6 addresses are meant, else IPv4
  SipServerLookup(NameServers names, boolean six) {
    this.names = names;
    this.six = six;
  }

  @Override
  public Future<List<SipServer>> find(String server, Transport transport) {
    Matcher parts = SERVER.matcher(server);
    if (!parts.matches() || parts.group(2) == null) {
      return names.ask(dns -> find(server, transport, dns));
    }
    int port = Integer.parseInt(parts.group(2));
    return names.ask(dns -> alone(parts.group(1), port, dns));
  }

  private Future<List<SipServer>> find(String host, Transport transport, DnsClient dns) {
    Future<List<SrvRecord>> udp = records("_sip._udp." + host, dns);
    Future<List<SrvRecord>> tcp = records("_sip._tcp." + host, dns);
    Future<List<SrvRecord>> tls = records("_sips._tcp." + host, dns);
    return Future.all(udp, tcp, tls)
        .compose(_ -> {
          List<SrvRecord> own =
              switch (transport) {
                case UDP -> udp.result();
                case TCP -> tcp.result();
              };
          boolean isNone = Stream.of(udp, tcp, tls).allMatch(all -> all.result().isEmpty());
          return isNone ? alone(host, PORT, dns) : each(own, dns);
        });
  }

  private static Future<List<SrvRecord>> records(String name, DnsClient dns) {
    return dns.resolveSRV(name)
        .recover(why ->
            why instanceof DnsException none && none.code() == DnsResponseCode.NXDOMAIN
                ? Future.succeededFuture(List.of())
                : Future.failedFuture(why));
  }

  private Future<List<SipServer>> alone(String host, int port, DnsClient dns) {
    return addresses(host, port, dns).map(found -> List.of(new SipServer(0, 0, found)));
  }

  /// A target without an address is left out.
  private Future<List<SipServer>> each(List<SrvRecord> records, DnsClient dns) {
    List<Future<SipServer>> servers =
        records.stream()
            .sorted(Comparator.comparing(SrvRecord::priority))
            .limit(MOST)
            .map(one ->
                addresses(one.target(), one.port(), dns)
                    .otherwise(List.of())
                    .map(found -> new SipServer(one.priority(), one.weight(), found)))
            .toList();
    return Future.all(servers).map(_ -> servers.stream().map(Future::result).toList());
  }

  private Future<List<String>> addresses(String host, int port, DnsClient dns) {
    Future<List<String>> found = six ? dns.resolveAAAA(host) : dns.resolveA(host);
    return found.map(all ->
        all.stream()
            .map(one -> (six ? "[" + one + "]" : one) + ":" + port)
            .filter(ServerAddresses::isAddress)
            .distinct()
            .toList());
  }
}
