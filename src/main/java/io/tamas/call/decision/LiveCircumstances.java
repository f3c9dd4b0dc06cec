package io.tamas.call.decision;

import io.tamas.call.history.Calls;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.record.CallRecord;
import io.tamas.call.state.ExtensionStates;
import io.tamas.company.Company.Limits;
import io.tamas.db.DatabaseFault;
import io.tamas.event.Event;
import io.tamas.event.EventListener;
import io.tamas.event.EventType;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Admission;
import io.tamas.routing.CallContext;
import io.tamas.routing.Circumstances;
import io.tamas.routing.Routed.Direction;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The circumstances as they are: states of the phones, who talked when, whose turn it is, and what
/// was called outside. Follows the events of ended calls.
///
/// Without PostgreSQL calls that end are not heard of: limits hold on what is known.
public final class LiveCircumstances implements Circumstances, EventListener {
  private static final Logger log = LoggerFactory.getLogger(LiveCircumstances.class);

  private final ExtensionStates states;
  private final LiveCalls live;
  private final RandomGenerator random;
  private final OutboundUse use = new OutboundUse();
  private final Map<ExtensionNumber, Instant> talked = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

  public LiveCircumstances(ExtensionStates states, LiveCalls live, RandomGenerator random) {
    this.states = states;
    this.live = live;
    this.random = random;
  }

  /// Takes up what was called outside in the last 24 hours, while the ends of calls are heard
  /// already. Until then the limits hold on the live calls only. May wait.
  ///
  /// @return whether it was taken up
  public boolean restore(Calls calls, Instant now) {
    try {
      // no limit lets a call last longer than a day
      calls.chargedSince(now.minus(OutboundUse.DAY.multipliedBy(2))).forEach(use::hasEnded);
      return true;
    } catch (DatabaseFault e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("what was called outside in the last day is not known yet");
      return false;
    }
  }

  @Override
  public boolean isBusy(ExtensionNumber extension) {
    return switch (states.state(extension)) {
      case RINGING, IN_USE, BUSY, ON_HOLD -> true;
      case IDLE, UNREACHABLE, UNKNOWN, DO_NOT_DISTURB -> false;
    };
  }

  @Override
  public Instant talkedLast(ExtensionNumber extension) {
    return talked.getOrDefault(extension, Instant.MIN);
  }

  @Override
  public int turn(String ringGroup) {
    return turns.computeIfAbsent(ringGroup, _ -> new AtomicInteger()).getAndIncrement();
  }

  @Override
  public int dice(int bound) {
    return random.nextInt(bound);
  }

  @Override
  public Admission admit(CallContext call, ExtensionNumber payer, Limits limits) {
    use.isLive(live.list(), call.at());
    return use.admit(call, payer, limits);
  }

  /// What would be decided now, without counting anything.
  public Circumstances looking() {
    return new Looking(this);
  }

  @Override
  public void happened(Event event) {
    if (event.type() == EventType.Known.CALL_ENDED) {
      ended(Json.read(event.data(), CallRecord.class));
    }
  }

  private void ended(CallRecord call) {
    Instant end = call.when().endedAt().orElse(call.when().startedAt());
    use.hasEnded(call.id(), call.legs());
    if (call.when().answeredAt().isPresent()) {
      call.outcome().answeredBy().filter(ExtensionNumber::isValid).ifPresent(by -> talks(by, end));
      if (call.who().direction() != Direction.INBOUND
          && ExtensionNumber.isValid(call.who().caller())) {
        talks(call.who().caller(), end);
      }
    }
  }

  private void talks(String extension, Instant at) {
    talked.merge(
        new ExtensionNumber(extension), at, (one, other) -> one.isAfter(other) ? one : other);
  }

  /// Ended calls that were missed are forgotten by reconciliation.
  @Override
  public void missed() {}

  /// Reads, and changes nothing.
  private record Looking(LiveCircumstances now) implements Circumstances {
    @Override
    public boolean isBusy(ExtensionNumber extension) {
      return now.isBusy(extension);
    }

    @Override
    public Instant talkedLast(ExtensionNumber extension) {
      return now.talkedLast(extension);
    }

    @Override
    public int turn(String ringGroup) {
      AtomicInteger turn = now.turns.get(ringGroup);
      return turn == null ? 0 : turn.get();
    }

    @Override
    public int dice(int bound) {
      return 0;
    }

    @Override
    public Admission admit(CallContext call, ExtensionNumber payer, Limits limits) {
      now.use.isLive(now.live.list(), call.at());
      return now.use.wouldAdmit(payer, limits, call.at());
    }
  }
}
