package io.tamas.asterisk.phones;

import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriEvent;
import io.tamas.asterisk.ari.AriFault;
import io.tamas.asterisk.ari.AriListener;
import io.tamas.asterisk.ari.AriPeer;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriResponse;
import io.tamas.number.ExtensionNumber;
import io.tamas.work.Monitor;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the states of the phones: requests each from Asterisk when it connects or a phone is
/// new, and receives changes after that.
///
/// Answers and events are passed on in the order in which Asterisk sent them, on an event loop.
/// When Asterisk is down for longer than the grace, all states are unknown.
public final class PhoneStates implements AriListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PhoneStates.class);
  private static final String DEVICE = "PJSIP/";
  private static final int BATCH = 48;
  private static final Duration PAUSE = Duration.ofMillis(100);

  /// Receives a phone's state; must not wait. The same state may be repeated.
  @FunctionalInterface
  public interface Sink {
    void state(ExtensionNumber phone, PhoneState state, Instant at);
  }

  private final Ari ari;
  private final Sink sink;
  private final Duration timeout;
  private final Duration grace;
  private final Monitor monitor = new Monitor();
  private final Worker worker = new Worker("phone-states", this::run);
  private final LinkedHashSet<ExtensionNumber> pending = new LinkedHashSet<>();
  private Set<ExtensionNumber> watched = Set.of();
  private boolean online;
  private boolean forgotten;
  private long offlineSince = System.nanoTime();

  /// @param timeout of a batch of requests
  /// @param grace how long the last states remain valid while Asterisk is down
  public PhoneStates(Ari ari, Sink sink, Duration timeout, Duration grace) {
    this.ari = ari;
    this.sink = sink;
    this.timeout = timeout;
    this.grace = grace;
  }

  public void start() {
    worker.start();
  }

  public Worker worker() {
    return worker;
  }

  /// The phones of interest; the states of new ones are requested at once.
  public void watch(Collection<ExtensionNumber> phones) {
    monitor.change(() -> {
      Set<ExtensionNumber> before = watched;
      watched = Set.copyOf(phones);
      pending.retainAll(watched);
      watched.stream().filter(phone -> !before.contains(phone)).forEach(pending::add);
    });
  }

  @Override
  public void online(AriPeer peer) {
    monitor.change(() -> {
      online = true;
      forgotten = false;
      pending.addAll(watched);
    });
  }

  @Override
  public void offline() {
    monitor.change(() -> {
      online = false;
      offlineSince = System.nanoTime();
    });
  }

  @Override
  public void event(AriEvent event) {
    if (event instanceof AriEvent.DeviceState(Instant at, String device, String state)) {
      number(device).ifPresent(phone -> sink.state(phone, PhoneState.of(state), at));
    }
  }

  @Override
  public void close() {
    monitor.close();
  }

  private void run() {
    try {
      // should this thread have died in the middle of something
      monitor.change(() -> pending.addAll(watched));
      for (Optional<Step> next = next(); next.isPresent(); next = next()) {
        switch (next.get()) {
          case Ask(List<ExtensionNumber> phones) -> ask(phones);
          case Forget(Set<ExtensionNumber> phones) -> forget(phones);
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().log("phone states are no longer followed");
    }
  }

  private sealed interface Step {}

  private record Ask(List<ExtensionNumber> phones) implements Step {}

  private record Forget(Set<ExtensionNumber> phones) implements Step {}

  private Optional<Step> next() throws InterruptedException {
    return monitor.take(this::step, this::untilForgotten);
  }

  private Optional<Step> step() {
    if (online && !pending.isEmpty()) {
      return Optional.of(new Ask(takeSome()));
    }
    if (untilForgotten() > 0) {
      return Optional.empty();
    }
    forgotten = true;
    return Optional.of(new Forget(watched));
  }

  /// In nanoseconds.
  private long untilForgotten() {
    return online || forgotten
        ? Long.MAX_VALUE
        : offlineSince + grace.toNanos() - System.nanoTime();
  }

  private List<ExtensionNumber> takeSome() {
    List<ExtensionNumber> some = new ArrayList<>();
    while (some.size() < BATCH && !pending.isEmpty()) {
      some.add(pending.removeFirst());
    }
    return some;
  }

  private void ask(List<ExtensionNumber> phones) throws InterruptedException {
    Set<ExtensionNumber> open = new HashSet<>(phones);
    List<Future<AriResponse>> answers = new ArrayList<>();
    for (ExtensionNumber phone : phones) {
      answers.add(
          ari.request(AriRequest.get("deviceStates/PJSIP%2F" + phone.digits()))
              // on the event loop, so in one order with the events
              .onSuccess(answer -> publish(phone, answer)));
    }
    for (int i = 0; i < phones.size(); i++) {
      try {
        answers.get(i).await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        open.remove(phones.get(i));
      } catch (AriFault | TimeoutException e) {
        log.atDebug()
            .addKeyValue("reason", e.getMessage())
            .log("a phone's state will be requested again");
      }
    }
    monitor.change(() -> open.stream().filter(watched::contains).forEach(pending::add));
    if (!open.isEmpty()) {
      monitor.rest(PAUSE); // the connection may be gone before offline() is called
    }
  }

  private void publish(ExtensionNumber phone, AriResponse answer) {
    if (answer.ok()) {
      sink.state(phone, PhoneState.of(answer.json().path("state").asText()), Instant.now());
    }
  }

  private void forget(Set<ExtensionNumber> phones) {
    Instant now = Instant.now();
    phones.forEach(phone -> sink.state(phone, PhoneState.UNKNOWN, now));
  }

  private static Optional<ExtensionNumber> number(String device) {
    String name = device.startsWith(DEVICE) ? device.substring(DEVICE.length()) : "";
    return ExtensionNumber.isValid(name)
        ? Optional.of(new ExtensionNumber(name))
        : Optional.empty();
  }
}
