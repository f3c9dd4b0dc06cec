package io.tamas.call;

import io.tamas.company.Company.Limits;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Admission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How much each extension calls outside: the calls under way, and the talking time of the last 24
/// hours. Guards the limits of outgoing profiles against toll fraud.
///
/// A call is counted when it is admitted, and with it all the time that it may take: so the limits
/// hold however many calls are asked for at the same moment. What is left of a day is shared among
/// the calls that are still allowed at once.
final class OutboundUse {
  private static final Duration DAY = Duration.ofHours(24);

  /// Until then a call that was admitted appears in the journal, or it never was one.
  private static final Duration APPEARS = Duration.ofMinutes(1);

  private final Map<String, Going> going = new HashMap<>();
  private final Map<ExtensionNumber, Deque<Spent>> spent = new HashMap<>();

  private record Going(ExtensionNumber payer, Instant since, Duration longest) {}

  private record Spent(Instant at, Duration talk) {}

  /// @param call the linked id; asked again for the same call, the last answer counts
  synchronized Admission admit(String call, ExtensionNumber payer, Limits limits, Instant now) {
    going.remove(call);
    Admission answer = wouldAdmit(payer, limits, now);
    if (answer instanceof Admission.Admitted(Optional<Duration> longest)) {
      going.put(call, new Going(payer, now, longest.orElse(Duration.ZERO)));
    }
    return answer;
  }

  /// What [#admit] would answer for a new call; counts nothing.
  synchronized Admission wouldAdmit(ExtensionNumber payer, Limits limits, Instant now) {
    long others = going.values().stream().filter(one -> one.payer().equals(payer)).count();
    if (limits.calls() > 0 && others >= limits.calls()) {
      return new Admission.TooManyCalls();
    }
    Optional<Duration> longest =
        limits.perDay().map(day -> share(left(day, payer, now), limits, others));
    return longest.filter(time -> time.compareTo(Duration.ofSeconds(1)) < 0).isPresent()
        ? new Admission.DaySpent()
        : new Admission.Admitted(longest);
  }

  /// What the extension may still talk, without what its calls under way may take.
  private Duration left(Duration day, ExtensionNumber payer, Instant now) {
    Deque<Spent> past = spent.getOrDefault(payer, new ArrayDeque<>());
    while (!past.isEmpty() && past.getFirst().at().isBefore(now.minus(DAY))) {
      past.removeFirst();
    }
    Duration used = past.stream().map(Spent::talk).reduce(Duration.ZERO, Duration::plus);
    Duration held =
        going.values().stream()
            .filter(one -> one.payer().equals(payer))
            .map(Going::longest)
            .reduce(Duration.ZERO, Duration::plus);
    return day.minus(used).minus(held);
  }

  private static Duration share(Duration left, Limits limits, long others) {
    return limits.calls() > 0 ? left.dividedBy(limits.calls() - others) : left.dividedBy(2);
  }

  /// A call has ended.
  synchronized void ended(String call, Duration talk, Instant at) {
    Going ended = going.remove(call);
    if (ended != null) {
      spend(ended.payer(), talk, at);
    }
  }

  /// Talking time from before this process.
  synchronized void spend(ExtensionNumber payer, Duration talk, Instant at) {
    if (talk.isPositive()) {
      spent.computeIfAbsent(payer, _ -> new ArrayDeque<>()).addLast(new Spent(at, talk));
    }
  }

  /// Forgets calls that are not live and whose end was not told.
  synchronized void reconcile(Collection<String> live, Instant now) {
    Set<String> known = Set.copyOf(live);
    going
        .entrySet()
        .removeIf(entry ->
            !known.contains(entry.getKey())
                && entry.getValue().since().isBefore(now.minus(APPEARS)));
  }
}
