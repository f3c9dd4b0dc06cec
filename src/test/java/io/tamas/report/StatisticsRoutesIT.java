package io.tamas.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.call.history.Calls;
import io.tamas.call.history.Counting;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.CallRecord.When;
import io.tamas.company.Companies;
import io.tamas.company.CompanyNode;
import io.tamas.company.CompanyReplacement;
import io.tamas.company.Yamls;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.routing.Routed.Direction;
import io.tamas.web.RouteServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Statistics as they are asked for: zones, names, and files for spreadsheets.
class StatisticsRoutesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(StatisticsRoutesIT.class);
  private static final String SPAN = "from=2026-03-10T20:30:00Z&to=2026-03-11T20:30:00Z";
  private static final Vertx VERTX = Vertx.vertx();

  @TempDir private static Path folder;
  private static @Nullable CompanyNode node;
  private static @Nullable RouteServer server;

  @BeforeAll
  static void start() throws Exception {
    CompanyNode started = new CompanyNode(CONFIG, folder.resolve("company.json"));
    node = started;
    Companies companies = started.companies;
    CompanyReplacement replaced =
        companies.replace(
            Yamls.company(
                """
                extension-groups: [{name: sales, title: "=فروش"}]
                extensions: [{number: 101, name: "=Leila, sales", groups: [sales]}]
                """),
            Optional.empty());
    assertTrue(replaced instanceof CompanyReplacement.Done, replaced::toString);
    String month = "select make_month('call', '2026-03-01T00:00:00Z')";
    started.database.await(started.database.pool().query(month).execute());
    started.database.await(started.database.pool().query(ONE_CALL).execute());
    server = RouteServer.start(VERTX, new StatisticsRoutes(started.database, started.snapshot));
  }

  private static final String ONE_CALL =
      """
      with one as (
        insert into call (id, started_at, direction, status, record)
        values ('main-1', '2026-03-11T05:00:00Z', 'OUTBOUND', 'ANSWERED',
          '{"caller": "101", "ring": "PT2S", "talk": "PT95.25S", "legs": [],
            "decisions": [{"groups": {"sales": ["101"]}}]}')
        returning *)
      insert into call_party (party, started_at, call_id, direction, status)
      select party, started_at, id, direction, status
      from one, unnest(array['extension:101', 'extension:118', 'number:118']) party
      """;

  @AfterAll
  static void close() throws Exception {
    Objects.requireNonNull(server).close();
    Objects.requireNonNull(node).close();
    VERTX.close().await(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "Iran/Tehran, Asia/Tehran",
    "%2B03:30, Asia/Tehran",
    "GMT%2B3, Asia/Tehran",
    "Asia/Teheran, Asia/Tehran",
    "Istanbul, Asia/Istanbul",
  })
  void aZoneThatIsNoneIsRefusedWithAnExample(String zone, String example) throws Exception {
    for (String file : List.of("/statistics", "/statistics.csv")) {
      HttpResponse<String> answer = get(file + "?by=DAY&zone=" + zone + "&" + SPAN);
      assertEquals(400, answer.statusCode(), answer.body());
      assertTrue(answer.body().contains("query:zone"), answer::body);
      assertTrue(answer.body().contains("such as \\\"" + example + "\\\", not "), answer::body);
    }
  }

  @Test
  void extensionsAndGroupsHaveTheirNamesAndNothingElseIsOne() throws Exception {
    assertEquals(
        List.of(HEAD, "101,\"'=Leila, sales\",1,0,1,0,1,0,2.000,95.250"),
        lines(get("/statistics.csv?by=EXTENSION&" + SPAN)));
    assertEquals(
        List.of(HEAD, "sales,'=فروش,1,0,1,0,1,0,2.000,95.250"),
        lines(get("/statistics.csv?by=GROUP&" + SPAN)));
    String json = get("/statistics?by=EXTENSION&" + SPAN).body();
    assertTrue(json.contains("\"name\":\"=Leila, sales\""), json);
  }

  @Test
  void timesAreLocalAsSpreadsheetsReadThem() throws Exception {
    assertEquals(
        List.of(HEAD, "2026-03-11 00:00:00,,1,0,1,0,1,0,2.000,95.250"),
        lines(get("/statistics.csv?by=DAY&zone=Asia/Tehran&" + SPAN)));
    assertTrue(
        lines(get("/statistics.csv?by=HOUR&zone=Asia/Tehran&" + SPAN))
            .contains("2026-03-11 08:00:00,,1,0,1,0,1,0,2.000,95.250"));
  }

  /// The zone of the company is UTC.
  @Test
  void longSpansAreCountedOnceAllCallsAreSummed() throws Exception {
    String year = "from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z";
    Database database = Objects.requireNonNull(node).database;
    database.await(database.pool().query("delete from call").execute());
    database.inTransaction(
        tx -> tx.await(Future.all(new ArrayList<>(Calls.save(tx, List.of(whole()))))));
    Counting.some(database, ZoneId.of("Asia/Tehran"), 1);
    HttpResponse<String> yet = get("/statistics?by=TOTAL&" + year);
    assertEquals(503, yet.statusCode());
    assertTrue(yet.body().contains("still being counted"), yet::body);
    Counting.all(database, ZoneId.of("UTC"));
    assertEquals(
        List.of(HEAD, "total,,1,0,1,0,1,0,2.000,95.250"),
        lines(get("/statistics.csv?by=TOTAL&" + year)));
    assertEquals(365, lines(get("/statistics.csv?by=DAY&" + year)).size());
    assertEquals(2, lines(get("/statistics.csv?by=EXTENSION&" + year)).size());
    HttpResponse<String> elsewhere = get("/statistics?by=DAY&zone=Asia/Tehran&" + year);
    assertEquals(422, elsewhere.statusCode());
    assertTrue(elsewhere.body().contains("query:zone"), elsewhere::body);
    assertTrue(elsewhere.body().contains("must be UTC, the company's"), elsewhere::body);
  }

  /// The one call as it would have been folded.
  private static CallRecord whole() {
    Instant started = Instant.parse("2026-03-11T05:00:00Z");
    CallRecord call = CallStatisticsIT.call(1, Direction.OUTBOUND, "101", Status.ANSWERED, started);
    When when =
        new When(
            started,
            Optional.empty(),
            Optional.empty(),
            Optional.of(started.plusSeconds(100)),
            Duration.ofSeconds(2),
            Duration.ofMillis(95_250),
            Duration.ZERO,
            Optional.empty());
    return new CallRecord(
        call.id(),
        call.who(),
        when,
        call.outcome(),
        call.recorded(),
        call.legs(),
        call.parkings(),
        call.decisions());
  }

  private static final String HEAD =
      "\uFEFFkey,name,calls,inbound,outbound,internal,answered,missed,ring_seconds,talk_seconds";

  private static List<String> lines(HttpResponse<String> answer) {
    assertEquals(200, answer.statusCode(), answer.body());
    return answer.body().lines().toList();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return Objects.requireNonNull(server).get(path);
  }
}
