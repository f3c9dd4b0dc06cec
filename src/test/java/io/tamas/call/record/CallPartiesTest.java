package io.tamas.call.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.call.fold.CallFold;
import io.tamas.call.fold.CapturedJournals;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Outcome;
import io.tamas.call.record.CallRecord.Recorded;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.CallRecord.Tie;
import io.tamas.call.record.CallRecord.When;
import io.tamas.call.record.CallRecord.Who;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Routed.Direction;
import io.tamas.routing.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Under which extensions a call is found: what looks like an extension and is none is not one.
class CallPartiesTest {
  private static final Instant AT = Instant.parse("2026-11-21T08:30:00Z");

  /// 101 dials something; what is decided of it, and the legs with their channels.
  @ParameterizedTest(name = "101 dials {0}, {2} is considered {3}: {5}")
  @CsvSource({
    "102,  INTERNAL, extension:102,   matched,         PJSIP/102-1=102,       101 102",
    "102,  INTERNAL, extension:102,   forward-always,  PJSIP/103-1=103,       101 102 103",
    "102,  INTERNAL, extension:102,   other-group,     '',                    101 102",
    "1000, INTERNAL, extension:1000,  missing,         '',                    101",
    "0,    INTERNAL, pickup-group,    matched,         '',                    101",
    "701,  INTERNAL, parked:701,      matched,         '',                    101",
    "600,  INTERNAL, ring-group:x,    matched,         PJSIP/102-1=102,       101 102",
    "118,  OUTBOUND, outgoing:p/r,    matched,         PJSIP/trunk-a-1=118,   101",
    "118,  OUTBOUND, outgoing:p/r,    matched,         =118,                  101",
    "110,  OUTBOUND, emergency:x,     matched,         PJSIP/trunk-a-1=110,   101",
  })
  void onlyExtensionsAreFoundAsExtensions(
      String requested,
      Direction direction,
      String rule,
      String outcome,
      String legs,
      String found) {
    DecisionNote note =
        new DecisionNote(
            direction,
            "101",
            requested,
            rule,
            rule,
            direction == Direction.OUTBOUND ? Action.Known.OUT : Action.Known.RING,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            new Trace(List.of(new Trace.Step(rule, outcome))));
    assertEquals(found, extensions(call(requested, direction, List.of(note), rule, legs)));
  }

  @ParameterizedTest(name = "101 dials {0} while Tamas is down: {2}")
  @CsvSource({"102, PJSIP/102-1=102, 101 102", "110, PJSIP/trunk-a-1=110, 101"})
  void withoutADecisionTheChannelTells(String requested, String legs, String found) {
    assertEquals(found, extensions(call(requested, Direction.INTERNAL, List.of(), "none", legs)));
  }

  /// Whose phone only rang has not talked.
  @ParameterizedTest
  @CsvSource({
    "group-order, 102",
    "group-all, 102",
    "group-all-nobody, ''",
    "missed, ''",
    "answered, 101",
    "internal, 101 102"
  })
  void onlyWhoWasConnectedHasTalked(String journal, String talked) {
    CallRecord call = CallFold.fold(CapturedJournals.rows(journal)).orElseThrow();
    assertEquals(
        talked,
        CallParties.talked(call).stream()
            .map(ExtensionNumber::digits)
            .sorted()
            .collect(Collectors.joining(" ")));
  }

  private static String extensions(CallRecord call) {
    return CallParties.of(call).stream()
        .filter(party -> party.startsWith("extension:"))
        .map(party -> party.substring("extension:".length()))
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static CallRecord call(
      String requested,
      Direction direction,
      List<DecisionNote> decisions,
      String destination,
      String legs) {
    return new CallRecord(
        "c-1.1",
        new Who(
            direction, "101", "", requested, Optional.empty(), Optional.empty(), Optional.empty()),
        new When(
            AT,
            Optional.empty(),
            Optional.empty(),
            Optional.of(AT),
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            Optional.empty()),
        new Outcome(
            Status.MISSED,
            Optional.of(destination),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "r",
            false),
        new Recorded(Optional.empty(), Optional.empty(), List.of(), List.of()),
        Stream.of(legs.split(" "))
            .filter(leg -> leg.contains("="))
            .map(CallPartiesTest::leg)
            .toList(),
        List.of(),
        decisions);
  }

  private static Leg leg(String channelAndParty) {
    String[] parts = channelAndParty.split("=");
    return new Leg(
        parts[0],
        parts[1],
        Tie.DIALLED,
        Optional.empty(),
        AT,
        Optional.empty(),
        Optional.of(AT),
        LegResult.Known.NO_ANSWER,
        Optional.empty(),
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
