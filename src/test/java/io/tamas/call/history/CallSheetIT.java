package io.tamas.call.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.call.fold.CallFold;
import io.tamas.call.fold.CapturedJournals;
import io.tamas.call.record.CallRecord;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.tamas.web.Csv;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// 100,000 calls for a spreadsheet.
class CallSheetIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(CallSheetIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final Calls CALLS = new Calls(DATABASE, new SimpleMeterRegistry());
  private static final int COUNT = 100_000;
  private static final int PAGE = 500;
  private static final ZoneId TEHRAN = ZoneId.of("Asia/Tehran");

  private static final String FILL =
      """
      insert into call (id, started_at, direction, status, record)
      select 'main-' || n, at, r->>'direction', r->>'status',
        r || jsonb_build_object('id', 'main-' || n, 'startedAt', at)
      from (select n, $1::text::jsonb as r,
        timestamptz '2026-03-01T00:00:00Z' + n * interval '5 seconds' as at
        from generate_series($2::int, $3::int) n) each
      """;

  @BeforeAll
  static void fill() {
    CallRecord template = CallFold.fold(CapturedJournals.rows("missed")).orElseThrow();
    DATABASE.await(
        DATABASE.pool().query("select make_month('call', '2026-03-01T00:00:00Z')").execute());
    for (int from = 1; from <= COUNT; from += 10_000) {
      DATABASE.await(
          DATABASE
              .pool()
              .preparedQuery(FILL)
              .execute(Tuple.of(Json.write(template), from, from + 9_999)));
    }
    DATABASE.await(DATABASE.pool().query("analyze call").execute());
  }

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void eachCallIsOneLineAndOnlyAPageIsInMemory() {
    CallSheet sheet = new CallSheet(CALLS, search(), TEHRAN, calls -> calls);
    Set<String> ids = new HashSet<>();
    String last = "9999";
    Optional<String> piece = sheet.next();
    assertTrue(piece.orElseThrow().startsWith(Csv.BOM + "id,direction,started_at,"));
    for (; piece.isPresent(); piece = sheet.next()) {
      List<String> lines = piece.get().lines().filter(line -> line.startsWith("main-")).toList();
      assertTrue(lines.size() <= PAGE, () -> lines.size() + " lines in one piece");
      for (String line : lines) {
        String[] cells = line.split(",", -1);
        assertTrue(ids.add(cells[0]), line);
        assertTrue(cells[2].compareTo(last) < 0, line);
        last = cells[2];
      }
    }
    assertEquals(COUNT, ids.size());
  }

  @Test
  void aLineHasLocalTimesAndSeconds() {
    CallRecord call = CallFold.fold(CapturedJournals.rows("missed")).orElseThrow();
    String[] cells = CallSheet.row(call, TEHRAN).split(",", -1);
    assertEquals(call.id(), cells[0]);
    assertEquals(Csv.time(call.when().startedAt(), TEHRAN), cells[2]);
    assertTrue(cells[2].matches("2026-[0-9]{2}-[0-9]{2} [0-9:]{8}"), cells[2]);
    assertTrue(cells[5].matches("[0-9]+\\.[0-9]{3}"), cells[5]);
    assertEquals(call.who().caller(), cells[9]);
  }

  @Test
  void aLineNamesTheTrunkOfAnOutboundCall() {
    CallRecord call = CallFold.fold(CapturedJournals.rows("moves/blind-outside")).orElseThrow();
    String[] cells = CallSheet.row(call, TEHRAN).strip().split(",", -1);
    assertEquals(call.legs().getLast().trunk().orElseThrow(), cells[17]);
  }

  private static CallSearch search() {
    return new CallSearch(
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
        1);
  }
}
