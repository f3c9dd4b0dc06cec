package io.tamas.asterisk.phones;

import io.tamas.config.SipTransport;
import io.tamas.number.ServerAddresses;
import io.tamas.number.ServerAddresses.Transport;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The addresses of trunks' servers, so that a call goes on to the next one where one is silent:
/// Asterisk itself takes the first one of a name, and stays with it until SIP's timer B.
///
/// Names are looked up in the background, each once a minute; nothing waits for that. While no name
/// server answers, the last addresses count. A trunk has none here, and is called by the name of
/// its server, where that is an address itself, or is not looked up yet; by TLS, as the certificate
/// would be compared with the address; and over a proxy, which remains Asterisk's first route.
public final class TrunkAddresses {
  private static final Logger log = LoggerFactory.getLogger(TrunkAddresses.class);
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration REST = Duration.ofSeconds(5);

  /// Of two queries, one after the other.
  private static final Duration DEADLINE = Duration.ofSeconds(7);

  /// For so long an address that was silent is called after the others.
  private static final Duration SHUNNED = Duration.ofMinutes(5);

  private static final int AT_ONCE = 8;
  private static final int MOST_SILENT = 1_000;

  private final ServerLookup lookup;
  private final InstantSource clock;
  private final RandomGenerator dice;
  private final Rounds rounds = new Rounds("trunk-addresses", this::round);
  private final Map<Asked, Found> known = new ConcurrentHashMap<>();
  private final Map<String, Instant> silent = new ConcurrentHashMap<>();
  private volatile Map<String, Asked> trunks = Map.of();

  /// Finds the SIP servers of a name. Fails where that cannot be known now.
  @FunctionalInterface
  interface ServerLookup {
    Future<List<SipServer>> find(String server, Transport transport);
  }

  /// @param server `host` or `host:port`
  private record Asked(String server, Transport transport) {}

  private record Found(List<SipServer> servers, Instant due) {}

  /// @param six whether Asterisk speaks IPv6; else IPv4
  public TrunkAddresses(NameServers names, boolean six, InstantSource clock, RandomGenerator dice) {
    this(new SipServerLookup(names, six), clock, dice);
  }

  TrunkAddresses(ServerLookup lookup, InstantSource clock, RandomGenerator dice) {
    this.lookup = lookup;
    this.clock = clock;
    this.dice = dice;
  }

  public void start() {
    rounds.start();
  }

  public Worker worker() {
    return rounds.worker();
  }

  public Future<Void> close() {
    return rounds.close();
  }

  /// The trunks of interest.
  public void watch(Collection<TrunkEndpoint> now) {
    Map<String, Asked> all = new HashMap<>();
    now.forEach(trunk -> asked(trunk).ifPresent(asked -> all.put(trunk.name(), asked)));
    trunks = Map.copyOf(all);
    known.keySet().retainAll(all.values());
    rounds.wake();
  }

  private static Optional<Asked> asked(TrunkEndpoint trunk) {
    Optional<Transport> transport =
        switch (trunk.transport()) {
          case SipTransport.UDP -> Optional.of(Transport.UDP);
          case SipTransport.TCP -> Optional.of(Transport.TCP);
          case SipTransport.TLS -> Optional.empty();
        };
    return trunk
        .callsAt()
        .filter(server -> trunk.proxy().isEmpty() && !HostNames.isAddress(server))
        .flatMap(server -> transport.map(by -> new Asked(server, by)));
  }

  /// Empty unless there are several.
  public Optional<ServerAddresses> of(String trunk) {
    return Optional.ofNullable(trunks.get(trunk))
        .flatMap(asked ->
            Optional.ofNullable(known.get(asked)).flatMap(found -> of(asked, found.servers())));
  }

  private Optional<ServerAddresses> of(Asked asked, List<SipServer> servers) {
    List<String> ordered = SipServer.order(servers, this::isSilent, dice);
    return ordered.size() < 2
        ? Optional.empty()
        : Optional.of(
            new ServerAddresses(
                asked.server(),
                asked.transport(),
                !ordered.stream().allMatch(this::isSilent),
                ordered));
  }

  private boolean isSilent(String address) {
    return silent.getOrDefault(address, Instant.MIN).isAfter(clock.instant());
  }

  /// An address has answered nothing to a call. Does not wait.
  public void silent(String address) {
    if (silent.size() >= MOST_SILENT) {
      silent.clear();
    }
    silent.put(address, clock.instant().plus(SHUNNED));
  }

  private Duration round() {
    look();
    return REST;
  }

  /// Looks up the names that are due.
  void look() {
    List<Asked> due = trunks.values().stream().distinct().filter(this::isDue).toList();
    for (int from = 0; from < due.size(); from += AT_ONCE) {
      look(due.subList(from, Math.min(due.size(), from + AT_ONCE)));
    }
  }

  private boolean isDue(Asked asked) {
    Found found = known.get(asked);
    return found == null || !found.due().isAfter(clock.instant());
  }

  private void look(List<Asked> some) {
    List<Future<List<SipServer>>> lookups = some.stream().map(this::lookUp).toList();
    try {
      Future.join(lookups).otherwiseEmpty().await(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.atDebug().addKeyValue("names", some).log("the addresses of servers are not known yet");
    }
  }

  /// Where they cannot be known now, those known before remain, and it is tried again soon.
  private Future<List<SipServer>> lookUp(Asked asked) {
    return lookup
        .find(asked.server(), asked.transport())
        .onSuccess(servers -> known.put(asked, new Found(servers, clock.instant().plus(EVERY))))
        .onFailure(why ->
            log.atDebug()
                .addKeyValue("server", asked.server())
                .addKeyValue("reason", why.getMessage())
                .log("the addresses of a server are not known"));
  }
}
