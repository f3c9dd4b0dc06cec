package io.tamas.call.recording;

import static io.tamas.call.recording.CallCell.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.audit.Audit;
import io.tamas.call.record.Recording.State;
import io.tamas.call.record.RecordingId;
import io.tamas.call.recording.RecordingArchive.Access;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.tamas.undo.Trash;
import io.tamas.undo.TrashRounds;
import io.tamas.undo.Undone;
import io.tamas.web.Act;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordingArchiveIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(RecordingArchiveIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final RecordingId ID =
      RecordingId.parse("5f0c0f8e-8a52-4b9e-9d57-0d2b6a9f3c11").orElseThrow();
  private static final RecordingId UNKNOWN =
      RecordingId.parse("5f0c0f8e-8a52-4b9e-9d57-0d2b6a9f3c12").orElseThrow();

  @TempDir Path temp;
  private CallCell cell;
  private RecordingArchive archive;

  @BeforeEach
  void start() throws Exception {
    cell = new CallCell(temp, DATABASE, Duration.ofMillis(500));
    cell.forgetEverything();
    cell.column("delete from trash returning kind");
    archive = new RecordingArchive(DATABASE, cell.recordings, cell.events);
    cell.column(
        "insert into recording (id, cell, call_id, state, started_at, call_started_at) values ('"
            + ID
            + "', 'main', 'main-1.1', 'ready', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')"
            + " returning call_id");
    Files.writeString(cell.recordings.file(ID), "sound");
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
  void titleIsStoredAndPublished() {
    assertTrue(archive.rename(ID, "شکایت"));
    assertEquals(Optional.of("شکایت"), archive.note(ID).orElseThrow().title());
    assertEquals(List.of("recording.renamed"), events());
    assertFalse(archive.rename(UNKNOWN, "x"));
  }

  @Test
  void aTitleOfBeforeIsReadAsItCanBeSeen() {
    archive.rename(ID, "\u202eevil\u200b");
    assertEquals(Optional.of("evil"), archive.note(ID).orElseThrow().title());
  }

  @Test
  void deletedRecordingShowsWhenAndByWhomAndLeavesNoFileInTheEnd() throws Exception {
    Files.writeString(cell.recordings.segment(ID, 2), "more");
    assertTrue(archive.delete(ID, "crm"));
    emptyTrash("now() + interval '1 second'");
    assertTrue(Files.exists(cell.recordings.file(ID)), "it can be brought back");
    emptyTrash("now() - interval '2 minutes'");
    assertFalse(Files.exists(cell.recordings.file(ID)));
    assertFalse(Files.exists(cell.recordings.segment(ID, 2)));
    assertEquals(List.of(), cell.column("select kind from trash"));
    assertEquals(State.DELETED, cell.recordings.find(ID).orElseThrow().state());
    assertEquals(Optional.of("crm"), archive.note(ID).orElseThrow().deletedBy());
    assertTrue(archive.note(ID).orElseThrow().deletedAt().isPresent());
    assertEquals(List.of("recording.deleted"), events());
    assertFalse(archive.delete(ID, "crm"));
    assertFalse(archive.delete(UNKNOWN, "crm"));
  }

  private void emptyTrash(String until) {
    DATABASE.await(DATABASE.pool().query("update trash set until = " + until).execute());
    TrashRounds.empty(DATABASE, List.of(deleted()), new SimpleMeterRegistry());
  }

  private DeletedRecordings deleted() {
    return new DeletedRecordings(cell.recordings, archive);
  }

  @Test
  void aDeletedRecordingComesBackWithItsFile() throws Exception {
    archive.delete(ID, "crm");
    Trash.Entry entry =
        new Trash.Entry(0, "recording", "recording:" + ID, "key:crm", "", facts("any"));
    assertTrue(
        DATABASE.inTransaction(tx -> deleted().restore(tx, entry)) instanceof Undone.Restored);
    assertEquals(State.READY, cell.recordings.find(ID).orElseThrow().state());
    assertEquals(Optional.empty(), archive.note(ID).orElseThrow().deletedBy());
    assertTrue(Files.exists(cell.recordings.file(ID)));
    assertEquals(List.of("recording.deleted", "recording.ready"), events());
    assertTrue(
        DATABASE.inTransaction(tx -> deleted().restore(tx, entry)) instanceof Undone.Changed);
  }

  @Test
  void theFileOfAnotherCellIsLeftToIt() throws Exception {
    archive.delete(ID, "crm");
    assertFalse(deleted().forget(facts("another")));
    assertTrue(Files.exists(cell.recordings.file(ID)));
  }

  private static JsonNode facts(String cell) {
    return Json.tree(Map.of("recording", ID.toString(), "cell", cell));
  }

  @Test
  void expiryThatWasInterruptedIsFinished() throws Exception {
    Files.delete(cell.recordings.file(ID));
    archive.expire(ID, "retention");
    assertEquals(State.DELETED, cell.recordings.find(ID).orElseThrow().state());
  }

  @Test
  void accessesAreListedTheNewestFirst() {
    by("key:sara", () -> archive.logAccess(ID, Audit.Action.LISTENED));
    by("user:omid", () -> archive.logAccess(ID, Audit.Action.DOWNLOADED));
    by("extension:101", () -> archive.logAccess(ID, Audit.Action.LISTENED));
    archive.expire(ID, "retention");
    List<Access> all = archive.accesses(ID, Long.MAX_VALUE, 3);
    assertEquals(
        List.of("retention DELETED", "101 LISTENED", "user:omid DOWNLOADED"),
        all.stream().map(access -> access.who() + " " + access.action()).toList());
    assertEquals(all.subList(1, 2), archive.accesses(ID, all.getFirst().id(), 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=1-", "bytes=-9999999", "BYTES=0-", "bytes= 0-", "x", "bytes=1-2,0-"})
  void nobodyListensWithoutARow(String range) {
    ListenLog log = new ListenLog(archive);
    by("user:omid", () -> log.requested("omid", ID, Optional.of(range)));
    by("user:omid", () -> log.requested("omid", ID, Optional.of("bytes=4-")));
    by("user:sara", () -> log.requested("sara", ID, Optional.of(range)));
    by("user:sara", () -> log.requested("sara", ID, Optional.of("bytes=0-1023")));
    by("user:sara", () -> log.requested("sara", ID, Optional.empty()));
    assertEquals(
        List.of(
            "user:sara DOWNLOADED",
            "user:sara LISTENED",
            "user:sara LISTENED",
            "user:omid LISTENED"),
        archive.accesses(ID, Long.MAX_VALUE, 4).stream()
            .map(access -> access.who() + " " + access.action())
            .toList());
  }

  private static void by(String actor, Runnable work) {
    Act.by(actor)
        .during(() -> {
          work.run();
          return actor;
        });
  }

  @Test
  void onlyExpiredRecordingsAreDeleted() {
    Clock day10 = Clock.fixed(Instant.parse("2026-01-11T00:00:00Z"), ZoneOffset.UTC);
    new RecordingRetention(archive, Duration.ofDays(11), day10).deleteExpired();
    assertEquals(State.READY, cell.recordings.find(ID).orElseThrow().state());
    new RecordingRetention(archive, Duration.ofDays(9), day10).deleteExpired();
    assertEquals(State.DELETED, cell.recordings.find(ID).orElseThrow().state());
    assertEquals(Optional.of("retention"), archive.note(ID).orElseThrow().deletedBy());
    until("the file is gone", () -> !Files.exists(cell.recordings.file(ID)));
  }

  private List<String> events() {
    return cell.column("select type from event order by id");
  }
}
