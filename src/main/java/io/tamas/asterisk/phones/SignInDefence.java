package io.tamas.asterisk.phones;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.ami.SignIn;
import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriFault;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.phones.PjsipObject.Field;
import io.tamas.asterisk.phones.SignInGuard.Alarm;
import io.tamas.work.Worker;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports failures of SIP authentication, and has Asterisk block the addresses with too many: by
/// an `acl` of PJSIP in Asterisk's memory, which answers 403 to all requests from there.
///
/// Works on its own virtual thread. While Asterisk is down nobody can register; after a restart of
/// Asterisk or of Tamas no address is blocked.
public final class SignInDefence implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SignInDefence.class);

  /// The maximum of addresses blocked at once; Asterisk checks all of them for each request.
  private static final int MAX_BLOCKS = 64;

  /// Further events are counted and dropped: by then the flood itself is known.
  private static final int MAX_WAITING = 10_000;

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(5);

  private final Ari ari;
  private final SignInGuard guard;
  private final Alarms alarms;
  private final Duration timeout;
  private final MeterRegistry registry;
  private final Clock clock;
  private final BlockingQueue<Work> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Map<Integer, Block> blocks = new TreeMap<>();
  private final Worker worker = new Worker("sign-in-defence", this::run);
  private volatile boolean closed;

  /// Receives what is to be reported to users. May wait.
  @FunctionalInterface
  public interface Alarms {
    /// @param account that was named last; untrusted text
    /// @param failures since the last time without failures
    /// @param until until when the address is now blocked
    void failed(String address, String account, long failures, Optional<Instant> until);
  }

  private sealed interface Work {}

  private record SignedIn(SignIn signIn) implements Work {}

  private record Connected() implements Work {}

  private record Wake() implements Work {}

  private record Block(String address, Instant until) {}

  /// @param limit wrong passwords from one address within a minute; 0: no address is blocked
  /// @param blockFor how long an address is blocked
  /// @param timeout of a request to Asterisk
  public SignInDefence(
      Ari ari,
      int limit,
      Duration blockFor,
      Alarms alarms,
      Duration timeout,
      Clock clock,
      MeterRegistry registry) {
    this.ari = ari;
    this.guard = new SignInGuard(limit, blockFor);
    this.alarms = alarms;
    this.timeout = timeout;
    this.clock = clock;
    this.registry = registry;
    registry.gauge("tamas.sign.ins.shut.out", blocks, Map::size);
  }

  public void start() {
    worker.start();
  }

  public Worker worker() {
    return worker;
  }

  /// Does not wait.
  public void onSignIn(SignIn signIn) {
    registry
        .counter("tamas.sign.ins", "outcome", signIn.outcome().name().toLowerCase(Locale.ROOT))
        .increment();
    if (!waiting.offer(new SignedIn(signIn))) {
      registry.counter("tamas.sign.ins.dropped").increment();
    }
  }

  @Override
  public void online(AriPeer peer) {
    waiting.offer(new Connected());
  }

  @Override
  public void close() {
    closed = true;
    waiting.offer(new Wake());
  }

  private void run() {
    try {
      while (!closed) {
        Work work = waiting.poll(CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        switch (work) {
          case SignedIn(SignIn signIn) ->
              guard.onSignIn(signIn, clock.instant()).ifPresent(this::alarm);
          case Connected() -> unblockAll();
          case Wake() -> {}
          case null -> {}
        }
        unblockExpired();
      }
    } catch (InterruptedException e) {
      log.atDebug().log("SIP authentication is no longer watched");
    }
  }

  /// `src/main/fail2ban/filter.d/tamas-sip.conf` matches this line where it has an end of the
  /// block.
  private void alarm(Alarm alarm) {
    log.atWarn()
        .addKeyValue("address", alarm.address())
        .addKeyValue("account", alarm.account())
        .addKeyValue("failures", alarm.failures())
        .addKeyValue("until", alarm.until().map(Instant::toString).orElse(""))
        .log("failed SIP authentication");
    alarm.until().ifPresent(until -> block(alarm.address(), until));
    alarms.failed(alarm.address(), alarm.account(), alarm.failures(), alarm.until());
  }

  private void block(String address, Instant until) {
    int place = 0;
    while (blocks.containsKey(place)) {
      place++;
    }
    if (place == MAX_BLOCKS) {
      log.atWarn()
          .addKeyValue("address", address)
          .log("too many addresses are blocked: this one is not");
      return;
    }
    blocks.put(place, new Block(address, until));
    registry.counter("tamas.sign.ins.blocks").increment();
    // Asterisk creates it and then answers 500, since it cannot represent it
    ask(acl(place, address).put());
  }

  private void unblockExpired() {
    Instant now = clock.instant();
    blocks
        .entrySet()
        .removeIf(block ->
            !block.getValue().until().isAfter(now) && ask(acl(block.getKey(), "").delete()));
  }

  /// Removes blocks of an earlier Tamas, whose end is not known. If Asterisk fails meanwhile, the
  /// next connection starts over.
  private void unblockAll() {
    for (int place = 0; place < MAX_BLOCKS; place++) {
      if (!ask(acl(place, "").delete())) {
        return;
      }
    }
    blocks.clear();
  }

  private boolean ask(AriRequest request) {
    try {
      ari.request(request).await(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (AriFault | TimeoutException e) {
      log.atInfo()
          .addKeyValue("reason", e.getMessage())
          .log("address blocks cannot be updated in Asterisk");
      return false;
    }
  }

  private static PjsipObject acl(int place, String address) {
    return new PjsipObject("acl", "tamas-" + place, List.of(new Field("deny", address)));
  }
}
