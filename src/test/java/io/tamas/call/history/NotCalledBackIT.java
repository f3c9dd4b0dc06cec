package io.tamas.call.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.call.fold.CallFold;
import io.tamas.call.fold.CapturedJournals;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Outcome;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.CallRecord.When;
import io.tamas.call.record.CallRecord.Who;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Routed.Direction;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Missed calls after which nobody talked with the caller.
class NotCalledBackIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(NotCalledBackIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final Calls CALLS = new Calls(DATABASE, new SimpleMeterRegistry());
  private static final Instant BEGIN = Instant.parse("2026-10-31T20:00:00Z");
  private static final String ANONYMOUS = "anonymous";
  private static final String OF_101 = "101";

  /// Of each caller the calls: who called whom, after how many hours, with what result.
  private static final String[] STORIES = {
    "called-back         in MISSED 0    out ANSWERED 23.9",
    "called-again        in ABANDONED 0 in ANSWERED 2",
    "called-in-vain      in MISSED 0    out BUSY 1       out MISSED 2",
    "called-too-late     in BUSY 0      out ANSWERED 24.1",
    "talked-before       out ANSWERED 0 in MISSED 1",
    "missed-again        in MISSED 0    out ANSWERED 1   in VOICEMAIL 2",
    "only-heard-a-prompt in MISSED 0    in ANNOUNCEMENT 1",
    "answered-at-once    in ANSWERED 0",
    "somebody-inside     internal MISSED 0",
    "called-by-us        out MISSED 0",
    "anonymous           in MISSED 0",
  };

  @BeforeAll
  static void store() {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < STORIES.length; i++) {
      String[] words = STORIES[i].split(" +");
      String number = words[0].equals(ANONYMOUS) ? ANONYMOUS : "+98912000%04d".formatted(i);
      for (int at = 1; at < words.length; at += 3) {
        calls.add(call(words[0] + "-" + words[at + 2], number, List.of(words).subList(at, at + 3)));
      }
    }
    DATABASE.inTransaction(tx -> {
      Calls.save(tx, calls).forEach(tx::await);
      return calls;
    });
  }

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void whoIsStillToBeCalled() {
    List<String> expected =
        List.of(
            "missed-again-2",
            "talked-before-1",
            "only-heard-a-prompt-0",
            "called-too-late-0",
            "called-in-vain-0");
    assertEquals(expected, found(Optional.empty(), Optional.empty(), Duration.ofHours(24)));
    assertEquals(
        expected,
        found(Optional.of(new ExtensionNumber(OF_101)), Optional.empty(), Duration.ofHours(24)));
    assertEquals(
        List.of(),
        found(Optional.of(new ExtensionNumber("102")), Optional.empty(), Duration.ofHours(24)));
  }

  @Test
  void theTimeToCallBackIsThatOfTheCompany() {
    List<String> week = found(Optional.empty(), Optional.empty(), Duration.ofDays(7));
    assertFalse(week.contains("called-too-late-0"), week::toString);
    List<String> hour = found(Optional.empty(), Optional.empty(), Duration.ofHours(1));
    assertTrue(hour.contains("called-back-0"), hour::toString);
    assertTrue(hour.contains("called-again-0"), hour::toString);
  }

  @Test
  void ofOneNumberOnly() {
    assertEquals(
        List.of("called-too-late-0"),
        found(Optional.empty(), Optional.of("+989120000003"), Duration.ofHours(24)));
  }

  private static List<String> found(
      Optional<ExtensionNumber> extension, Optional<String> number, Duration within) {
    return CALLS
        .list(
            new CallSearch(
                Optional.empty(),
                Optional.empty(),
                extension,
                number,
                List.of(),
                Optional.of(within),
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                50))
        .calls()
        .stream()
        .map(CallRecord::id)
        .toList();
  }

  /// @param words the direction, the result, and after how many hours
  private static CallRecord call(String id, String number, List<String> words) {
    CallRecord template = CallFold.fold(CapturedJournals.rows("missed")).orElseThrow();
    Direction direction =
        Arrays.stream(Direction.values())
            .filter(one -> one.name().toLowerCase(Locale.ROOT).startsWith(words.get(0)))
            .findFirst()
            .orElseThrow();
    boolean inbound = direction == Direction.INBOUND;
    Duration after = Duration.ofMillis((long) (Double.parseDouble(words.get(2)) * 3_600_000));
    When when = template.when();
    Outcome outcome = template.outcome();
    return new CallRecord(
        id,
        new Who(
            direction,
            inbound ? number : OF_101,
            "",
            direction == Direction.OUTBOUND ? number : "102",
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new When(
            BEGIN.plus(after),
            when.ringingAt(),
            when.answeredAt(),
            when.endedAt(),
            when.ring(),
            when.talk(),
            when.hold(),
            Optional.empty()),
        new Outcome(
            Status.valueOf(words.get(1)),
            Optional.of("extension:101"),
            outcome.answeredBy(),
            outcome.lastParty(),
            outcome.hungUpBy(),
            outcome.cause(),
            outcome.rule(),
            false),
        template.recorded(),
        List.of(),
        List.of(),
        List.of());
  }
}
