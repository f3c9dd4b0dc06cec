package io.tamas.call.history;

import io.tamas.call.record.CallParties;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.routing.Routed.Direction;
import io.tamas.routing.Trace.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What calls add to the sums of their hours, of their extensions' days, and of their groups'
/// hours. Pure.
///
/// Days and hours are those of a zone: an hour that its clock shows twice counts as two.
final class CallSums {
  /// In seconds.
  static final long[] WAITS = {5, 10, 15, 20, 30, 45, 60, 90, 120, 300};

  private static final String EXTENSION = "extension:";
  private static final String MISSING = "missing";
  static final Set<Status> NOT_MISSED = Set.of(Status.ANSWERED, Status.ANNOUNCEMENT);

  private final ZoneId zone;
  private final Map<Hour, HourSum> hours = new TreeMap<>();
  private final Map<Day, DaySum> days = new TreeMap<>();
  private final Map<GroupHour, GroupSum> groups = new TreeMap<>();

  CallSums(ZoneId zone) {
    this.zone = zone;
  }

  record Hour(Instant begins, Direction direction, Status status) implements Comparable<Hour> {
    private static final Comparator<Hour> ORDER =
        Comparator.comparing(Hour::begins)
            .thenComparing(Hour::direction)
            .thenComparing(Hour::status);

    @Override
    public int compareTo(Hour other) {
      return ORDER.compare(this, other);
    }
  }

  record Day(Instant begins, String extension, Direction direction, Status status)
      implements Comparable<Day> {
    private static final Comparator<Day> ORDER =
        Comparator.comparing(Day::begins)
            .thenComparing(Day::extension)
            .thenComparing(Day::direction)
            .thenComparing(Day::status);

    @Override
    public int compareTo(Day other) {
      return ORDER.compare(this, other);
    }
  }

  record GroupHour(Instant begins, String group, Direction direction, Status status)
      implements Comparable<GroupHour> {
    private static final Comparator<GroupHour> ORDER =
        Comparator.comparing(GroupHour::begins)
            .thenComparing(GroupHour::group)
            .thenComparing(GroupHour::direction)
            .thenComparing(GroupHour::status);

    @Override
    public int compareTo(GroupHour other) {
      return ORDER.compare(this, other);
    }
  }

  /// Durations in microseconds, as exact as those of records.
  ///
  /// @param missed calls in which nobody talked to the caller, see [#isMissed]
  /// @param within for each of [#WAITS] the calls that had rung for at most so long
  record HourSum(long calls, long missed, long ring, long talk, long hold, long[] within) {
    private HourSum plus(HourSum other) {
      return new HourSum(
          calls + other.calls,
          missed + other.missed,
          ring + other.ring,
          talk + other.talk,
          hold + other.hold,
          sum(within, other.within));
    }

    private HourSum times(int sign) {
      return new HourSum(
          sign * calls,
          sign * missed,
          sign * ring,
          sign * talk,
          sign * hold,
          product(sign, within));
    }
  }

  /// @param answered calls in which the extension talked, or its own that were answered
  /// @param missed calls to it that nobody answered
  /// @param ring of those that it answered
  record DaySum(long calls, long answered, long missed, long ring, long talk) {
    private DaySum plus(DaySum other) {
      return new DaySum(
          calls + other.calls,
          answered + other.answered,
          missed + other.missed,
          ring + other.ring,
          talk + other.talk);
    }

    /// Of the same call.
    private DaySum or(DaySum other) {
      return new DaySum(
          1,
          Math.max(answered, other.answered),
          Math.max(missed, other.missed),
          Math.max(ring, other.ring),
          Math.max(talk, other.talk));
    }

    private DaySum times(int sign) {
      return new DaySum(sign * calls, sign * answered, sign * missed, sign * ring, sign * talk);
    }
  }

  /// @param sum of a call at most 1 call, however many extensions of the group took part
  /// @param within as of an hour
  record GroupSum(DaySum sum, long[] within) {
    private GroupSum plus(GroupSum other) {
      return new GroupSum(sum.plus(other.sum), CallSums.sum(within, other.within));
    }
  }

  private static long[] sum(long[] one, long[] other) {
    long[] sums = new long[one.length];
    Arrays.setAll(sums, i -> one[i] + other[i]);
    return sums;
  }

  private static long[] product(int sign, long[] counts) {
    return LongStream.of(counts).map(count -> sign * count).toArray();
  }

  Map<Hour, HourSum> hours() {
    return hours;
  }

  Map<Day, DaySum> days() {
    return days;
  }

  Map<GroupHour, GroupSum> groups() {
    return groups;
  }

  void add(CallRecord call) {
    count(call, 1);
  }

  /// A record that is replaced or removed.
  void subtract(CallRecord call) {
    count(call, -1);
  }

