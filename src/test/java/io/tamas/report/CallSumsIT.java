package io.tamas.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.call.history.Calls;
import io.tamas.call.history.Counting;
import io.tamas.call.record.Action;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Outcome;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.DecisionNote;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.report.CallStatistics.Span;
import io.tamas.report.CallStatistics.TooLong;
import io.tamas.routing.Routed.Direction;
import io.tamas.routing.Trace;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// The sums are what a count over all records is, whatever is written, corrected, joined and
/// counted in between.
class CallSumsIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(CallSumsIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final CallStatistics STATISTICS = new CallStatistics(DATABASE);

  /// Clocks that change, half hours, and midnights that do not exist.
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("Asia/Tehran"),
          ZoneId.of("Europe/Berlin"),
          ZoneId.of("Australia/Lord_Howe"),
          ZoneId.of("Asia/Kathmandu"),
          ZoneId.of("America/Santiago"),
          ZoneOffset.UTC);

  /// The clocks of Santiago, Lord Howe Island and Berlin.
  private static final List<Instant> CHANGES =
      List.of(
          Instant.parse("2026-09-06T04:00:00Z"),
          Instant.parse("2026-10-03T15:30:00Z"),
          Instant.parse("2026-10-25T01:00:00Z"));

  private static final long NEAR_MICROS = 5_400_000_000L;

  private static final Instant START = Instant.parse("2026-09-01T00:00:00Z");
  private static final Duration ALL = Duration.ofDays(80);
  private static final List<String> EXTENSIONS = List.of("101", "102", "103");

  private static final List<Function<String, Leg>> LEGS =
      List.of(
          CallStatisticsIT::rung,
          CallStatisticsIT::talked,
          CallStatisticsIT::unreachable,
          CallStatisticsIT::outside);

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Map<String, CallRecord> stored = new HashMap<>();
  private int ids;

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(10, TimeUnit.SECONDS);
    VERTX.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void sumsAreWhatACountOverAllRecordsIs() {
    ZoneId zone = ZONES.getFirst();
    for (int step = 1; step <= 400; step++) {
      switch (random.nextInt(10)) {
        case 0 -> remove();
        case 1, 2, 3 -> save(corrected());
        case 4 -> Counting.some(DATABASE, zone, 1 + random.nextInt(20));
        default -> save(List.of(call("c" + ids++), call("c" + ids++)));
      }
      if (step % 80 == 0) {
        Counting.all(DATABASE, zone);
        compare(zone);
        zone = ZONES.get(random.nextInt(ZONES.size()));
      }
    }
  }

  @Test
  void whatIsNotSummedIsCountedUpTo31Days() {
    Span month = new Span(START, START.plus(Duration.ofDays(31)), Optional.empty());
    Span more = new Span(START, START.plus(Duration.ofDays(32)), Optional.empty());
    Counting.some(DATABASE, ZoneId.of("Europe/Moscow"), 1);
    STATISTICS.total(month);
    assertTrue(
        assertThrows(TooLong.class, () -> STATISTICS.total(more)).zone().isEmpty(),
        "calls are being counted");
    ZoneId tehran = ZoneId.of("Asia/Tehran");
    Counting.all(DATABASE, tehran);
    STATISTICS.total(more);
    STATISTICS.days(more, tehran);
    STATISTICS.days(month, ZoneOffset.UTC);
    assertEquals(
        Optional.of(tehran),
        assertThrows(TooLong.class, () -> STATISTICS.days(more, ZoneOffset.UTC)).zone());
  }

  private void compare(ZoneId zone) {
    SumCounts sums = DATABASE.inReport(tx -> SumCounts.of(tx)).orElseThrow();
    assertEquals(zone, sums.zone());
    for (int i = 0; i < 20; i++) {
      Span span = span();
      String at = "seed " + seed + ", " + zone + ", " + span;
      DATABASE.inReport(tx -> {
        assertEquals(RecordCounts.total(tx, span), sums.total(tx, span), at);
        assertEquals(sorted(RecordCounts.hours(tx, span, zone)), sorted(sums.hours(tx, span)), at);
        assertEquals(
            sorted(RecordCounts.extensions(tx, span)), sorted(sums.extensions(tx, span)), at);
        assertEquals(sorted(RecordCounts.groups(tx, span)), sorted(sums.groups(tx, span)), at);
        for (ZoneId days : ZONES) {
          if (sums.haveDaysOf(days, span)) {
            assertEquals(
                sorted(RecordCounts.days(tx, span, days)), sorted(sums.days(tx, span, days)), at);
          }
        }
        return null;
      });
    }
  }

  private static <K> Map<K, Tally> sorted(Map<K, Tally> counted) {
    return new TreeMap<>(counted);
  }

  private Span span() {
    Instant from = time();
    Instant to = from.plusSeconds(1 + random.nextLong(random.nextBoolean() ? 9_000 : 6_000_000));
    Direction[] directions = Direction.values();
    return new Span(
        random.nextBoolean() ? from : from.truncatedTo(ChronoUnit.HOURS),
        to,
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(directions[random.nextInt(directions.length)]));
  }

  /// Half of them are near a change of clocks, where hours are cut short or come twice.
  private Instant time() {
    if (random.nextBoolean()) {
      Instant change = CHANGES.get(random.nextInt(CHANGES.size()));
      return change.plus(random.nextLong(-NEAR_MICROS, NEAR_MICROS), ChronoUnit.MICROS);
    }
    return START.plus(random.nextLong(ALL.toSeconds() * 1_000_000), ChronoUnit.MICROS);
  }

  private void save(List<CallRecord> calls) {
    DATABASE.inTransaction(tx -> tx.await(Future.all(new ArrayList<>(Calls.save(tx, calls)))));
    calls.forEach(call -> stored.put(call.id(), call));
  }

  private List<CallRecord> corrected() {
    return stored.keySet().stream().limit(2).map(this::call).toList();
  }

  private void remove() {
    List<String> some = stored.keySet().stream().skip(2).limit(1).toList();
    DATABASE.inTransaction(tx -> {
      Calls.remove(tx, some);
      return null;
    });
    some.forEach(stored::remove);
  }

  private CallRecord call(String id) {
    List<Status> statuses =
        List.of(Status.ANSWERED, Status.MISSED, Status.ABANDONED, Status.BUSY, Status.ANNOUNCEMENT);
    Direction direction = Direction.values()[random.nextInt(3)];
    String caller = direction == Direction.INBOUND ? "+989120000001" : extension();
    Leg[] legs =
        random
            .ints(random.nextInt(3), 0, LEGS.size())
            .mapToObj(kind -> LEGS.get(kind).apply(extension()))
            .toArray(Leg[]::new);
    CallRecord call =
        CallStatisticsIT.call(
            0, direction, caller, statuses.get(random.nextInt(statuses.size())), time(), legs);
    return new CallRecord(
        id,
        call.who(),
        call.when(),
        reaching(call.outcome(), random.nextInt(3)),
        call.recorded(),
        call.legs(),
        List.of(),
        List.of(note(), note()));
  }

  /// @param which of them: none, one that exists, one that nobody has
  private Outcome reaching(Outcome outcome, int which) {
    return new Outcome(
        outcome.status(),
        Optional.of(List.of("none", "extension:" + extension(), "extension:109").get(which)),
        outcome.answeredBy(),
        outcome.lastParty(),
        outcome.hungUpBy(),
        outcome.cause(),
        outcome.rule(),
        outcome.incomplete());
  }

  /// 102 has changed its groups in some calls. What was called outside looks like an extension.
  private DecisionNote note() {
    List<String> sales = random.nextBoolean() ? List.of("101", "102") : List.of("101");
    List<Trace.Step> steps =
        List.of(
            new Trace.Step("extension:109", "missing"),
            new Trace.Step("extension:" + extension(), "rings"),
            new Trace.Step("schedule:office", "open"));
    boolean outside = random.nextInt(4) == 0;
    return CallStatisticsIT.noted(
        outside ? extension() : "",
        outside ? Action.Known.OUT : Action.Known.RING,
        Map.of("sales", sales, "support", List.of("102", "103")),
        steps.subList(0, random.nextInt(steps.size() + 1)));
  }

  private String extension() {
    return EXTENSIONS.get(random.nextInt(EXTENSIONS.size()));
  }
}
