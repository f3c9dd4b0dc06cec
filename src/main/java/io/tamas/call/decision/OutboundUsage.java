package io.tamas.call.decision;

import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.LegResult;
import io.tamas.company.Company.Limits;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Admission;
import io.tamas.routing.CallContext;
import io.tamas.routing.Charge;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The outbound usage of each extension: its calls in progress, and the time of its calls in the
/// last 24 hours. Enforces the limits of outgoing profiles, against toll fraud.
///
/// A call is counted when it is admitted, together with the time that it may take: so the limits
/// hold however many calls are requested at the same moment. The remaining time of the day is
/// shared among the calls that are still allowed at once. From then on the records, live or ended,
/// contain what was admitted: each external leg names the extension that it is charged to
/// ([Charge]), also if the call was forwarded or transferred. So usage is restored when Tamas
/// restarts.
///
/// An external leg takes the time from its answer to its end, including hold: that is what it
/// costs.
final class OutboundUsage {
  static final Duration DAY = Duration.ofHours(24);

  /// Time within which an admitted call appears in the journal, otherwise it was never made; also
  /// the longest time from a trunk that fails to the next one.
  private static final Duration APPEARS = Duration.ofMinutes(1);

  /// By the channel that requested the call.
  private final Map<String, Active> active = new HashMap<>();

  private final Map<ExtensionNumber, Map<Charge, Used>> used = new HashMap<>();

  /// @param seen when it was admitted, or last among the live calls
  private record Active(String call, Charge charge, Instant seen) {}

  private record Used(Instant end, Duration time) {
    boolean isOver(Instant now) {
      return end.isBefore(now.minus(DAY));
    }
  }

  /// If it is called again for the same channel, the last admission counts.
  synchronized Admission admit(CallContext call, ExtensionNumber payer, Limits limits) {
    active.remove(call.channel());
    Admission answer = wouldAdmit(payer, limits, call.at());
    if (answer instanceof Admission.Admitted(Optional<Duration> longest)) {
      Charge charge = Charge.of(call, payer, longest);
      active.put(call.channel(), new Active(call.call(), charge, call.at()));
    }
    return answer;
  }

  /// What [#admit] would answer for a new call; counts nothing.
  synchronized Admission wouldAdmit(ExtensionNumber payer, Limits limits, Instant now) {
    List<Charge> others =
        active.values().stream()
            .map(Active::charge)
            .filter(one -> one.payer().equals(payer))
            .toList();
    if (limits.calls() > 0 && others.size() >= limits.calls()) {
      return new Admission.TooManyCalls();
    }
    Optional<Duration> longest =
        limits.perDay().map(day -> share(left(day, payer, others, now), limits, others.size()));
    return longest.filter(time -> time.compareTo(Duration.ofSeconds(1)) < 0).isPresent()
        ? new Admission.DaySpent()
        : new Admission.Admitted(longest);
  }

  /// The time that the extension has left, without the time that its calls in progress may take.
  private Duration left(Duration day, ExtensionNumber payer, List<Charge> others, Instant now) {
    Collection<Used> past = used.getOrDefault(payer, Map.of()).values();
    Duration total =
        past.stream()
            .filter(one -> !one.isOver(now))
            .map(Used::time)
            .reduce(Duration.ZERO, Duration::plus);
    Duration held =
        others.stream()
            .flatMap(one -> one.longest().stream())
            .reduce(Duration.ZERO, Duration::plus);
    return day.minus(total).minus(held);
  }

  private static Duration share(Duration left, Limits limits, int others) {
    return limits.calls() > 0 ? left.dividedBy(limits.calls() - others) : left.dividedBy(2);
  }

  /// Adds the live calls, and removes calls that are no longer live although no end was published.
  synchronized void update(Collection<CallRecord> calls, Instant now) {
    calls.forEach(call -> call.legs().forEach(leg -> update(call.id(), leg, now)));
    active.values().removeIf(one -> one.seen().isBefore(now.minus(APPEARS)));
  }

  private void update(String call, Leg leg, Instant now) {
    leg.charge()
        .filter(charge -> !isReplaced(charge))
        .ifPresent(charge -> {
          if (mayContinue(leg, now)) {
            active.put(charge.channel(), new Active(call, charge, now));
          } else {
            active.remove(charge.channel());
          }
        });
    addUsed(leg);
  }

  private boolean isReplaced(Charge charge) {
    Active last = active.get(charge.channel());
    return last != null && last.charge().at().isAfter(charge.at());
  }

  /// Another trunk may be tried if one has failed.
  private static boolean mayContinue(Leg leg, Instant now) {
    return leg.endedAt().isEmpty()
        || leg.result() == LegResult.Known.UNREACHABLE
            && leg.endedAt().get().isAfter(now.minus(APPEARS));
  }

  /// A call has ended. Repeatable.
  synchronized void end(String call, List<Leg> legs) {
    legs.forEach(leg -> {
      leg.charge()
          .filter(charge -> !isReplaced(charge))
          .map(Charge::channel)
          .ifPresent(active::remove);
      addUsed(leg);
    });
    active.values().removeIf(one -> one.call().equals(call));
  }

  private void addUsed(Leg leg) {
    Optional<Duration> connected = leg.connected();
    if (leg.charge().isPresent() && connected.isPresent()) {
      Charge charge = leg.charge().get();
      Instant end = leg.endedAt().orElseThrow();
      Map<Charge, Used> all = used.computeIfAbsent(charge.payer(), _ -> new HashMap<>());
      if (all.put(charge, new Used(end, connected.get())) == null) {
        all.values().removeIf(one -> one.isOver(end));
      }
    }
  }
}
