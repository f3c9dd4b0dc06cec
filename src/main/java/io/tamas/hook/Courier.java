package io.tamas.hook;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.event.Event;
import io.tamas.event.EventListener;
import io.tamas.event.Events;
import io.tamas.outbound.OutboundClient;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes events over for the webhooks and sends them, on the one node that has the [Lead].
///
/// One thread decides; requests run beside it, and what became of them comes back by a queue. A
/// delivery counts as sent once that is stored: after a crash in between it is sent again.
public final class Courier {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);
  private static final Duration REST = Duration.ofSeconds(1);

  /// Before this node asks for the lead again that another has.
  private static final Duration UNTIL_LED = Duration.ofSeconds(2);

  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(10);

  /// Events that are taken over at once.
  private static final int PAGE = 200;

  private final Database database;
  private final Events events;
  private final Lead lead;
  private final Ledger ledger;
  private final Sender sender;
  private final Clock clock;
  private final RandomGenerator dice;
  private final Limits limits;
  private final Slots slots;
  private final Backoff backoff;
  private final WebhookMetrics metrics;
  private final Rounds rounds = new Rounds("webhooks", this::round);
  private final Queue<Settlement> results = new ConcurrentLinkedQueue<>();
  private final List<Settlement> unsettled = new ArrayList<>();
  private final Set<Attempt.Key> inFlight = new HashSet<>();
  private final Map<Long, Receiver> receivers = new HashMap<>();
  private final Map<Long, Long> waiting = new HashMap<>();
  private Instant countedAt = Instant.EPOCH;
  private boolean isReported;

  /// Whether this node sends, and there is any webhook.
  private volatile boolean isSending;

  /// @param backlog the maximum of deliveries that wait for one webhook
  /// @param each the maximum of deliveries of one webhook at once
  /// @param all the same of all webhooks
  /// @param troubledPause between attempts at a receiver that accepts nothing
  /// @param firstPause before the first repetition of a delivery
  /// @param longestPause between two repetitions
  /// @param giveUp how long a delivery is repeated
  public record Limits(
      long backlog,
      int each,
      int all,
      Duration troubledPause,
      Duration firstPause,
      Duration longestPause,
      Duration giveUp) {
    public static final Limits DEFAULT =
        new Limits(
            100_000,
            8,
            32,
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofHours(1),
            Duration.ofDays(3));
  }

  public Courier(
      Database database,
      OutboundClient client,
      StoredSecrets secrets,
      Clock clock,
      RandomGenerator dice,
      Limits limits,
      MeterRegistry registry) {
    this.database = database;
    this.events = new Events(database);
    this.lead = new Lead(database);
    this.ledger = new Ledger(database, lead, secrets);
    this.sender = new Sender(client, clock);
    this.clock = clock;
    this.dice = dice;
    this.limits = limits;
    this.slots = new Slots(limits.each(), limits.all());
    this.backoff = new Backoff(limits.firstPause(), limits.longestPause(), limits.giveUp());
    this.metrics = new WebhookMetrics(registry);
  }

  public void start() {
    rounds.start();
  }

  public Worker worker() {
    return rounds.worker();
  }

  /// Completes when nothing more is begun. What is in flight is sent again by the next who leads.
  public Future<Void> close() {
    return rounds.close().onComplete(_ -> lead.drop());
  }

  /// Something has changed. Does not wait.
  public void wake() {
    rounds.wake();
  }

  public EventListener listener() {
    return new EventListener() {
      @Override
      public void happened(Event event) {
        wakeIfWanted();
      }

      @Override
      public void missed() {
        wakeIfWanted();
      }
    };
  }

  private void wakeIfWanted() {
    if (isSending) {
      rounds.wake();
    }
  }

  private Duration round() {
    try {
      if (!lead.isTaken()) {
        isSending = false;
        countedAt = Instant.EPOCH;
        metrics.counted(List.of());
        return UNTIL_LED;
      }
      boolean more = work();
      isReported = false;
      return more ? Duration.ZERO : REST;
    } catch (DatabaseFault e) {
      lead.drop();
      if (!isReported) {
        isReported = true;
        log.atWarn().addKeyValue("reason", e.getMessage()).log("webhooks are sent later");
      }
      return REST;
    } catch (RuntimeException e) {
      lead.drop(); // its transaction may be open
      throw e;
    }
  }

  /// Returns whether there is more to do at once.
  private boolean work() {
    count();
    settle();
    List<Hook> hooks = ledger.hooks();
    isSending = !hooks.isEmpty();
    boolean more = collect(hooks);
    begin(hooks);
    return more || !results.isEmpty();
  }

  private void count() {
    Instant now = clock.instant();
    if (now.isBefore(countedAt.plus(BETWEEN_COUNTS))) {
      return;
    }
    List<Ledger.Waiting> counts = ledger.census();
    metrics.counted(counts);
    waiting.clear();
    counts.forEach(one -> waiting.put(one.hook(), one.count()));
    countedAt = now;
  }

  private void settle() {
    for (Settlement next = results.poll(); next != null; next = results.poll()) {
      unsettled.add(next);
    }
    if (unsettled.isEmpty()) {
      return;
    }
    Set<Long> gone =
        unsettled.stream()
            .filter(one -> one.outcome() instanceof Outcome.Gone)
            .map(one -> one.attempt().hook())
            .collect(Collectors.toSet());
    ledger.settle(unsettled, gone, "the receiver answered 410");
    unsettled.forEach(this::settled);
    unsettled.clear();
  }

  private void settled(Settlement settlement) {
    Attempt attempt = settlement.attempt();
    inFlight.remove(attempt.key());
    metrics.attempted(settlement);
    Receiver receiver = receivers.get(attempt.hook());
    if (receiver != null) {
      receiver.ended(settlement);
    }
    if (settlement.dueAt().isEmpty()) {
      waiting.merge(attempt.hook(), -1L, Long::sum);
    }
  }

  /// Returns whether there may be more events.
  private boolean collect(List<Hook> hooks) {
    if (hooks.isEmpty()) {
      return false;
    }
    long from = hooks.stream().mapToLong(Hook::readTo).min().orElseThrow();
    List<Event> page = database.await(events.after(from, PAGE));
    if (page.isEmpty()) {
      return false;
    }
    List<NewDelivery> wanted = NewDelivery.of(page, hooks);
    Map<Long, Long> counts =
        wanted.stream()
            .collect(Collectors.groupingBy(one -> one.hook().id(), Collectors.counting()));
    List<Hook> open = hooks.stream().filter(hook -> hasRoom(hook, counts)).toList();
    List<NewDelivery> taken = wanted.stream().filter(one -> open.contains(one.hook())).toList();
    ledger.collect(open, taken, page.getLast().id());
    taken.forEach(one -> waiting.merge(one.hook().id(), 1L, Long::sum));
    return page.size() == PAGE;
  }

  /// Suspends a webhook of which too much waits.
  private boolean hasRoom(Hook hook, Map<Long, Long> counts) {
    long more = counts.getOrDefault(hook.id(), 0L);
    if (more == 0 || waiting.getOrDefault(hook.id(), 0L) + more <= limits.backlog()) {
      return true;
    }
    ledger.suspend(hook, "more than " + limits.backlog() + " events wait for its receiver");
    return false;
  }

  private void begin(List<Hook> hooks) {
    Instant now = clock.instant();
    Set<Long> sent = hooks.stream().map(Hook::id).collect(Collectors.toSet());
    receivers.entrySet().removeIf(one -> !sent.contains(one.getKey()) && one.getValue().isIdle());
    Map<Long, Hook> open = new HashMap<>();
    Map<Long, Integer> most = new HashMap<>();
    for (Hook hook : hooks) {
      Receiver receiver =
          receivers.computeIfAbsent(
              hook.id(), _ -> new Receiver(hook.name(), limits.troubledPause()));
      if (!receiver.isPaused(now)) {
        open.put(hook.id(), hook);
        // those in flight are due, too
        most.put(hook.id(), receiver.inFlight() + limits.each());
      }
    }
    if (most.isEmpty()) {
      return;
    }
    Map<Long, List<Attempt>> due =
        ledger.due(most).stream()
            .filter(attempt -> !inFlight.contains(attempt.key()))
            .collect(Collectors.groupingBy(Attempt::hook));
    List<Attempt> chosen = choose(due);
    Map<Long, Event> bodies = chosen.isEmpty() ? Map.of() : ledger.events(chosen);
    for (Attempt attempt : chosen) {
      begin(Objects.requireNonNull(open.get(attempt.hook())), attempt, bodies, now);
    }
  }

  private List<Attempt> choose(Map<Long, List<Attempt>> due) {
    List<Slots.Load> loads =
        receivers.entrySet().stream()
            .map(entry ->
                new Slots.Load(
                    entry.getKey(),
                    entry.getValue().inFlight(),
                    due.getOrDefault(entry.getKey(), List.of()).size(),
                    entry.getValue().isTroubled()))
            .toList();
    return slots.share(loads).entrySet().stream()
        .flatMap(
            entry -> due.getOrDefault(entry.getKey(), List.of()).stream().limit(entry.getValue()))
        .toList();
  }

  private void begin(Hook hook, Attempt attempt, Map<Long, Event> bodies, Instant now) {
    inFlight.add(attempt.key());
    Objects.requireNonNull(receivers.get(hook.id())).began();
    Event event = bodies.get(attempt.event());
    if (event == null) {
      ended(attempt, new Outcome.TooLate("the event is no longer kept"));
    } else if (backoff.isOver(attempt.since(), now)) {
      ended(attempt, new Outcome.TooLate("not accepted in time"));
    } else {
      sender.send(hook, event).onSuccess(outcome -> ended(attempt, outcome));
    }
  }

  private void ended(Attempt attempt, Outcome outcome) {
    results.add(Settlement.of(attempt, outcome, clock.instant(), backoff, dice.nextDouble()));
    rounds.wake();
  }
}
