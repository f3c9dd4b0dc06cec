package io.tamas.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.call.history.Calls;
import io.tamas.call.record.Action;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Outcome;
import io.tamas.call.record.CallRecord.Recorded;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.CallRecord.Tie;
import io.tamas.call.record.CallRecord.When;
import io.tamas.call.record.CallRecord.Who;
import io.tamas.call.record.DecisionNote;
import io.tamas.call.record.LegResult;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.number.ExtensionNumber;
import io.tamas.report.CallStatistics.By;
import io.tamas.report.CallStatistics.Counts;
import io.tamas.report.CallStatistics.Span;
import io.tamas.routing.Routed.Direction;
import io.tamas.routing.Trace;
import io.tamas.web.Principal.Reach;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Counts of calls around midnight of Tehran and around the night in which Berlin's clocks go back.
class CallStatisticsIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(CallStatisticsIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final CallStatistics STATISTICS = new CallStatistics(DATABASE);

  private static final ZoneId TEHRAN = ZoneId.of("Asia/Tehran");
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Duration TALK = Duration.ofSeconds(10);
  private static final Instant MIDNIGHT = Instant.parse("2026-03-10T20:30:00Z");
  private static final Span AROUND =
      new Span(
          MIDNIGHT.minus(Duration.ofHours(2)),
          MIDNIGHT.plus(Duration.ofHours(2)),
          Optional.empty());

  @BeforeAll
  static void store() {
    Instant before = MIDNIGHT.minusSeconds(1);
    Instant after = MIDNIGHT.plusSeconds(1);
    List<CallRecord> calls =
        List.of(
            call(1, Direction.INBOUND, "+989120000001", Status.ANSWERED, before, talked("101")),
            call(
                2,
                Direction.INBOUND,
                "+989120000001",
                Status.MISSED,
                after,
                rung("101"),
                rung("102")),
            call(3, Direction.INTERNAL, "101", Status.ANSWERED, after, talked("102")),
            call(4, Direction.OUTBOUND, "102", Status.BUSY, after),
            call(5, Direction.INBOUND, "+989120000002", Status.ANNOUNCEMENT, after),
            call(
                6,
                Direction.INBOUND,
                "+989120000002",
                Status.ANSWERED,
                after,
                rung("101"),
                talked("102")),
            // 02:30 of Berlin, twice, on 25 October 2026
            call(
                7, Direction.INTERNAL, "101", Status.FAILED, Instant.parse("2026-10-25T00:30:00Z")),
            call(
                8,
                Direction.INTERNAL,
                "101",
                Status.FAILED,
                Instant.parse("2026-10-25T01:30:00Z")));
    DATABASE.inTransaction(tx -> tx.await(Future.all(new ArrayList<>(Calls.save(tx, calls)))));
  }

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(10, TimeUnit.SECONDS);
    VERTX.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void allTogether() {
    assertEquals(counts("total", 6, 4, 1, 1, 3, 1, 3), STATISTICS.total(AROUND));
  }

  @Test
  void nothing() {
    var empty = new Span(Instant.EPOCH, Instant.EPOCH.plusSeconds(1), Optional.empty());
    assertEquals(counts("total", 0, 0, 0, 0, 0, 0, 0), STATISTICS.total(empty));
    assertEquals(List.of(), STATISTICS.extensions(empty));
  }

  @Test
  void ofOneDirection() {
    var inbound = new Span(AROUND.from(), AROUND.to(), Optional.of(Direction.INBOUND));
    assertEquals(counts("total", 4, 4, 0, 0, 2, 1, 2), STATISTICS.total(inbound));
  }

  @Test
  void daysBeginAtLocalMidnight() {
    assertEquals(
        List.of(
            counts("2026-03-10T00:00+03:30", 1, 1, 0, 0, 1, 0, 1),
            counts("2026-03-11T00:00+03:30", 5, 3, 1, 1, 2, 1, 2)),
        STATISTICS.days(AROUND, TEHRAN));
  }

  @Test
  void hoursWithoutCallsAreListedToo() {
    List<Counts> hours = STATISTICS.hours(AROUND, TEHRAN);
    assertEquals(
        List.of(0L, 1L, 5L, 0L), hours.stream().map(Counts::calls).toList(), hours::toString);
    assertEquals("2026-03-11T00:00+03:30", hours.get(2).key());
  }

  @Test
  void theHourThatComesTwiceIsTwoAndItsDayHasAnHourMore() {
    var night =
        new Span(
            Instant.parse("2026-10-24T22:00:00Z"),
            Instant.parse("2026-10-25T23:00:00Z"),
            Optional.empty());
    List<Counts> hours = STATISTICS.hours(night, BERLIN);
    assertEquals(25, hours.size());
    assertEquals("2026-10-25T02:00+02:00", hours.get(2).key());
    assertEquals("2026-10-25T02:00+01:00", hours.get(3).key());
    assertEquals(List.of(1L, 1L), hours.subList(2, 4).stream().map(Counts::calls).toList());
    assertEquals(
        List.of(counts("2026-10-25T00:00+02:00", 2, 0, 0, 2, 0, 0, 0)),
        STATISTICS.days(night, BERLIN));
  }

  /// At 2:00 it is 2:30 there.
  @Test
  void hoursThatAreCutShortCountTheirCalls() {
    List<CallRecord> calls = new ArrayList<>();
    for (String minutes : List.of("15:10", "15:40", "16:10")) {
      Instant at = Instant.parse("2026-10-03T" + minutes + ":00Z");
      calls.add(call(200 + calls.size(), Direction.INTERNAL, "101", Status.ANSWERED, at));
    }
    DATABASE.inTransaction(tx -> tx.await(Future.all(new ArrayList<>(Calls.save(tx, calls)))));
    var night =
        new Span(
            Instant.parse("2026-10-03T14:30:00Z"),
            Instant.parse("2026-10-03T17:00:00Z"),
            Optional.empty());
    List<Counts> hours = STATISTICS.hours(night, ZoneId.of("Australia/Lord_Howe"));
    assertEquals(
        List.of("2026-10-04T01:00+10:30", "2026-10-04T02:30+11:00", "2026-10-04T03:00+11:00"),
        hours.stream().map(Counts::key).toList());
    assertEquals(List.of(1L, 1L, 1L), hours.stream().map(Counts::calls).toList());
  }

  @Test
  void extensionAnswersItsOwnCallsAndMissesThoseNobodyAnswered() {
    assertEquals(
        List.of(counts("101", 4, 3, 0, 1, 2, 1, 2), counts("102", 4, 2, 1, 1, 2, 1, 2)),
        STATISTICS.extensions(AROUND));
  }

  /// A call between two of them counts once.
  @Test
  void ofSomeExtensionsSinceTheyAreSomebodys() {
    Reach.Extensions both = reach(Map.of("101", Instant.EPOCH, "102", Instant.EPOCH));
    assertEquals(
        List.of(counts("total", 5, 3, 1, 1, 3, 1, 3)),
        STATISTICS.of(both, By.TOTAL, AROUND, TEHRAN));
    assertEquals(STATISTICS.extensions(AROUND), STATISTICS.of(both, By.EXTENSION, AROUND, TEHRAN));
    assertEquals(STATISTICS.groups(AROUND), STATISTICS.of(both, By.GROUP, AROUND, TEHRAN));
    assertEquals(
        List.of(1L, 4L),
        STATISTICS.of(both, By.DAY, AROUND, TEHRAN).stream().map(Counts::calls).toList());
    assertEquals(
        List.of(0L, 1L, 4L, 0L),
        STATISTICS.of(both, By.HOUR, AROUND, TEHRAN).stream().map(Counts::calls).toList());

    Reach.Extensions since = reach(Map.of("101", MIDNIGHT));
    assertEquals(
        List.of(3L),
        STATISTICS.of(since, By.TOTAL, AROUND, TEHRAN).stream().map(Counts::calls).toList());
    assertEquals(
        List.of("101"),
        STATISTICS.of(since, By.EXTENSION, AROUND, TEHRAN).stream().map(Counts::key).toList());
  }

  private static Reach.Extensions reach(Map<String, Instant> since) {
    Map<ExtensionNumber, Instant> extensions = new HashMap<>();
    since.forEach((number, from) -> extensions.put(new ExtensionNumber(number), from));
    return new Reach.Extensions(extensions);
  }

  @Test
  void aGroupCountsACallOnce() {
    assertEquals(
        List.of(counts("sales", 5, 3, 1, 1, 3, 1, 3), counts("support", 4, 2, 1, 1, 2, 1, 2)),
        STATISTICS.groups(AROUND));
  }

  @Test
  void aCallCountsForWhoeverWasCalledAlsoWithoutAPhoneThatCouldRing() {
    Instant day = Instant.parse("2026-06-01T08:00:00Z");
    List<CallRecord> calls =
        List.of(
            call(
                300,
                Direction.INBOUND,
                "+989120000001",
                Status.FAILED,
                day,
                unreachable("101"),
                unreachable("102")),
            call(301, Direction.INTERNAL, "101", Status.FAILED, day, unreachable("102")),
            call(302, Direction.INTERNAL, "101", Status.FAILED, day, outside("102")));
    DATABASE.inTransaction(tx -> tx.await(Future.all(new ArrayList<>(Calls.save(tx, calls)))));
    Span span = new Span(day, day.plusSeconds(1), Optional.empty());
    assertEquals(counts("total", 3, 1, 0, 2, 0, 2, 0), STATISTICS.total(span));
    assertEquals(
        List.of(counts("101", 3, 1, 0, 2, 0, 1, 0), counts("102", 2, 1, 0, 1, 0, 2, 0)),
        STATISTICS.extensions(span));
    assertEquals(
        List.of(counts("sales", 3, 1, 0, 2, 0, 2, 0), counts("support", 2, 1, 0, 1, 0, 2, 0)),
        STATISTICS.groups(span));
  }

  /// Codes, slots, services and numbers that nobody has: 101 has dialled each of them.
  @Test
  void whatLooksLikeAnExtensionIsNotCountedAsOne() {
    Instant day = Instant.parse("2026-05-01T08:00:00Z");
    List<CallRecord> calls = new ArrayList<>();
    List<String> dialled = List.of("118", "110", "0", "701", "1000");
    for (int i = 0; i < dialled.size(); i++) {
      calls.add(call(100 + i, Direction.INTERNAL, "101", Status.FAILED, day));
    }
    DATABASE.inTransaction(tx -> tx.await(Future.all(new ArrayList<>(Calls.save(tx, calls)))));
    for (int i = 0; i < dialled.size(); i++) {
      DATABASE.await(
          DATABASE
              .pool()
              .preparedQuery(
                  """
                  with dialled as (
                    update call set record = record || jsonb_build_object(
                      'destination', 'extension:' || $2::text,
                      'decisions', jsonb_build_array(jsonb_build_object('trace', jsonb_build_object(
                        'steps', jsonb_build_array(jsonb_build_object(
                          'rule', 'extension:' || $2::text, 'outcome', 'missing'))))))
                    where id = $1 returning *)
                  insert into call_party (party, started_at, call_id, direction, status)
                  select 'extension:' || $2::text, started_at, id, direction, status from dialled
                  on conflict do nothing
                  """)
              .execute(Tuple.of("main-" + (100 + i), dialled.get(i))));
    }
    Span span = new Span(day, day.plusSeconds(1), Optional.empty());
    assertEquals(List.of(counts("101", 5, 0, 0, 5, 0, 0, 0)), STATISTICS.extensions(span));
    assertEquals(counts("total", 5, 0, 0, 5, 0, 0, 0), STATISTICS.total(span));
  }

  /// @param talks how many of [#TALK] there were
  private static Counts counts(
      String key, int calls, int in, int out, int internal, int answered, int missed, int talks) {
    Duration ring = answered == 0 ? Duration.ZERO : Duration.ofSeconds(2);
    return new Counts(
        key,
        Optional.empty(),
        calls,
        in,
        out,
        internal,
        answered,
        missed,
        ring,
        TALK.multipliedBy(talks));
  }

  static Leg talked(String extension) {
    return leg("PJSIP/" + extension + "-1", extension, "answered", Optional.empty());
  }

  static Leg rung(String extension) {
    return leg("PJSIP/" + extension + "-1", extension, "no-answer", Optional.empty());
  }

  /// One that has no phone which could ring.
  static Leg unreachable(String extension) {
    return leg("", extension, "unreachable", Optional.empty());
  }

  /// A number outside, over a trunk that could not be called.
  static Leg outside(String number) {
    return leg("", number, "unreachable", Optional.of("demo"));
  }

  private static Leg leg(String channel, String party, String result, Optional<String> trunk) {
    boolean answered = result.equals("answered");
    return new Leg(
        channel,
        party,
        Tie.DIALLED,
        Optional.empty(),
        MIDNIGHT,
        answered ? Optional.of(MIDNIGHT) : Optional.empty(),
        Optional.of(MIDNIGHT),
        LegResult.of(result),
        Optional.empty(),
        answered ? TALK : Duration.ZERO,
        Optional.empty(),
        trunk,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  static CallRecord call(
      int id, Direction direction, String caller, Status status, Instant started, Leg... legs) {
    return new CallRecord(
        "main-" + id,
        new Who(
            direction,
            caller,
            "",
            "+982191001000",
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new When(
            started,
            Optional.empty(),
            Optional.empty(),
            Optional.of(started.plus(TALK)),
            Duration.ofSeconds(2),
            status == Status.ANSWERED ? TALK : Duration.ZERO,
            Duration.ZERO,
            Optional.empty()),
        new Outcome(
            status,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            "",
            false),
        new Recorded(Optional.empty(), Optional.empty(), List.of(), List.of()),
        List.of(legs),
        List.of(),
        List.of(noted(Map.of("sales", List.of("101", "102"), "support", List.of("102")))));
  }

  private static DecisionNote noted(Map<String, List<String>> groups) {
    return noted(groups, List.of());
  }

  static DecisionNote noted(Map<String, List<String>> groups, List<Trace.Step> steps) {
    return noted("", Action.Known.RING, groups, steps);
  }

  static DecisionNote noted(
      String requested, Action action, Map<String, List<String>> groups, List<Trace.Step> steps) {
    return new DecisionNote(
        Direction.INBOUND,
        "",
        requested,
        "none",
        "none",
        action,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        groups,
        new Trace(steps));
  }
}
