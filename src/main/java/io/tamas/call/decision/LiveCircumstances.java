package io.tamas.call.decision;

import io.tamas.call.history.Calls;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.state.ExtensionState.State;
import io.tamas.call.state.ExtensionStates;
import io.tamas.company.Company.Limits;
import io.tamas.db.DatabaseFault;
import io.tamas.event.Event;
import io.tamas.event.EventListener;
import io.tamas.event.EventType;
import io.tamas.json.Json;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.ServerAddresses;
import io.tamas.routing.Admission;
import io.tamas.routing.CallContext;
import io.tamas.routing.Circumstances;
import io.tamas.routing.Routed.Direction;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The current circumstances: states of the phones, when each extension was last connected, the
/// turns of ring groups, and outbound usage. Follows the events of ended calls.
///
/// Without PostgreSQL there are no events of calls that end: limits are enforced on what is known.
public final class LiveCircumstances implements Circumstances, EventListener {
  private static final Logger log = LoggerFactory.getLogger(LiveCircumstances.class);

  private final ExtensionStates states;
  private final LiveCalls live;
  private final RandomGenerator random;
  private final Function<String, Optional<ServerAddresses>> addresses;
  private final OutboundUsage usage = new OutboundUsage();
  private final TakenPhones taken;
  private final Map<ExtensionNumber, Instant> lastConversation = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();

  /// @param addresses of the server of a trunk, by its name
  public LiveCircumstances(
      ExtensionStates states,
      LiveCalls live,
      RandomGenerator random,
      Function<String, Optional<ServerAddresses>> addresses) {
    this.states = states;
    this.taken = new TakenPhones(new Reported(states));
    this.live = live;
    this.random = random;
    this.addresses = addresses;
  }

  /// Loads the outbound usage of the last 24 hours, once the events of ended calls are received
  /// already. Until then the limits are enforced on the live calls only. May wait.
  ///
  /// @return whether it was loaded
  public boolean restore(Calls calls, Instant now) {
    try {
      // no limit lets a call last longer than a day
      calls.chargedSince(now.minus(OutboundUsage.DAY.multipliedBy(2))).forEach(usage::end);
      return true;
    } catch (DatabaseFault e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("outbound usage of the last 24 hours is not loaded yet");
      return false;
    }
  }

  @Override
  public boolean isBusy(CallContext call, ExtensionNumber extension) {
    return taken.isBusy(call.call(), extension, call.at());
  }

  /// A phone that is unreachable does not ring: other calls shall find that out, too.
  @Override
  public boolean take(CallContext call, ExtensionNumber extension) {
    return states.state(extension) == State.UNREACHABLE
        || taken.take(call.call(), extension, call.at());
  }

  /// What Asterisk reports of the phones.
  private record Reported(ExtensionStates states) implements TakenPhones.Seen {
    @Override
    public boolean isBusy(ExtensionNumber phone) {
      return switch (states.state(phone)) {
        case RINGING, IN_USE, BUSY, ON_HOLD -> true;
        case IDLE, UNREACHABLE, UNKNOWN, DO_NOT_DISTURB -> false;
      };
    }

    @Override
    public Instant since(ExtensionNumber phone) {
      return states.since(phone);
    }
  }

  @Override
  public Instant talkedLast(ExtensionNumber extension) {
    return lastConversation.getOrDefault(extension, Instant.MIN);
  }

  @Override
  public int passedOn(CallContext call, CallerId number) {
    Optional<String> outside = Optional.of(number.line());
    return (int)
        live.list().stream()
            .filter(
                one -> one.outcome().status() == Status.RINGING && !one.id().equals(call.call()))
            .filter(one -> one.who().trunk().isPresent())
            .filter(one -> one.who().caller().equals(call.caller().line()))
            .filter(one ->
                one.decisions().stream().anyMatch(note -> note.externalNumber().equals(outside)))
            .count();
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
    usage.update(live.list(), call.at());
    return usage.admit(call, payer, limits);
  }

  @Override
  public Optional<ServerAddresses> addresses(String trunk) {
    return addresses.apply(trunk);
  }

  /// The same circumstances for simulations: nothing is counted.
  public Circumstances readOnly() {
    return new ReadOnly(this);
  }

  @Override
  public void happened(Event event) {
    if (event.type() == EventType.Known.CALL_ENDED) {
      ended(Json.read(event.data(), CallRecord.class));
    }
  }

  private void ended(CallRecord call) {
    Instant end = call.when().endedAt().orElse(call.when().startedAt());
    usage.end(call.id(), call.legs());
    taken.end(call.id());
    if (call.when().answeredAt().isPresent()) {
      call.outcome()
          .answeredBy()
          .filter(ExtensionNumber::isValid)
          .ifPresent(by -> noteConversation(by, end));
      if (call.who().direction() != Direction.INBOUND
          && ExtensionNumber.isValid(call.who().caller())) {
        noteConversation(call.who().caller(), end);
      }
    }
  }

  private void noteConversation(String extension, Instant at) {
    lastConversation.merge(
        new ExtensionNumber(extension), at, (one, other) -> one.isAfter(other) ? one : other);
  }

  /// Calls whose end was missed are removed by reconciliation.
  @Override
  public void missed() {}

  /// Reads the circumstances and changes nothing.
  private record ReadOnly(LiveCircumstances now) implements Circumstances {
    @Override
    public boolean isBusy(CallContext call, ExtensionNumber extension) {
      return now.isBusy(call, extension);
    }

    @Override
    public boolean take(CallContext call, ExtensionNumber extension) {
      return !isBusy(call, extension);
    }

    @Override
    public Instant talkedLast(ExtensionNumber extension) {
      return now.talkedLast(extension);
    }

    @Override
    public int passedOn(CallContext call, CallerId number) {
      return now.passedOn(call, number);
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
      now.usage.update(now.live.list(), call.at());
      return now.usage.wouldAdmit(payer, limits, call.at());
    }
  }
}
