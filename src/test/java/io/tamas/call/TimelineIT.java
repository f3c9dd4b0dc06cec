package io.tamas.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.call.KeptCalls.Left;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.recording.RecordingArchive;
import io.tamas.call.recording.RecordingEvents;
import io.tamas.call.recording.RecordingList;
import io.tamas.call.recording.Recordings;
import io.tamas.call.voicemail.Voicemails;
import io.tamas.config.Config;
import io.tamas.crm.ContactNoteRoutes;
import io.tamas.crm.ContactNotes;
import io.tamas.crm.MergedIds;
import io.tamas.crm.NoteTimeline;
import io.tamas.crm.ProfileMergeRoutes;
import io.tamas.crm.ProfileMerges;
import io.tamas.crm.ProfileRoutes;
import io.tamas.crm.Profiles;
import io.tamas.crm.TimelineRoutes;
import io.tamas.crm.TimelineSource;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import io.tamas.number.WrittenNumbers;
import io.tamas.routing.Routed.Direction;
import io.tamas.web.Cursor;
import io.tamas.web.Principal;
import io.tamas.web.Principal.Owner;
import io.tamas.web.Role;
import io.tamas.web.RouteServer;
import io.tamas.web.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What happened with somebody, and what was recorded; the server of the test holds each answer
/// against the contract.
class TimelineIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(TimelineIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final WrittenNumbers TEHRAN =
      new WrittenNumbers(List.of(new NumberingPlan("IR", "21")));
  private static final String SARA = "+989121234567";
  private static final String OFFICE = "+982188000000";
  private static final Optional<Long> NOBODY = Optional.empty();

  @TempDir static Path temp;
  private static KeptCalls kept;
  private static RouteServer server;

  @BeforeAll
  static void start() throws Exception {
    kept = new KeptCalls(DATABASE, temp);
    Recordings recordings = new Recordings(DATABASE, "main", temp);
    RecordingList list = new RecordingList(DATABASE);
    Profiles profiles = new Profiles(DATABASE, () -> TEHRAN);
    MergedIds merged = new MergedIds(DATABASE);
    ContactNotes notes = new ContactNotes(DATABASE);
    List<TimelineSource> sources =
        new ArrayList<>(
            CallTimeline.of(
                DATABASE, kept.calls, list, new Voicemails(DATABASE, recordings), merged));
    sources.add(new NoteTimeline(notes));
    server =
        RouteServer.startFor(
            VERTX,
            TimelineIT::principal,
            new ProfileRoutes(profiles, () -> TEHRAN),
            new ContactNoteRoutes(profiles, notes),
            new ProfileMergeRoutes(
                new ProfileMerges(DATABASE, profiles), new SimpleMeterRegistry()),
            new CallRoutes(
                kept.calls,
                new LiveCalls(DATABASE, "main", new SimpleMeterRegistry()),
                recordings,
                new RecordingArchive(DATABASE, recordings, new RecordingEvents(kept.calls::find)),
                () -> TEHRAN,
                () -> Duration.ofHours(24),
                merged),
            new TimelineRoutes(profiles, merged, () -> TEHRAN, sources),
            new RecordingListRoutes(list, kept.calls, () -> TEHRAN, merged));
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  /// Sara is profile 1, with a number of her own and the office's, which Reza, profile 2, has too.
  @BeforeEach
  void keep() throws Exception {
    kept.forgetEverything();
    profile("Sara", SARA, OFFICE);
    profile("Reza", OFFICE);
    kept.keep(0, Direction.INBOUND, SARA, "101", Optional.of(1L), Left.RECORDING);
    kept.keep(1, Direction.OUTBOUND, SARA, "102", NOBODY, Left.RECORDING);
    kept.keep(2, Direction.INBOUND, OFFICE, "101", Optional.of(2L), Left.RECORDING);
    kept.keep(3, Direction.INBOUND, OFFICE, "102", Optional.of(1L), Left.MESSAGE);
    kept.keep(4, Direction.INBOUND, "+989120000009", "101", Optional.of(1L), Left.NOTHING);
    kept.keep(5, Direction.INBOUND, "+989120000009", "101", NOBODY, Left.MESSAGE);
    note("پس از ساعت ۱۰");
  }

  @Test
  void aTimelineHasWhatHappenedWithAProfileAndNothingOfOthers() throws Exception {
    assertEquals(
        List.of(
            "NOTE پس از ساعت ۱۰",
            "CALL 4",
            "CALL 3",
            "VOICEMAIL 3",
            "CALL 1",
            "RECORDING 1",
            "CALL 0",
            "RECORDING 0"),
        items("/profiles/1/timeline"));
    assertEquals(
        List.of("CALL 3", "VOICEMAIL 3", "CALL 2", "RECORDING 2"),
        items("/numbers/021%2088000000/timeline"));
    assertEquals(List.of(), items("/numbers/118/timeline"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void allPagesTogetherAreTheTimeline(int limit) throws Exception {
    List<String> all = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = json("/profiles/1/timeline?limit=" + limit + next);
      all.addAll(items(page));
      next = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
    } while (!next.isEmpty());
    assertEquals(items("/profiles/1/timeline"), all);
  }

  @ParameterizedTest
  @CsvSource({
    "CALL, CALL 4 CALL 3 CALL 1 CALL 0",
    "RECORDING, RECORDING 1 RECORDING 0",
    "VOICEMAIL, VOICEMAIL 3"
  })
  void oneKindAlone(String kind, String expected) throws Exception {
    assertEquals(expected, String.join(" ", items("/profiles/1/timeline?kind=" + kind)));
  }

  @Test
  void anOperatorSeesTheOwnCallsAndAllNotes() throws Exception {
    assertEquals(
        List.of("NOTE پس از ساعت ۱۰", "CALL 4", "CALL 0", "RECORDING 0"),
        items("/profiles/1/timeline", "101"));
    assertEquals(List.of("NOTE پس از ساعت ۱۰"), items("/profiles/1/timeline", "none"));
    assertEquals(List.of(), items("/numbers/" + OFFICE + "/timeline", "none"));
  }

  @Test
  void whosePhoneOnlyRangDoesNotSeeTheMessageInAnotherMailbox() throws Exception {
    execute(
        """
        insert into call_party (party, started_at, call_id, direction, status, recorded)
        select 'extension:101', started_at, call_id, direction, status, recorded
        from call_party where party = 'extension:102' and call_id like '%.3'
        """);
    assertEquals(
        List.of("NOTE پس از ساعت ۱۰", "CALL 4", "CALL 3", "CALL 0", "RECORDING 0"),
        items("/profiles/1/timeline", "101"));
    assertEquals(List.of("VOICEMAIL 3"), items("/profiles/1/timeline?kind=VOICEMAIL", "both"));
  }

  @Test
  void callsOfBeforeTheExtensionWasTheirsAreNotTheirs() throws Exception {
    assertEquals(List.of("NOTE پس از ساعت ۱۰", "CALL 4"), items("/profiles/1/timeline", "late"));
    assertEquals(List.of("5"), recordings("", "late"));
  }

  @Test
  void whatWasDeletedIsNotListed() throws Exception {
    execute("update recording set state = 'deleted' where id = '" + KeptCalls.recording(0) + "'");
    execute("update voicemail set deleted_at = now()");
    assertEquals(
        List.of("NOTE پس از ساعت ۱۰", "CALL 4", "CALL 3", "CALL 1", "RECORDING 1", "CALL 0"),
        items("/profiles/1/timeline"));
    assertEquals(List.of("0"), recordings("state=deleted"));
    assertEquals(List.of("5", "3", "2", "1"), recordings(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/profiles/1/timeline?limit=0",
        "/profiles/1/timeline?limit=201",
        "/profiles/1/timeline?kind=TEXT",
        "/profiles/1/timeline?cursor=AAAA",
        "/profiles/x/timeline",
        "/numbers/call-me/timeline",
        "/numbers/%27%20or%201%3D1/timeline",
        "/recordings?limit=0",
        "/recordings?state=lost",
        "/recordings?kind=call",
        "/recordings?number=x",
        "/recordings?profile=x",
        "/recordings?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
        "/recordings?cursor=AAAA"
      })
  void badInputIsRefused(String path) throws Exception {
    HttpResponse<String> refused = server.get(path);
    assertEquals(400, refused.statusCode(), refused.body());
  }

  @Test
  void aCursorOfAnotherListIsRefused() throws Exception {
    List<String> foreign =
        List.of(
            Cursor.of("timeline", "2026-01-01T00:00:00Z", "NOTE", "x").text(),
            Cursor.of("timeline", "2026-01-01T00:00:00Z", "RECORDING", "1").text(),
            Cursor.of("timeline", "2026-01-01T00:00:00Z", "TEXT", "1").text(),
            Cursor.of("timeline", "soon", "CALL", "1").text(),
            Cursor.of("recordings", "2026-01-01T00:00:00Z", "main-1.1", "1").text(),
            Cursor.of("calls", "2026-01-01T00:00:00Z", "main-1.1").text());
    for (String cursor : foreign) {
      assertEquals(400, server.get("/profiles/1/timeline?cursor=" + cursor).statusCode(), cursor);
      assertEquals(400, server.get("/recordings?cursor=" + cursor).statusCode(), cursor);
    }
  }

  @Test
  void whatIsOfAMergedProfileIsOfTheOneIntoWhichItWas() throws Exception {
    HttpResponse<String> merged = server.send("POST", "/profiles/2/merge", "{\"profile\":1}");
    assertEquals(200, merged.statusCode(), merged.body());
    List<String> all =
        List.of(
            "NOTE پس از ساعت ۱۰",
            "CALL 4",
            "CALL 3",
            "VOICEMAIL 3",
            "CALL 2",
            "RECORDING 2",
            "CALL 1",
            "RECORDING 1",
            "CALL 0",
            "RECORDING 0");
    assertEquals(all, items("/profiles/1/timeline"));
    assertEquals(all, items("/profiles/2/timeline"));
    for (int id = 1; id <= 2; id++) {
      JsonNode calls = json("/calls?profile=" + id).get("items");
      assertEquals(4, calls.size());
      calls.forEach(call -> assertEquals(2, call.get("profile").asInt()));
      assertEquals(List.of("3", "2", "0"), recordings("profile=" + id));
    }
    assertEquals(2, json("/calls/" + KeptCalls.id(0)).get("profile").asInt());
    assertEquals(2, json("/calls?number=%2B989121234567&profile=1").at("/items/0/profile").asInt());
    assertEquals(2, json("/recordings?profile=1").at("/items/0/profile").asInt());
    HttpResponse<String> sheet =
        server.get("/calls.csv?profile=1&from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z");
    assertEquals(5, sheet.body().lines().count(), sheet.body());
  }

  @Test
  void callsWithRecordingsAreFound() throws Exception {
    assertEquals(5, json("/calls?hasRecording=true").get("items").size());
    assertEquals(6, json("/calls?hasRecording=false").get("items").size());
    assertEquals(3, json("/calls?hasRecording=true&extension=101").get("items").size());
    assertEquals(400, server.get("/calls?hasRecording=perhaps").statusCode());
  }

  @Test
  void aProfileThatIsNotThereHasNone() throws Exception {
    assertEquals(404, server.get("/profiles/99/timeline").statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "'', 5 3 2 1 0",
    "kind=MESSAGE, 5 3",
    "kind=CONVERSATION, 2 1 0",
    "direction=OUTBOUND, 1",
    "extension=102, 3 1",
    "number=%2B989121234567, 1 0",
    "profile=1, 3 0",
    "profile=1&extension=101, 0",
    "number=02188000000&kind=MESSAGE, 3",
    "state=broken, ''",
    "state=expected&extension=101, 5 2 0",
    "from=2026-11-21T10:01:00Z&to=2026-11-21T10:03:00Z, 2 1"
  })
  void recordingsAreFoundByEachFilter(String filter, String expected) throws Exception {
    List<String> found = recordings(filter);
    assertEquals(expected, String.join(" ", found));
    List<String> paged = new ArrayList<>();
    String next = "";
    do {
      JsonNode page = json("/recordings?limit=2&" + filter + next);
      paged.addAll(recordings(page));
      next = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
    } while (!next.isEmpty());
    assertEquals(found, paged);
  }

  @Test
  void recordingsSayWhoseTheyAre() throws Exception {
    JsonNode first = json("/recordings?extension=101&kind=CONVERSATION").at("/items/1");
    assertEquals(SARA, first.get("caller").asText());
    assertEquals(1, first.get("profile").asInt());
    assertEquals("INBOUND", first.get("direction").asText());
    assertEquals("expected", first.get("state").asText());
    assertEquals(KeptCalls.BEGIN.toString(), first.get("callStartedAt").asText());
  }

  @Test
  void anExtensionListsItsOwnRecordingsOnly() throws Exception {
    assertEquals(List.of("5", "2", "0"), recordings("", "101"));
    assertEquals(List.of("2"), recordings("number=02188000000", "101"));
    assertEquals(403, get("/recordings?extension=102", "101").statusCode());
    assertEquals(403, get("/recordings", "none").statusCode());
  }

  @Test
  void aSupervisorSeesThoseOfTheGroups() throws Exception {
    assertEquals(
        List.of("NOTE پس از ساعت ۱۰", "CALL 4", "CALL 3", "VOICEMAIL 3", "CALL 0", "RECORDING 0"),
        items("/profiles/1/timeline", "both"));
    assertEquals(List.of("5", "3", "2", "0"), recordings("", "both"));
    assertEquals(List.of("3"), recordings("extension=102&kind=MESSAGE", "both"));
    assertEquals(List.of("3", "2"), recordings("number=02188000000", "both"));
  }

  private static Future<Principal> principal(String key) {
    return Future.succeededFuture(
        switch (key) {
          case "101" -> operator(Instant.EPOCH);
          case "late" -> operator(KeptCalls.BEGIN.plusSeconds(150));
          case "none" ->
              Principal.of(
                  new Principal.User(key, Role.OPERATOR, 1, false),
                  Set.of(),
                  Optional.empty(),
                  List.of());
          case "both" ->
              Principal.of(
                  new Principal.User(key, Role.SUPERVISOR, 1, false),
                  Set.of(),
                  Optional.empty(),
                  List.of(
                      new Owner(new ExtensionNumber("101"), Instant.EPOCH),
                      new Owner(new ExtensionNumber("102"), KeptCalls.BEGIN.plusSeconds(150))));
          default -> new Principal(key, EnumSet.allOf(Scope.class));
        });
  }

  private static Principal operator(Instant since) {
    return Principal.of(
        new Principal.User("zahra", Role.OPERATOR, 1, false),
        Set.of(),
        Optional.of(new Owner(new ExtensionNumber("101"), since)),
        List.of());
  }

  private static List<String> items(String path) throws Exception {
    return items(json(path));
  }

  private static List<String> items(String path, String key) throws Exception {
    return items(RouteServer.json(get(path, key)));
  }

  /// The kind of each, and the minute of its call or the text of the note.
  private static List<String> items(JsonNode page) {
    List<String> items = new ArrayList<>();
    for (JsonNode item : page.get("items")) {
      String kind = item.get("kind").asText();
      JsonNode data = item.get(kind.toLowerCase(Locale.ROOT));
      items.add(
          kind
              + " "
              + switch (kind) {
                case "NOTE" -> data.get("text").asText();
                case "CALL" -> minute(data.get("id"));
                default -> minute(data.get("call"));
              });
    }
    return items;
  }

  private static String minute(JsonNode call) {
    return call.asText().substring(call.asText().indexOf('.') + 1);
  }

  private static List<String> recordings(String filter) throws Exception {
    return recordings(json("/recordings?" + filter));
  }

  private static List<String> recordings(String filter, String key) throws Exception {
    return recordings(RouteServer.json(get("/recordings?" + filter, key)));
  }

  private static List<String> recordings(JsonNode page) {
    List<String> minutes = new ArrayList<>();
    page.get("items").forEach(item -> minutes.add(minute(item.get("call"))));
    return minutes;
  }

  private static JsonNode json(String path) throws Exception {
    HttpResponse<String> response = server.get(path);
    assertEquals(200, response.statusCode(), response.body());
    return RouteServer.json(response);
  }

  private static HttpResponse<String> get(String path, String key) throws Exception {
    return server.sendAsIs("GET", path, "", "authorization", "Bearer " + key);
  }

  private static void execute(String sql) {
    DATABASE.await(DATABASE.pool().query(sql).execute());
  }

  private static void profile(String name, String... numbers) throws Exception {
    List<String> drafts = new ArrayList<>();
    for (String number : numbers) {
      drafts.add("{\"number\":\"" + number + "\"}");
    }
    String body = "{\"kind\":\"person\",\"name\":\"%s\",\"numbers\":%s}".formatted(name, drafts);
    assertEquals(201, server.send("POST", "/profiles", body).statusCode());
  }

  private static void note(String text) throws Exception {
    String body = "{\"text\":\"" + text + "\"}";
    assertEquals(201, server.send("POST", "/profiles/1/notes", body).statusCode());
  }
}
