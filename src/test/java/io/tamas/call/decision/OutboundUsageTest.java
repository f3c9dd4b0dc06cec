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

class OutboundUsageTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:30:00Z");
  private static final ExtensionNumber LEILA = new ExtensionNumber("101");
  private static final ExtensionNumber REZA = new ExtensionNumber("102");
  private static final Duration HOUR = Duration.ofHours(1);

  private final OutboundUsage usage = new OutboundUsage();

  @Test
  void callsUpToTheLimitAreAdmitted() {
    assertEquals(admitted(), admit("a", 2));
    assertEquals(admitted(), admit("b", 2));
    assertEquals(new TooManyCalls(), admit("c", 2));
    assertEquals(admitted(), usage.admit(request("d", "d", NOW), REZA, limits(2, null)));
    usage.end("a", List.of());
    assertEquals(admitted(), admit("c", 2));
  }

  @Test
  void channelThatRequestsAgainIsCountedOnce() {
    assertEquals(admitted(), admit("a", 1));
    assertEquals(admitted(), admit("a", 1));
  }

  @Test
  void transferToAnotherExternalNumberIsCountedToo() {
    assertEquals(admitted(), admit("a", "101-1", 2));
    assertEquals(admitted(), admit("a", "trunk-2", 2));
    assertEquals(new TooManyCalls(), admit("b", 2));
    usage.end("a", List.of());
    assertEquals(admitted(), admit("b", 2));
  }

  @Test
  void simulationCountsNothing() {
    assertEquals(admitted(), usage.wouldAdmit(LEILA, limits(1, null), NOW));
    assertEquals(admitted(), admit("a", 1));
    assertEquals(new TooManyCalls(), usage.wouldAdmit(LEILA, limits(1, null), NOW));
  }

  @Test
  void timePerDayIsSharedAmongSimultaneousCalls() {
    assertEquals(admitted(Duration.ofMinutes(30)), admit("a", 2, HOUR));
    assertEquals(admitted(Duration.ofMinutes(30)), admit("b", 2, HOUR));
    usage.end("a", List.of(leg("a", 0, 10)));
    assertEquals(admitted(Duration.ofMinutes(20)), admit("c", 2, HOUR));
    usage.end("b", List.of(leg("b", 0, 30)));
    usage.end("c", List.of(leg("c", 0, 20)));
    assertEquals(new DaySpent(), admit("d", 2, HOUR));
    CallContext tomorrow = request("e", "e", NOW.plus(Duration.ofHours(25)));
    assertEquals(admitted(Duration.ofMinutes(30)), usage.admit(tomorrow, LEILA, limits(2, HOUR)));
  }

  @Test
  void endThatIsPublishedTwiceIsCountedOnce() {
    usage.end("a", List.of(leg("a", 0, 20)));
    usage.end("a", List.of(leg("a", 0, 20)));
    assertEquals(admitted(Duration.ofMinutes(40)), admit("b", 1, HOUR));
  }

  @Test
  void eachExternalLegIsCharged() {
    usage.end("a", List.of(leg("101-1", 0, 40), leg("trunk-2", 10, 30)));
    assertEquals(new DaySpent(), admit("b", 1, HOUR));
  }

  @Test
  void callsInProgressAreKnownAfterARestart() {
    usage.update(List.of(live("a", active("a", HOUR))), NOW);
    assertEquals(new TooManyCalls(), admit("b", 1));
    assertEquals(new DaySpent(), admit("b", 2, HOUR));
    usage.end("a", List.of(leg("a", 0, 15)));
    assertEquals(admitted(Duration.ofMinutes(45)), admit("b", 1, HOUR));
  }

  @Test
  void legThatEndsDuringTheCallIsNoLongerActive() {
    assertEquals(admitted(), admit("a", "local-1", 1));
    usage.update(List.of(live("a", active("local-1", null))), NOW);
    assertEquals(new TooManyCalls(), admit("b", 1));
    usage.update(List.of(live("a", leg("local-1", 0, 10))), NOW);
    assertEquals(admitted(Duration.ofMinutes(50)), admit("b", 1, HOUR));
  }

  @Test
  void afterATrunkFailedTheNextOneMayBeTried() {
    usage.update(List.of(live("a", unreachable("a", NOW.minusSeconds(59)))), NOW);
    assertEquals(new TooManyCalls(), admit("b", 1));
    usage.update(List.of(live("a", unreachable("a", NOW.minusSeconds(61)))), NOW);
    assertEquals(admitted(), admit("b", 1));
  }

  @Test
  void channelThatRequestsAgainIsNotEndedByItsEarlierLeg() {
    usage.admit(request("a", "a", NOW.plusSeconds(5)), LEILA, limits(1, null));
    usage.update(List.of(live("a", leg("a", 0, 0))), NOW.plusSeconds(6));
    assertEquals(new TooManyCalls(), admit("b", 1));
  }

  @Test
  void callThatNeverAppearedIsRemoved() {
    admit("lost", 1);
    usage.update(List.of(), NOW.plusSeconds(59));
    assertEquals(new TooManyCalls(), admit("b", 1));
    usage.update(List.of(), NOW.plusSeconds(61));
    assertEquals(admitted(), admit("b", 1));
  }

  @Test
  void limitHoldsForSimultaneousRequests() {
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

  private Admission admit(String call, int max) {
    return admit(call, call, max);
  }

  private Admission admit(String call, String channel, int max) {
    return usage.admit(request(call, channel, NOW), LEILA, limits(max, null));
  }

  private Admission admit(String call, int max, Duration perDay) {
    return usage.admit(request(call, call, NOW), LEILA, limits(max, perDay));
  }

  static CallContext request(String call, String channel, Instant at) {
    return new CallContext(
        channel,
        call,
        new Origin.FromPhone(LEILA),
        new CallerId.Internal(LEILA),
        new CallerId.ShortCode("118"),
        "118",
        at);
  }

  /// An external leg that has ended, as it is stored; the minutes are those after eight.
  private static Leg leg(String channel, int answered, int ended) {
    Instant from = NOW.minusSeconds(1_800).plusSeconds(60L * answered);
    Instant to = NOW.minusSeconds(1_800).plusSeconds(60L * ended);
    return stored(channel, null, Optional.of(from), Optional.of(to), "answered");
  }

  private static Leg active(String channel, @Nullable Duration longest) {
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
            Optional.of(new Charge(LEILA, channel, NOW, Optional.ofNullable(longest))),
            Optional.of("a"),
            Optional.empty(),
            Optional.empty(),
            List.of());
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
        call.parkings(),
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
