package io.tamas.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.call.fold.CallFold;
import io.tamas.call.fold.CapturedJournals;
import io.tamas.call.history.Calls;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.record.CallParties;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Outcome;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.CallRecord.When;
import io.tamas.call.record.CallRecord.Who;
import io.tamas.call.recording.CallCell;
import io.tamas.call.recording.RecordingArchive;
import io.tamas.config.Config;
import io.tamas.crm.MergedIds;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.number.WrittenNumbers;
import io.tamas.routing.Routed.Direction;
import io.tamas.web.Principal;
import io.tamas.web.Principal.Owner;
import io.tamas.web.RouteServer;
import io.tamas.web.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The list of calls as a file for spreadsheets, as a client receives it.
class CallSheetRoutesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(CallSheetRoutesIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final Instant BEGIN = Instant.parse("2026-03-20T20:30:00Z");
  private static final String SPAN = "from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z";
  private static final String UNKNOWN = "";

  /// By the key: all, one without the right to read, and that of 101 since the third call.
  private static final Map<String, Principal> KEYS =
      Map.of(
          "all", new Principal("all", Set.of(Scope.READ)),
          "calls", new Principal("calls", Set.of(Scope.CALL)),
          "own",
              new Principal(
                  "own",
                  Set.of(Scope.READ),
                  Optional.of(new Owner(new ExtensionNumber("101"), BEGIN.plusSeconds(120)))));

  private static final List<CallRecord> CALLS =
      List.of(
          call(0, Direction.INBOUND, "+989121234567", "سارا احمدی", "101", Status.MISSED),
          call(1, Direction.INBOUND, "+989121234567", "=1+1", "102", Status.ANSWERED),
          call(2, Direction.INTERNAL, "101", "Leila, \"the\" boss", "103", Status.ANSWERED),
          call(3, Direction.INBOUND, "anonymous", "+98 (21)\n@x", "101", Status.MISSED),
          call(4, Direction.INTERNAL, "102", "-2", "103", Status.MISSED));

  @TempDir private static @Nullable Path temp;
  private static @Nullable RouteServer server;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    DATABASE.inTransaction(tx -> {
      Calls.save(tx, CALLS).forEach(tx::await);
      return CALLS;
    });
    CallCell cell = new CallCell(Objects.requireNonNull(temp), DATABASE, Duration.ofSeconds(1));
    CallRoutes routes =
        new CallRoutes(
            new Calls(DATABASE, new SimpleMeterRegistry()),
            new LiveCalls(DATABASE, "main", new SimpleMeterRegistry()),
            cell.recordings,
            new RecordingArchive(DATABASE, cell.recordings, cell.events),
            () -> new WrittenNumbers(List.of(new NumberingPlan("IR", "21"))),
            () -> Duration.ofHours(24),
            new MergedIds(DATABASE));
    server =
        RouteServer.startFor(
            VERTX,
            key -> Future.succeededFuture(KEYS.getOrDefault(key, new Principal(UNKNOWN, Set.of()))),
            routes);
  }

  @AfterAll
  static void close() throws Exception {
    CLIENT.shutdownNow();
    Objects.requireNonNull(server).close();
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void theFileIsUtf8WithAMarkAndStreamed() throws Exception {
    HttpResponse<byte[]> answer = get("all", "zone=Asia/Tehran&" + SPAN);
    assertEquals(200, answer.statusCode());
    assertEquals(
        "text/csv; charset=utf-8; header=present",
        answer.headers().firstValue("content-type").orElse(""));
    assertEquals(
        "attachment; filename=\"calls.csv\"",
        answer.headers().firstValue("content-disposition").orElse(""));
    assertEquals("chunked", answer.headers().firstValue("transfer-encoding").orElse(""));
    assertEquals(
        List.of((byte) 0xEF, (byte) 0xBB, (byte) 0xBF),
        List.of(answer.body()[0], answer.body()[1], answer.body()[2]));
  }

  /// RFC 4180; what would be a formula is none, times are local to the zone.
  @Test
  void eachCallIsOneRecordAsSpreadsheetsReadIt() throws Exception {
    String[] records = text(get("all", "zone=Asia/Tehran&" + SPAN)).split("\r\n", -1);
    assertEquals(
        "\uFEFFid,direction,started_at,answered_at,ended_at,ring_seconds,talk_seconds,"
            + "hold_seconds,status,caller,caller_name,requested,destination,answered_by,hung_up_by,"
            + "trunk,recording,outbound_trunk,profile,incomplete",
        records[0]);
    assertEquals(CALLS.size() + 2, records.length);
    assertEquals("", records[records.length - 1]);
    assertStarts("main-4,INTERNAL,2026-03-21 00:04:00,", records[1]);
    assertEnds(",MISSED,102,'-2,103,extension:103,,,,,,,", records[1]);
    assertEnds(",MISSED,anonymous,'+98 (21) @x,101,extension:101,,,demo,,,,", records[2]);
    assertEnds(",ANSWERED,101,\"Leila, \"\"the\"\" boss\",103,extension:103,,,,,,,", records[3]);
    assertEnds(",ANSWERED,+989121234567,'=1+1,102,extension:102,,,demo,,,,", records[4]);
    assertStarts("main-0,INBOUND,2026-03-21 00:00:00,,2026-03-21 00:00:09,", records[5]);
    assertEnds(",MISSED,+989121234567,سارا احمدی,101,extension:101,,,demo,,,,", records[5]);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "direction=INTERNAL, 4 2",
    "status=ANSWERED, 2 1",
    "direction=INBOUND&status=MISSED, 3 0",
    "extension=103, 4 2",
    "number=0912+123+4567, 1 0",
    "number=anonymous, 3",
    "profile=7, ''",
    "from=2026-03-20T20:31:00Z&to=2026-03-20T20:33:00Z, 2 1",
  })
  void theFiltersAreThoseOfTheList(String filter, String wanted) throws Exception {
    String query = filter.contains("from=") ? filter : filter + "&" + SPAN;
    assertEquals(wanted, ids(get("all", query)));
    HttpResponse<byte[]> list = get("all", "/calls", query);
    assertEquals(wanted, listed(Json.mapper().readTree(list.body())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "from=2026-03-01T00:00:00Z",
        "from=2026-03-01T00:00:00Z&to=2027-03-02T00:00:01Z",
        "from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z",
        "from=2026-03-01T00:00:00&to=2026-03-02T00:00:00Z",
        "zone=Iran/Tehran&" + SPAN,
        "status=LOST&" + SPAN,
        "limit=5&" + SPAN
      })
  void whatIsNoParameterOrTooMuchIsRefused(String query) throws Exception {
    HttpResponse<byte[]> answer = get("all", query);
    assertEquals(400, answer.statusCode());
    assertTrue(text(answer).contains("query:"), () -> text(answer));
  }

  @Test
  void aKeyReadsWhatItMayRead() throws Exception {
    assertEquals("3 2", ids(get("own", SPAN)));
    assertEquals("2", ids(get("own", "direction=INTERNAL&" + SPAN)));
    assertEquals(403, get("own", "extension=102&" + SPAN).statusCode());
    assertEquals(403, get("calls", SPAN).statusCode());
    assertEquals(403, get("unknown", SPAN).statusCode());
  }

  private static HttpResponse<byte[]> get(String key, String query) throws Exception {
    return get(key, "/calls.csv", query);
  }

  private static HttpResponse<byte[]> get(String key, String path, String query) throws Exception {
    int port = Objects.requireNonNull(server).port();
    URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1" + path + "?" + query);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .version(HttpClient.Version.HTTP_1_1)
            .header("authorization", "Bearer " + key)
            .build();
    return CLIENT.send(request, BodyHandlers.ofByteArray());
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static String ids(HttpResponse<byte[]> sheet) {
    assertEquals(200, sheet.statusCode(), () -> text(sheet));
    return numbers(Arrays.stream(text(sheet).split("\r\n")).map(line -> line.split(",")[0]));
  }

  private static String listed(JsonNode list) {
    return numbers(
        StreamSupport.stream(list.path("items").spliterator(), false)
            .map(call -> call.path("id").asText()));
  }

  private static String numbers(Stream<String> ids) {
    return ids.filter(id -> id.startsWith("main-"))
        .map(id -> id.substring("main-".length()))
        .reduce((one, other) -> one + " " + other)
        .orElse("");
  }

  private static void assertStarts(String wanted, String line) {
    assertTrue(line.startsWith(wanted), line);
  }

  private static void assertEnds(String wanted, String line) {
    assertTrue(line.endsWith(wanted), line);
  }

  private static CallRecord call(
      int minute, Direction direction, String caller, String name, String called, Status status) {
    CallRecord template = CallFold.fold(CapturedJournals.rows("missed")).orElseThrow();
    Instant start = BEGIN.plusSeconds(60L * minute);
    boolean inbound = direction == Direction.INBOUND;
    CallRecord call =
        new CallRecord(
            "main-" + minute,
            new Who(
                direction,
                caller,
                name,
                called,
                Optional.empty(),
                inbound ? Optional.of("demo") : Optional.empty(),
                Optional.empty()),
            new When(
                start,
                Optional.empty(),
                Optional.empty(),
                Optional.of(start.plusSeconds(9)),
                Duration.ofSeconds(9),
                Duration.ZERO,
                Duration.ZERO,
                Optional.empty()),
            new Outcome(
                status,
                Optional.of("extension:" + called),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                template.outcome().cause(),
                template.outcome().rule(),
                false),
            template.recorded(),
            List.of(),
            List.of(),
            List.of());
    assertTrue(CallParties.extensions(call).contains(called), call::toString);
    return call;
  }
}