  private void count(CallRecord call, int sign) {
    ZonedDateTime local = call.when().startedAt().atZone(zone);
    Instant hour = hour(local);
    Direction direction = call.who().direction();
    Status status = call.outcome().status();
    HourSum sum = hourSum(call).times(sign);
    hours.merge(new Hour(hour, direction, status), sum, HourSum::plus);
    Instant day = local.toLocalDate().atStartOfDay(zone).toInstant();
    Map<String, Set<String>> members = members(call);
    Map<String, DaySum> ofGroups = new TreeMap<>();
    for (String extension : CallParties.extensions(call)) {
      DaySum own = daySum(call, extension);
      days.merge(new Day(day, extension, direction, status), own.times(sign), DaySum::plus);
      members.forEach((group, extensions) -> {
        if (extensions.contains(extension)) {
          ofGroups.merge(group, own, DaySum::or);
        }
      });
    }
    ofGroups.forEach((group, own) ->
        groups.merge(
            new GroupHour(hour, group, direction, status),
            new GroupSum(own.times(sign), sum.within),
            GroupSum::plus));
  }

  /// The extensions of each group, as the decisions noted them.
  private static Map<String, Set<String>> members(CallRecord call) {
    Map<String, Set<String>> members = new TreeMap<>();
    call.decisions()
        .forEach(note ->
            note.groups()
                .forEach((group, extensions) ->
                    members.computeIfAbsent(group, _ -> new TreeSet<>()).addAll(extensions)));
    return members;
  }

  /// Not by `truncatedTo`, which moves what it truncates into a gap of the clock.
  private static Instant hour(ZonedDateTime local) {
    return local
        .toInstant()
        .minusSeconds(local.getMinute() * 60L + local.getSecond())
        .minusNanos(local.getNano());
  }

  private static HourSum hourSum(CallRecord call) {
    Duration ring = call.when().ring();
    long[] within =
        LongStream.of(WAITS)
            .map(seconds -> ring.compareTo(Duration.ofSeconds(seconds)) <= 0 ? 1 : 0)
            .toArray();
    return new HourSum(
        1,
        isMissed(call) ? 1 : 0,
        micros(ring),
        micros(call.when().talk()),
        micros(call.when().hold()),
        within);
  }

  /// A call inside, only if it was for another extension: no feature code, no parking slot, and no
  /// number that nobody has.
  private static boolean isMissed(CallRecord call) {
    if (NOT_MISSED.contains(call.outcome().status())) {
      return false;
    }
    return switch (call.who().direction()) {
      case INBOUND -> true;
      case OUTBOUND -> false;
      case INTERNAL -> isForAnother(call);
    };
  }

  private static boolean isForAnother(CallRecord call) {
    String caller = call.who().caller();
    Stream<String> called =
        call.legs().stream().filter(leg -> CallParties.isOfExtension(call, leg)).map(Leg::party);
    Stream<String> named =
        Stream.concat(steps(call).map(Step::rule), call.outcome().destination().stream())
            .filter(rule -> rule.startsWith(EXTENSION) && isReached(call, rule))
            .map(rule -> rule.substring(EXTENSION.length()));
    return Stream.concat(called, named).anyMatch(extension -> !extension.equals(caller));
  }

  private static Stream<Step> steps(CallRecord call) {
    return call.decisions().stream().flatMap(note -> note.trace().steps().stream());
  }

  /// @param extension that called or was called, see [CallParties#extensions]
  private static DaySum daySum(CallRecord call, String extension) {
    boolean made =
        call.who().direction() != Direction.INBOUND && call.who().caller().equals(extension);
    boolean talked = false;
    Duration talk = made ? call.when().talk() : Duration.ZERO;
    for (Leg leg : call.legs()) {
      if (leg.party().equals(extension)) {
        talked |= leg.answeredAt().isPresent();
        talk = made ? talk : talk.plus(leg.talk());
      }
    }
    Status status = call.outcome().status();
    boolean answered = talked || made && status == Status.ANSWERED;
    boolean missed =
        !made && call.who().direction() != Direction.OUTBOUND && !NOT_MISSED.contains(status);
    return new DaySum(
        1,
        answered ? 1 : 0,
        missed ? 1 : 0,
        answered ? micros(call.when().ring()) : 0,
        micros(talk));
  }

  private static boolean isReached(CallRecord call, String party) {
    List<Step> own = steps(call).filter(step -> step.rule().equals(party)).toList();
    return own.stream().anyMatch(step -> !step.outcome().equals(MISSING))
        || own.isEmpty() && call.outcome().destination().equals(Optional.of(party));
  }

  private static long micros(Duration duration) {
    return duration.toNanos() / 1_000;
  }
}
