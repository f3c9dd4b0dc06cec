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

/// How much each extension calls outside: the calls under way, and their time of the last 24 hours.
/// Guards the limits of outgoing profiles against toll fraud.
///
/// A call is counted when it is admitted, and with it all the time that it may take: so the limits
/// hold however many calls are asked for at the same moment. What is left of a day is shared among
/// the calls that are still allowed at once. What was admitted is then told by the records, live or
/// ended: each leg outside says who pays for it ([Charge]), also where the call was forwarded or
/// handed on. So nothing is forgotten when Tamas starts again.
///
/// A leg outside takes the time from its answer to its end, on hold too: that is what it costs.
final class OutboundUse {
  static final Duration DAY = Duration.ofHours(24);

  /// Until then a call that was admitted appears in the journal, or it never was one. As long it
  /// may take from a trunk that does not work to the next one.
  private static final Duration APPEARS = Duration.ofMinutes(1);

  /// By the channel that asked.
  private final Map<String, Going> going = new HashMap<>();

  private final Map<ExtensionNumber, Map<Charge, Spent>> spent = new HashMap<>();

  /// @param seen when it was admitted, or last among the live calls
  private record Going(String call, Charge charge, Instant seen) {}

  private record Spent(Instant end, Duration time) {
    boolean isOver(Instant now) {
      return end.isBefore(now.minus(DAY));
    }
  }

  /// Asked again for the same channel, the last answer counts.
  synchronized Admission admit(CallContext asks, ExtensionNumber payer, Limits limits) {
    going.remove(asks.channel());
    Admission answer = wouldAdmit(payer, limits, asks.at());
    if (answer instanceof Admission.Admitted(Optional<Duration> longest)) {
      Charge charge = Charge.of(asks, payer, longest);
      going.put(asks.channel(), new Going(asks.call(), charge, asks.at()));
    }
    return answer;
  }

  /// What [#admit] would answer for a new call; counts nothing.
  synchronized Admission wouldAdmit(ExtensionNumber payer, Limits limits, Instant now) {
    List<Charge> others =
        going.values().stream()
            .map(Going::charge)
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

  /// What the extension may still take, without what its calls under way may take.
  private Duration left(Duration day, ExtensionNumber payer, List<Charge> others, Instant now) {
    Collection<Spent> past = spent.getOrDefault(payer, Map.of()).values();
    Duration used =
        past.stream()
            .filter(one -> !one.isOver(now))
            .map(Spent::time)
            .reduce(Duration.ZERO, Duration::plus);
    Duration held =
        others.stream()
            .flatMap(one -> one.longest().stream())
            .reduce(Duration.ZERO, Duration::plus);
    return day.minus(used).minus(held);
  }

  private static Duration share(Duration left, Limits limits, int others) {
    return limits.calls() > 0 ? left.dividedBy(limits.calls() - others) : left.dividedBy(2);
  }

  /// Takes up what the live calls are, and forgets what is not live and whose end was not told.
  synchronized void isLive(Collection<CallRecord> calls, Instant now) {
    calls.forEach(call -> call.legs().forEach(leg -> isSeen(call.id(), leg, now)));
    going.values().removeIf(one -> one.seen().isBefore(now.minus(APPEARS)));
  }

  private void isSeen(String call, Leg leg, Instant now) {
    leg.charge()
        .filter(charge -> !hasAskedAgain(charge))
        .ifPresent(charge -> {
          if (mayGoOn(leg, now)) {
            going.put(charge.channel(), new Going(call, charge, now));
          } else {
            going.remove(charge.channel());
          }
        });
    isSpent(leg);
  }

  private boolean hasAskedAgain(Charge charge) {
    Going last = going.get(charge.channel());
    return last != null && last.charge().at().isAfter(charge.at());
  }

  /// Another trunk may be tried where one did not work.
  private static boolean mayGoOn(Leg leg, Instant now) {
    return leg.endedAt().isEmpty()
        || leg.result() == LegResult.Known.UNREACHABLE
            && leg.endedAt().get().isAfter(now.minus(APPEARS));
  }

  /// A call has ended; the same may be told again.
  synchronized void hasEnded(String call, List<Leg> legs) {
    legs.forEach(leg -> {
      leg.charge()
          .filter(charge -> !hasAskedAgain(charge))
          .map(Charge::channel)
          .ifPresent(going::remove);
      isSpent(leg);
    });
    going.values().removeIf(one -> one.call().equals(call));
  }

  private void isSpent(Leg leg) {
    Optional<Duration> connected = leg.connected();
    if (leg.charge().isPresent() && connected.isPresent()) {
      Charge charge = leg.charge().get();
      Instant end = leg.endedAt().orElseThrow();
      Map<Charge, Spent> all = spent.computeIfAbsent(charge.payer(), _ -> new HashMap<>());
      if (all.put(charge, new Spent(end, connected.get())) == null) {
        all.values().removeIf(one -> one.isOver(end));
      }
    }
  }
}
