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

/// Tells of failures to sign in by SIP, and has Asterisk shut out the addresses from which too many
/// come: an `acl` of PJSIP in Asterisk's memory, which answers 403 to all that comes from there.
///
/// Works on a virtual thread of its own. While Asterisk is away nobody can sign in; after a restart
/// of Asterisk or of Tamas all are let in again.
public final class SignInDefence implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SignInDefence.class);

  /// As many addresses are shut out at once; Asterisk looks at all of them for each request.
  private static final int PLACES = 64;

  /// Beyond that what is heard is counted and dropped: the flood itself is known by then.
  private static final int MOST_WAITING = 10_000;

  private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

  private final Ari ari;
  private final SignInGuard guard;
  private final Alarms alarms;
  private final Duration patience;
  private final MeterRegistry registry;
  private final Clock clock;
  private final BlockingQueue<Work> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Map<Integer, Block> blocks = new TreeMap<>();
  private volatile boolean closed;

  /// Hears what is to be told to people. May wait.
  @FunctionalInterface
  public interface Alarms {
    /// @param account that was named last; text from outside
    /// @param failures since the address was quiet
    /// @param until until when the address is shut out from now on
    void failed(String address, String account, long failures, Optional<Instant> until);
  }

  private sealed interface Work {}

  private record Heard(SignIn signIn) implements Work {}

  private record Begin() implements Work {}

  private record Wake() implements Work {}

  private record Block(String address, Instant until) {}

  /// @param limit wrong passwords from one address within a minute; 0: nobody is shut out
  /// @param shutOut for how long
  /// @param patience how long Asterisk may take
  public SignInDefence(
      Ari ari,
      int limit,
      Duration shutOut,
      Alarms alarms,
      Duration patience,
      Clock clock,
      MeterRegistry registry) {
    this.ari = ari;
    this.guard = new SignInGuard(limit, shutOut);
    this.alarms = alarms;
    this.patience = patience;
    this.clock = clock;
    this.registry = registry;
    registry.gauge("tamas.sign.ins.shut.out", blocks, Map::size);
  }

  public void start() {
    Thread.ofVirtual().name("sign-in-defence").start(this::run);
  }

  /// Does not wait.
  public void heard(SignIn signIn) {
    registry
        .counter("tamas.sign.ins", "outcome", signIn.outcome().name().toLowerCase(Locale.ROOT))
        .increment();
    if (!waiting.offer(new Heard(signIn))) {
      registry.counter("tamas.sign.ins.dropped").increment();
    }
  }

  @Override
  public void online(AriPeer peer) {
    waiting.offer(new Begin());
  }

  @Override
  public void close() {
    closed = true;
    waiting.offer(new Wake());
  }

  private void run() {
    try {
      while (!closed) {
        Work work = waiting.poll(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        switch (work) {
          case Heard(SignIn signIn) -> guard.heard(signIn, clock.instant()).ifPresent(this::alarm);
          case Begin() -> letAllIn();
          case Wake() -> {}
          case null -> {}
        }
        letIn();
      }
    } catch (InterruptedException e) {
      log.atDebug().log("sign-ins are not watched any more");
    }
  }

  private void alarm(Alarm alarm) {
    log.atWarn()
        .addKeyValue("address", alarm.address())
        .addKeyValue("account", alarm.account())
        .addKeyValue("failures", alarm.failures())
        .addKeyValue("until", alarm.until().map(Instant::toString).orElse(""))
        .log("sign-in by SIP fails");
    alarm.until().ifPresent(until -> shutOut(alarm.address(), until));
    alarms.failed(alarm.address(), alarm.account(), alarm.failures(), alarm.until());
  }

  private void shutOut(String address, Instant until) {
    int place = 0;
    while (blocks.containsKey(place)) {
      place++;
    }
    if (place == PLACES) {
      log.atWarn().addKeyValue("address", address).log("no place is left to shut it out");
      return;
    }
    blocks.put(place, new Block(address, until));
    registry.counter("tamas.sign.ins.blocks").increment();
    // Asterisk makes it and then answers 500, since it cannot tell it
    ask(acl(place, address).put());
  }

  private void letIn() {
    Instant now = clock.instant();
    blocks
        .entrySet()
        .removeIf(block ->
            !block.getValue().until().isAfter(now) && ask(acl(block.getKey(), "").delete()));
  }

  /// What an earlier Tamas left behind it does not know the end of. When Asterisk goes away
  /// meanwhile, the next connection begins anew.
  private void letAllIn() {
    for (int place = 0; place < PLACES; place++) {
      if (!ask(acl(place, "").delete())) {
        return;
      }
    }
    blocks.clear();
  }

  private boolean ask(AriRequest request) {
    try {
      ari.request(request).await(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (AriFault | TimeoutException e) {
      log.atInfo().addKeyValue("reason", e.getMessage()).log("Asterisk shuts nobody out or in");
      return false;
    }
  }

  private static PjsipObject acl(int place, String address) {
    return new PjsipObject("acl", "tamas-" + place, List.of(new Field("deny", address)));
  }
}
