package io.tamas.call.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.call.fold.Story;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Tie;
import io.tamas.call.record.LegResult;
import io.tamas.company.Company.Limits;
import io.tamas.json.Json;
import io.tamas.number.CallerId;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Admission;
import io.tamas.routing.Admission.Admitted;
import io.tamas.routing.Admission.DaySpent;
import io.tamas.routing.Admission.TooManyCalls;
import io.tamas.routing.CallContext;
import io.tamas.routing.CallContext.Origin;
import io.tamas.routing.Charge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutboundUseTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:30:00Z");
  private static final ExtensionNumber LEILA = new ExtensionNumber("101");
  private static final ExtensionNumber REZA = new ExtensionNumber("102");
  private static final Duration HOUR = Duration.ofHours(1);

  private final OutboundUse use = new OutboundUse();

  @Test
  void asManyCallsAsAreAllowedAreAdmitted() {
    assertEquals(admitted(), admit("a", 2));
    assertEquals(admitted(), admit("b", 2));
    assertEquals(new TooManyCalls(), admit("c", 2));
    assertEquals(admitted(), use.admit(asks("d", "d", NOW), REZA, limits(2, null)));
    use.hasEnded("a", List.of());
    assertEquals(admitted(), admit("c", 2));
  }

  @Test
  void aChannelThatAsksAgainIsCountedOnce() {
    assertEquals(admitted(), admit("a", 1));
    assertEquals(admitted(), admit("a", 1));
  }

  @Test
  void whoIsHandedOnToSomebodyElseOutsideIsCountedToo() {
    assertEquals(admitted(), admit("a", "101-1", 2));
    assertEquals(admitted(), admit("a", "trunk-2", 2));
    assertEquals(new TooManyCalls(), admit("b", 2));
    use.hasEnded("a", List.of());
    assertEquals(admitted(), admit("b", 2));
  }

  @Test
  void lookingCountsNothing() {
    assertEquals(admitted(), use.wouldAdmit(LEILA, limits(1, null), NOW));
    assertEquals(admitted(), admit("a", 1));
    assertEquals(new TooManyCalls(), use.wouldAdmit(LEILA, limits(1, null), NOW));
  }

  @Test
  void aDayIsSharedAmongTheCallsAtOnceAndNotMore() {
    assertEquals(admitted(Duration.ofMinutes(30)), admit("a", 2, HOUR));
    assertEquals(admitted(Duration.ofMinutes(30)), admit("b", 2, HOUR));
    use.hasEnded("a", List.of(leg("a", 0, 10)));
    assertEquals(admitted(Duration.ofMinutes(20)), admit("c", 2, HOUR));
    use.hasEnded("b", List.of(leg("b", 0, 30)));
    use.hasEnded("c", List.of(leg("c", 0, 20)));
    assertEquals(new DaySpent(), admit("d", 2, HOUR));
    CallContext tomorrow = asks("e", "e", NOW.plus(Duration.ofHours(25)));
    assertEquals(admitted(Duration.ofMinutes(30)), use.admit(tomorrow, LEILA, limits(2, HOUR)));
  }

  @Test
  void whatIsToldAgainIsCountedOnce() {
    use.hasEnded("a", List.of(leg("a", 0, 20)));
    use.hasEnded("a", List.of(leg("a", 0, 20)));
    assertEquals(admitted(Duration.ofMinutes(40)), admit("b", 1, HOUR));
  }

  @Test
  void eachLegOutsideCosts() {
    use.hasEnded("a", List.of(leg("101-1", 0, 40), leg("trunk-2", 10, 30)));
    assertEquals(new DaySpent(), admit("b", 1, HOUR));
  }

  @Test
  void aProcessThatStartsAgainKnowsTheCallsThatGoOn() {
    use.isLive(List.of(live("a", going("a", HOUR))), NOW);
    assertEquals(new TooManyCalls(), admit("b", 1));
    assertEquals(new DaySpent(), admit("b", 2, HOUR));
    use.hasEnded("a", List.of(leg("a", 0, 15)));
    assertEquals(admitted(Duration.ofMinutes(45)), admit("b", 1, HOUR));
  }

  @Test
  void aLegThatEndsDuringTheCallGoesOnNoMore() {
    assertEquals(admitted(), admit("a", "local-1", 1));
    use.isLive(List.of(live("a", going("local-1", null))), NOW);
    assertEquals(new TooManyCalls(), admit("b", 1));
    use.isLive(List.of(live("a", leg("local-1", 0, 10))), NOW);
    assertEquals(admitted(Duration.ofMinutes(50)), admit("b", 1, HOUR));
  }

  @Test
  void whereATrunkDoesNotWorkTheNextOneMayBeTried() {
    use.isLive(List.of(live("a", unreachable("a", NOW.minusSeconds(59)))), NOW);
    assertEquals(new TooManyCalls(), admit("b", 1));
    use.isLive(List.of(live("a", unreachable("a", NOW.minusSeconds(61)))), NOW);
    assertEquals(admitted(), admit("b", 1));
  }

  @Test
  void aChannelThatHasAskedAgainIsNotTakenForWhatItWasBefore() {
    use.admit(asks("a", "a", NOW.plusSeconds(5)), LEILA, limits(1, null));
    use.isLive(List.of(live("a", leg("a", 0, 0))), NOW.plusSeconds(6));
    assertEquals(new TooManyCalls(), admit("b", 1));
  }

  @Test
  void aCallThatNeverAppearedIsForgotten() {
    admit("lost", 1);
    use.isLive(List.of(), NOW.plusSeconds(59));
    assertEquals(new TooManyCalls(), admit("b", 1));
    use.isLive(List.of(), NOW.plusSeconds(61));
    assertEquals(admitted(), admit("b", 1));
  }

  @Test
  void askedByManyAtOnceNoneTooManyIsAdmitted() {
    AtomicInteger admitted = new AtomicInteger();
    IntStream.range(0, 1_000)
        .parallel()
        .forEach(n -> {
          if (admit("call-" + n, 7) instanceof Admitted) {
            admitted.incrementAndGet();
          }
        });
    assertEquals(7, admitted.get());
  }

  private Admission admit(String call, int most) {
    return admit(call, call, most);
  }

  private Admission admit(String call, String channel, int most) {
    return use.admit(asks(call, channel, NOW), LEILA, limits(most, null));
  }

  private Admission admit(String call, int most, Duration perDay) {
    return use.admit(asks(call, call, NOW), LEILA, limits(most, perDay));
  }

  static CallContext asks(String call, String channel, Instant at) {
    return new CallContext(
        channel,
        call,
        new Origin.FromPhone(LEILA),
        new CallerId.Internal(LEILA),
        new CallerId.ShortCode("118"),
        "118",
        at);
  }

  /// A leg outside that has ended, as it is stored; the minutes are those after eight.
  private static Leg leg(String channel, int answered, int ended) {
    Instant from = NOW.minusSeconds(1_800).plusSeconds(60L * answered);
    Instant to = NOW.minusSeconds(1_800).plusSeconds(60L * ended);
    return stored(channel, null, Optional.of(from), Optional.of(to), "answered");
  }

  private static Leg going(String channel, @Nullable Duration longest) {
    return stored(channel, longest, Optional.of(NOW), Optional.empty(), "answered");
  }

  private static Leg unreachable(String channel, Instant end) {
    return stored(channel, null, Optional.empty(), Optional.of(end), "unreachable");
  }

  private static Leg stored(
      String channel,
      @Nullable Duration longest,
      Optional<Instant> answered,
      Optional<Instant> ended,
      String result) {
    Leg leg =
        new Leg(
            "PJSIP/trunk-a-00000001",
            "+989121234567",
            Tie.DIALLED,
            Optional.empty(),
            NOW,
            answered,
            ended,
            LegResult.of(result),
            Optional.empty(),
            Duration.ZERO,
            Optional.of(new Charge(LEILA, channel, NOW, Optional.ofNullable(longest))));
    return Json.read(Json.write(leg), Leg.class);
  }

  private static CallRecord live(String id, Leg leg) {
    CallRecord call = Story.ringing101(id).record();
    return new CallRecord(
        id,
        call.who(),
        call.when(),
        call.outcome(),
        call.recorded(),
        List.of(leg),
        call.decisions());
  }

  private static Limits limits(int calls, @Nullable Duration perDay) {
    return new Limits(Set.of(), calls, Optional.ofNullable(perDay));
  }

  private static Admission admitted() {
    return new Admitted(Optional.empty());
  }

  static Admission admitted(Duration longest) {
    return new Admitted(Optional.of(longest));
  }
}
