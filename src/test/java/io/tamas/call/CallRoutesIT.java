package io.tamas.call;

import static io.tamas.call.recording.CallCell.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.fold.CallFold;
import io.tamas.call.fold.CallFoldTest;
import io.tamas.call.fold.CapturedJournals;
import io.tamas.call.fold.Story;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.Recording;
import io.tamas.call.recording.CallCell;
import io.tamas.call.recording.RecordingArchive;
import io.tamas.call.recording.RecordingRoutes;
import io.tamas.config.Config;
import io.tamas.crm.MergedIds;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.tamas.number.NumberingPlan;
import io.tamas.number.WrittenNumbers;
import io.tamas.web.Api;
import io.tamas.web.ContractCheck;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The operations behind the contract; that requests conform to it is tested where it is served.
class CallRoutesIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(CallRoutesIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final WrittenNumbers TEHRAN =
      new WrittenNumbers(List.of(new NumberingPlan("IR", "21")));
  private static final Duration CALL_BACK = Duration.ofHours(24);
  private static final String RECORDING = "5f0c0f8e-8a52-4b9e-9d57-0d2b6a9f3c11";

  @TempDir Path temp;
  private CallCell cell;
  private final Map<String, Api.Handler> handlers = new HashMap<>();

  @BeforeEach
  void start() {
    cell = new CallCell(temp, DATABASE, Duration.ofMillis(100));
    cell.forgetEverything();
    cell.start();
    RecordingArchive archive = new RecordingArchive(DATABASE, cell.recordings, cell.events);
    new CallRoutes(
            cell.calls,
            cell.live,
            cell.recordings,
            archive,
            () -> TEHRAN,
            () -> CALL_BACK,
            new MergedIds(DATABASE))
        .mount(new Mounted());
    new RecordingRoutes(cell.recordings, archive, (_, _) -> true).mount(new Mounted());
  }

  @AfterEach
  void stop() throws Exception {
    cell.stop();
  }

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void callIsShownWithItsLegsItsTraceAndItsRecording() {
    cell.writeCaptured("recorded");
    CallRecord call = CallFold.fold(CapturedJournals.rows("recorded")).orElseThrow();
    until(
        "missing",
        () ->
            cell.recordings.ofCall(call.id()).stream()
                .anyMatch(r -> r.state() == Recording.State.MISSING));

    JsonNode body = body("getCall", Map.of("id", call.id()), Map.of());

    assertEquals(RECORDING, body.path("recording").asText());
    assertEquals("missing", body.path("recordingFile").path("state").asText());
    assertEquals("answered", body.path("legs").path(0).path("result").asText());
    assertEquals("matched", body.at("/decisions/0/trace/steps/0/outcome").asText());
    assertEquals("PT", body.path("talk").asText().substring(0, 2));
    for (String operation : List.of("getRecording", "getRecordingPeaks")) {
      assertEquals(404, refused(operation, Map.of("id", RECORDING), Map.of()).status());
    }
  }

  @Test
  void callInProgressIsListedAsLiveAndShownById() {
    cell.write(Story.ringing101("main-1795225000.1").rows());
    until("live", () -> cell.live.find("main-1795225000.1").isPresent());

    JsonNode live = body("listLiveCalls", Map.of(), Map.of()).path("items");
    assertEquals("RINGING", live.path(0).path("status").asText());
    assertEquals(live.path(0), body("getCall", Map.of("id", "main-1795225000.1"), Map.of()));
    assertTrue(body("listCalls", Map.of(), Map.of()).path("items").isEmpty());
  }

  /// The call is in the table of ended calls a moment before it leaves the memory.
  @Test
  void callThatHasEndedIsShownAsEnded() {
    cell.writeCaptured("recorded");
    CallRecord call = CallFold.fold(CapturedJournals.rows("recorded")).orElseThrow();
    until("ended", () -> cell.calls.find(call.id()).isPresent());
    until("forgotten", () -> cell.live.find(call.id()).isEmpty());
    List<JournalEvent> begin = CapturedJournals.rows("recorded").subList(0, 5);
    cell.live.show(List.of(CallFold.fold(begin).orElseThrow()), List.of());

    JsonNode body = body("getCall", Map.of("id", call.id()), Map.of());
    assertEquals("ANSWERED", body.path("status").asText());
    assertTrue(body.has("endedAt"));
  }

  @Test
  void listIsPagedByItsCursor() {
    for (String name : CallFoldTest.CAPTURED) {
      cell.writeCaptured(name);
    }
    int all = CallFoldTest.CAPTURED.size();
    until("all", () -> cell.column("select id from call").size() == all);

    JsonNode first = body("listCalls", Map.of(), Map.of("limit", "10"));
    assertEquals(10, first.path("items").size());
    JsonNode second =
        body("listCalls", Map.of(), Map.of("limit", "10", "cursor", first.path("next").asText()));
    assertEquals(all - 10, second.path("items").size());
    assertTrue(second.path("next").isMissingNode());
    assertEquals(
        1,
        body(
                "listCalls",
                Map.of(),
                Map.of("extension", "105", "status", "MISSED", "direction", "INBOUND"))
            .path("items")
            .size());
  }

  @Test
  void aCallIsFoundByItsNumberHoweverItIsWritten() {
    cell.writeCaptured("recorded");
    CallRecord call = CallFold.fold(CapturedJournals.rows("recorded")).orElseThrow();
    String e164 = call.who().caller();
    assertTrue(e164.startsWith("+98"), e164);
    until("ended", () -> cell.calls.find(call.id()).isPresent());
    String national = "0" + e164.substring(3);
    for (String written :
        List.of(
            e164,
            " " + e164.substring(1),
            "00" + e164.substring(1),
            national,
            national.substring(0, 4) + " / " + national.substring(4),
            "tel:" + e164 + ";ext=5",
            "\u202A" + e164 + "\u202C",
            new String(national.chars().map(c -> c - '0' + '۰').toArray(), 0, national.length()))) {
      JsonNode found = body("listCalls", Map.of(), Map.of("number", written)).path("items");
      assertEquals(call.id(), found.path(0).path("id").asText(), written);
    }
    assertTrue(body("listCalls", Map.of(), Map.of("number", "110")).path("items").isEmpty());
    assertTrue(body("listCalls", Map.of(), Map.of("number", "anonymous")).path("items").isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "number, call-me",
    "number, 0912x",
    "number, +0",
    "cursor, nonsense",
    "limit, 0",
    "limit, 201",
    "limit, many"
  })
  void invalidParameterIsReported(String name, String value) {
    Problem problem = refused("listCalls", Map.of(), Map.of(name, value));

    assertEquals(400, problem.status());
    assertEquals("query:" + name, problem.faults().getFirst().pointer());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "..%2f..%2fetc",
        "5F0C0F8E-8A52-4B9E-9D57-0D2B6A9F3C11",
        "5f0c0f8e-8a52-4b9e-9d57-0d2b6a9f3c1",
        "5f0c0f8e-8a52-4b9e-9d57-0d2b6a9f3c11.wav",
        "0\0",
        ""
      })
  void recordingAndCallWithAnInvalidIdAreNotFound(String id) {
    assertEquals(404, refused("getRecording", Map.of("id", id), Map.of()).status());
    assertEquals(404, refused("getCall", Map.of("id", id), Map.of()).status());
  }

  private JsonNode body(String operation, Map<String, String> path, Map<String, String> query) {
    Response response = handler(operation).handle(new Asked(path, query));
    Object body = assertInstanceOf(Response.Body.class, response).body();
    assertEquals(List.of(), ContractCheck.faults(operation, 200, Json.write(body)));
    return Json.tree(body);
  }

  private Problem refused(String operation, Map<String, String> path, Map<String, String> query) {
    return assertThrows(Problem.class, () -> handler(operation).handle(new Asked(path, query)));
  }

  private Api.Handler handler(String operation) {
    return Objects.requireNonNull(handlers.get(operation), operation);
  }

  private final class Mounted implements Api.Operations {
    @Override
    public Api.Operations on(String operationId, Api.Handler handler) {
      handlers.put(operationId, handler);
      return this;
    }
  }

  private record Asked(Map<String, String> paths, Map<String, String> queries) implements Request {
    @Override
    public String path(String name) {
      return Objects.requireNonNull(paths.get(name));
    }

    @Override
    public Optional<String> query(String name) {
      return Optional.ofNullable(queries.get(name));
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public <T> T body(Class<T> type) {
      throw new AssertionError("no operation here has a body");
    }

    @Override
    public String principal() {
      return "test";
    }
  }
}
