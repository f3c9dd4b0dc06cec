package io.tamas.call.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.call.fold.CallFold;
import io.tamas.call.fold.CapturedJournals;
import io.tamas.call.fold.Story;
import io.tamas.call.record.CallParties;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Outcome;
import io.tamas.call.record.CallRecord.Recorded;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.CallRecord.When;
import io.tamas.call.record.CallRecord.Who;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Routed.Direction;
import io.tamas.web.Cursor;
import io.tamas.web.Principal.Reach;
import io.tamas.web.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Lists from 40,000 calls: one every ten seconds, of 200 extensions and 5,000 numbers; one in a
/// hundred is internal and failed.
class CallsIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(CallsIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final Calls CALLS = new Calls(DATABASE, new SimpleMeterRegistry());
  private static final int COUNT = 40_000;
  private static final int EVERY_SECONDS = 10;
  private static final CallSearch ALL =
      new CallSearch(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          50);

  private static final Optional<Direction> INTERNAL = Optional.of(Direction.INTERNAL);
  private static final Optional<Status> FAILED = Optional.of(Status.FAILED);
  private static final Optional<ExtensionNumber> OF_1007 = Optional.of(new ExtensionNumber("1007"));
  private static final Optional<String> OF_NUMBER = Optional.of("+989120000007");

  /// Two that talk with each other, and one since it is somebody's.
  private static final Reach.Extensions SOME =
      new Reach.Extensions(
          Map.of(
              new ExtensionNumber("1008"), Instant.EPOCH,
              new ExtensionNumber("1009"), Instant.EPOCH,
              new ExtensionNumber("1042"), Story.BEGIN.plusSeconds(250_000)));

  private static final String MANY = "everything";

  private record Filter(String name, CallSearch search) {
    @Override
    public String toString() {
      return name;
    }
  }

  static final List<Filter> FILTERS =
      List.of(
          new Filter("none", ALL),
          new Filter(
              "direction", with(INTERNAL, Optional.empty(), Optional.empty(), Optional.empty())),
          new Filter("status", with(Optional.empty(), FAILED, Optional.empty(), Optional.empty())),
          new Filter(
              "direction and status", with(INTERNAL, FAILED, Optional.empty(), Optional.empty())),
          new Filter(
              "extension", with(Optional.empty(), Optional.empty(), OF_1007, Optional.empty())),
          new Filter(
              "number", with(Optional.empty(), Optional.empty(), Optional.empty(), OF_NUMBER)),
          new Filter(
              "extension and status", with(Optional.empty(), FAILED, OF_1007, Optional.empty())),
          new Filter(
              "extension and number", with(Optional.empty(), Optional.empty(), OF_1007, OF_NUMBER)),
          new Filter("profile", ofProfile(ALL)),
          new Filter(
              "extension and profile",
              ofProfile(with(Optional.empty(), Optional.empty(), OF_1007, Optional.empty()))),
          new Filter("time", between(ALL)),
          new Filter("not called back", notCalledBack(ALL)),
          new Filter(
              "extension and not called back",
              notCalledBack(with(Optional.empty(), Optional.empty(), OF_1007, Optional.empty()))),
          new Filter("recorded", recorded(ALL)),
          new Filter(
              "extension and recorded",
              recorded(with(Optional.empty(), Optional.empty(), OF_1007, Optional.empty()))),
          new Filter("some extensions", ALL.within(SOME)),
          new Filter("some extensions and time", between(ALL.within(SOME))),
          new Filter(
              "some extensions and status",
              with(Optional.empty(), FAILED, Optional.empty(), Optional.empty()).within(SOME)),
          new Filter(
              "some extensions and number",
              with(Optional.empty(), Optional.empty(), Optional.empty(), OF_NUMBER).within(SOME)),
          new Filter("some extensions and not called back", notCalledBack(ALL.within(SOME))),
          new Filter(MANY, between(ofProfile(with(INTERNAL, FAILED, OF_1007, OF_NUMBER)))));

  @BeforeAll
  static void fill() {
    CallRecord template = CallFold.fold(CapturedJournals.rows("missed")).orElseThrow();
    for (int from = 0; from < COUNT; from += 2_000) {
      List<CallRecord> some = new ArrayList<>();
      for (int i = from; i < from + 2_000; i++) {
        some.add(numbered(template, i));
      }
      DATABASE.inTransaction(tx -> {
        Calls.save(tx, some).forEach(tx::await);
        return some;
      });
    }
    DATABASE.await(DATABASE.pool().query("analyze call, call_party").execute());
  }

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void stateThatAnExtensionHardlyHadIsFoundWithoutItsOtherCalls() {
    String plan = plan(with(Optional.empty(), FAILED, OF_1007, Optional.empty()));
    assertTrue(plan.contains("call_party_status"), plan);
  }

  @ParameterizedTest
  @FieldSource("FILTERS")
  void pageIsReadFromAnIndexInItsOrder(Filter filter) {
    CallSearch next =
        withCursor(
            filter.search, Optional.of(new CallCursor(Story.BEGIN.plusSeconds(200_000), "x")));
    for (CallSearch search : List.of(filter.search, next)) {
      String plan = plan(search);
      assertTrue(plan.contains("Index"), plan);
      assertFalse(plan.contains("Seq Scan"), plan);
      // if nearly nothing can match, the matches may be sorted
      assertTrue(
          filter.name.equals(MANY) || search.reach().isPresent() || !plan.contains("Sort"), plan);
    }
  }

  /// A page of the few newest of each extension: never all calls of the three.
  @Test
  void theNewestOfSomeExtensionsAreReadFromTheIndexOfEach() {
    String plan = plan(ALL.within(SOME));
    assertTrue(plan.contains("Limit") && plan.contains("Index Only Scan Backward"), plan);
    assertTrue(plan.contains("party = own.party"), plan);
  }

  @Test
  void oneExtensionIsSearchedAsByItsNumber() {
    Reach.Extensions one = SOME.only(new ExtensionNumber("1042"));
    CallSearch search = ALL.within(one);
    assertEquals(Optional.of(new ExtensionNumber("1042")), search.extension());
    assertEquals(Optional.of(Story.BEGIN.plusSeconds(250_000)), search.from());
    assertEquals(Optional.empty(), search.reach());
    assertEquals(
        Optional.of(Story.BEGIN.plusSeconds(300_000)),
        withFrom(Story.BEGIN.plusSeconds(300_000)).within(one).from());
  }

  private static CallSearch withFrom(Instant from) {
    return new CallSearch(
        ALL.direction(),
        ALL.status(),
        ALL.extension(),
        ALL.number(),
        ALL.profiles(),
        ALL.notCalledBack(),
        ALL.recorded(),
        Optional.of(from),
        ALL.to(),
        ALL.cursor(),
        50);
  }

  @ParameterizedTest
  @FieldSource("FILTERS")
  void pagesContainEachMatchOnceNewestFirst(Filter filter) {
    List<CallRecord> expected = new ArrayList<>();
    CallRecord template = CallFold.fold(CapturedJournals.rows("missed")).orElseThrow();
    for (int i = COUNT - 1; i >= 0; i--) {
      CallRecord call = numbered(template, i);
      if (fits(filter.search, call)) {
        expected.add(call);
      }
    }
    List<CallRecord> read = new ArrayList<>();
    Optional<CallCursor> cursor = Optional.empty();
    do {
      Calls.Page page = CALLS.list(withCursor(filter.search, cursor));
      assertTrue(page.calls().size() <= 50);
      read.addAll(page.calls());
      cursor = page.next().map(next -> CallCursor.parse(next.text()));
    } while (cursor.isPresent() && read.size() < 500);

    assertEquals(ids(expected.stream().limit(read.size()).toList()), ids(read));
    assertTrue(read.size() >= Math.min(500, expected.size()));
  }

  @Test
  void aCallThatIsComputedAgainIsNotFoundUnderItsFormerParties() {
    CallRecord template = CallFold.fold(CapturedJournals.rows("missed")).orElseThrow();
    CallRecord call = withId(numbered(template, 3), Story.BEGIN.minusSeconds(60));
    save(call);
    assertEquals(List.of("again"), ids(beforeAll(call.who().caller())));
    CallRecord again = withCaller(call, "+982188888888");
    save(again);
    assertEquals(List.of(), ids(beforeAll(call.who().caller())));
    assertEquals(List.of("again"), ids(beforeAll(again.who().caller())));

    save(withId(again, Story.BEGIN.minusSeconds(30)));
    long rows =
        DATABASE
            .await(
                DATABASE
                    .pool()
                    .query("select count(*) from call_party where call_id = 'again'")
                    .execute())
            .iterator()
            .next()
            .getLong(0);
    assertEquals(CallParties.of(again).size(), rows);
    DATABASE.inTransaction(tx -> {
      Calls.remove(tx, List.of("again"));
      return again;
    });
    assertEquals(List.of(), ids(beforeAll(again.who().caller())));
  }

  @Test
  void aCallWhoseStartIsCorrectedMovesToItsMonth() {
    CallRecord template = CallFold.fold(CapturedJournals.rows("missed")).orElseThrow();
    save(withId(numbered(template, 3), Instant.parse("2025-02-01T00:00:00Z")));
    assertEquals(List.of("call_2025_02"), monthsOfAgain());
    CallRecord corrected =
        withId(numbered(template, 3), Instant.parse("2025-01-31T23:59:59.999999Z"));
    save(corrected);
    assertEquals(List.of("call_2025_01"), monthsOfAgain());
    assertEquals(Optional.of(corrected), CALLS.find("again"));
    DATABASE.inTransaction(tx -> {
      Calls.remove(tx, List.of("again"));
      return tx;
    });
    assertEquals(Optional.empty(), CALLS.find("again"));
    assertEquals(List.of(), monthsOfAgain());
  }

  private static List<String> monthsOfAgain() {
    String sql = "select tableoid::regclass::text from call where id = 'again'";
    return texts(DATABASE.await(DATABASE.pool().query(sql).execute()));
  }

  private static List<String> texts(Iterable<Row> rows) {
    List<String> texts = new ArrayList<>();
    rows.forEach(row -> texts.add(row.getString(0)));
    return texts;
  }

  /// Several cells may come to a month at once.
  @Test
  void aMonthIsMadeOnceHoweverManyComeToItAtOnce() {
    List<Future<?>> making = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String sql = "select make_month('call', '2024-02-29T23:59:59Z')";
      making.add(DATABASE.pool().query(sql).execute());
    }
    DATABASE.await(Future.all(making));
    String bounds =
        """
        select pg_get_expr(relpartbound, oid) from pg_class where relname = 'call_2024_02'
        """;
    assertEquals(
        List.of("FOR VALUES FROM ('2024-02-01 00:00:00+00') TO ('2024-03-01 00:00:00+00')"),
        texts(DATABASE.await(DATABASE.pool().query(bounds).execute())));
  }

  private static void save(CallRecord call) {
    DATABASE.inTransaction(tx -> {
      Calls.save(tx, List.of(call)).forEach(tx::await);
      return call;
    });
  }

  private static List<CallRecord> beforeAll(String number) {
    CallSearch of = with(ALL.direction(), ALL.status(), ALL.extension(), Optional.of(number));
    return CALLS.list(of).calls().stream()
        .filter(call -> call.when().startedAt().isBefore(Story.BEGIN))
        .toList();
  }

  private static CallRecord withId(CallRecord call, Instant startedAt) {
    When when = call.when();
    return new CallRecord(
        "again",
        call.who(),
        new When(
            startedAt,
            when.ringingAt(),
            when.answeredAt(),
            when.endedAt(),
            when.ring(),
            when.talk(),
            when.hold(),
            when.progress()),
        call.outcome(),
        call.recorded(),
        call.legs(),
        call.parkings(),
        call.decisions());
  }

  private static CallRecord withCaller(CallRecord call, String number) {
    Who who = call.who();
    return new CallRecord(
        call.id(),
        new Who(
            who.direction(),
            number,
            who.callerName(),
            who.requested(),
            who.profile(),
            who.trunk(),
            Optional.empty()),
        call.when(),
        call.outcome(),
        call.recorded(),
        call.legs(),
        call.parkings(),
        call.decisions());
  }

  @Test
  void foreignCursorIsRefused() {
    String before1970 = Cursor.of("calls", "1969-12-31T23:59:59Z", "main-1.0").text();
    for (String text : List.of("", "x", "AAAA", "%", "_".repeat(40), "f".repeat(400), before1970)) {
      assertThrows(Problem.class, () -> CallCursor.parse(text), text);
    }
    CallCursor cursor = new CallCursor(Instant.parse("2026-11-21T01:47:46.210112Z"), "main-1.0");
    assertEquals(cursor, CallCursor.parse(cursor.text()));
  }

  @Test
  void chargedLegsAreReadFromTheirIndex() {
    StringBuilder plan = new StringBuilder();
    DATABASE.inTransaction(tx -> {
      Tuple since = Tuple.of(Story.BEGIN.atOffset(ZoneOffset.UTC));
      String explain = "explain (costs off) " + Calls.CHARGED_SINCE;
      for (Row row : tx.await(tx.connection().preparedQuery(explain).execute(since))) {
        plan.append(row.getString(0)).append('\n');
      }
      return plan;
    });
    assertTrue(
        plan.toString().contains("Index Scan using call_2026_11_started_at_idx"), plan.toString());
    assertEquals(Map.of(), CALLS.chargedSince(Story.BEGIN));
  }

  private static CallRecord numbered(CallRecord call, int i) {
    boolean internal = i % 4 == 0;
    When when = call.when();
    Outcome outcome = call.outcome();
    return new CallRecord(
        "main-%d.%d".formatted(1_795_225_666 + i * EVERY_SECONDS, i),
        new Who(
            internal ? Direction.INTERNAL : Direction.INBOUND,
            internal ? extension(i + 1) : "+98912%07d".formatted(i % 5_000),
            call.who().callerName(),
            internal ? extension(i) : "+982191001000",
            internal ? Optional.empty() : Optional.of(i % 1_000L),
            Optional.empty(),
            Optional.empty()),
        new When(
            Story.BEGIN.plusSeconds((long) i * EVERY_SECONDS),
            when.ringingAt(),
            when.answeredAt(),
            when.endedAt(),
            when.ring(),
            when.talk(),
            when.hold(),
            Optional.empty()),
        new Outcome(
            internal && i % 100 == 0 ? Status.FAILED : Status.MISSED,
            Optional.of("extension:" + extension(i)),
            outcome.answeredBy(),
            outcome.lastParty(),
            outcome.hungUpBy(),
            outcome.cause(),
            outcome.rule(),
            false),
        new Recorded(
            Optional.of("recording-" + i).filter(_ -> i % 3 == 0),
            Optional.empty(),
            List.of(),
            List.of()),
        List.of(),
        List.of(),
        call.decisions());
  }

  private static String extension(int i) {
    return Integer.toString(1_000 + i % 200);
  }

  private static boolean fits(CallSearch search, CallRecord call) {
    return search.direction().map(call.who().direction()::equals).orElse(true)
        && search.status().map(call.outcome().status()::equals).orElse(true)
        && (search.profiles().isEmpty()
            || call.who().profile().filter(search.profiles()::contains).isPresent())
        && (search.notCalledBack().isEmpty() || call.who().direction() == Direction.INBOUND)
        && (!search.recorded() || call.recorded().isAny())
        && search.from().map(from -> !call.when().startedAt().isBefore(from)).orElse(true)
        && search.to().map(call.when().startedAt()::isBefore).orElse(true)
        && search.extension().map(e -> has(call, CallParties.ofExtension(e))).orElse(true)
        && search.number().map(n -> has(call, CallParties.ofNumber(n))).orElse(true)
        && search.reach().map(reach -> OwnCalls.isOwn(call, reach)).orElse(true);
  }

  private static boolean has(CallRecord call, String party) {
    return CallParties.of(call).contains(party);
  }

  private static List<String> ids(List<CallRecord> calls) {
    return calls.stream().map(CallRecord::id).toList();
  }

  private static String plan(CallSearch search) {
    CallQuery query = CallQuery.of(search);
    StringBuilder plan = new StringBuilder(search + "\n");
    DATABASE.inTransaction(tx -> {
      tx.await(tx.connection().query(Calls.IN_ORDER).execute());
      String explain = "explain (costs off) " + query.sql();
      for (Row row : tx.await(tx.connection().preparedQuery(explain).execute(query.parameters()))) {
        plan.append(row.getString(0)).append('\n');
      }
      return plan;
    });
    return plan.toString();
  }

  private static CallSearch with(
      Optional<Direction> direction,
      Optional<Status> status,
      Optional<ExtensionNumber> extension,
      Optional<String> number) {
    return new CallSearch(
        direction,
        status,
        extension,
        number,
        ALL.profiles(),
        ALL.notCalledBack(),
        ALL.recorded(),
        ALL.from(),
        ALL.to(),
        ALL.cursor(),
        50);
  }

  private static CallSearch ofProfile(CallSearch s) {
    return new CallSearch(
        s.reach(),
        s.direction(),
        s.status(),
        s.extension(),
        s.number(),
        List.of(7L),
        s.notCalledBack(),
        s.recorded(),
        s.from(),
        s.to(),
        s.cursor(),
        50);
  }

  private static CallSearch notCalledBack(CallSearch s) {
    return new CallSearch(
        s.reach(),
        s.direction(),
        s.status(),
        s.extension(),
        s.number(),
        s.profiles(),
        Optional.of(Duration.ofHours(24)),
        s.recorded(),
        s.from(),
        s.to(),
        s.cursor(),
        50);
  }

  private static CallSearch recorded(CallSearch s) {
    return new CallSearch(
        s.reach(),
        s.direction(),
        s.status(),
        s.extension(),
        s.number(),
        s.profiles(),
        s.notCalledBack(),
        true,
        s.from(),
        s.to(),
        s.cursor(),
        50);
  }

  private static CallSearch between(CallSearch s) {
    return new CallSearch(
        s.reach(),
        s.direction(),
        s.status(),
        s.extension(),
        s.number(),
        s.profiles(),
        s.notCalledBack(),
        s.recorded(),
        Optional.of(Story.BEGIN.plusSeconds(100_000)),
        Optional.of(Story.BEGIN.plusSeconds(300_000)),
        s.cursor(),
        50);
  }

  private static CallSearch withCursor(CallSearch s, Optional<CallCursor> cursor) {
    return new CallSearch(
        s.reach(),
        s.direction(),
        s.status(),
        s.extension(),
        s.number(),
        s.profiles(),
        s.notCalledBack(),
        s.recorded(),
        s.from(),
        s.to(),
        cursor,
        50);
  }
}
