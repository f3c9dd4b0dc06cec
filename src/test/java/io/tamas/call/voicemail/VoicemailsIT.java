package io.tamas.call.voicemail;

import static io.tamas.call.recording.CallCell.until;
import static io.tamas.call.recording.WavBytes.wav;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.fold.CallFold;
import io.tamas.call.fold.Story;
import io.tamas.call.record.CallRecord.Message;
import io.tamas.call.record.Recording;
import io.tamas.call.record.Recording.State;
import io.tamas.call.record.RecordingId;
import io.tamas.call.recording.CallCell;
import io.tamas.call.recording.RecordingArchive;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.tamas.undo.Trash;
import io.tamas.undo.Undone;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

class VoicemailsIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(VoicemailsIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final RecordingId ID =
      RecordingId.parse("5f0c0f8e-8a52-4b9e-9d57-0d2b6a9f3c11").orElseThrow();
  private static final RecordingId MESSAGE =
      RecordingId.parse("0a86d1d5-3f3f-4a8b-8f5c-1f2e6d7c8b90").orElseThrow();
  private static final String CALL = "main-1795225000.1";

  @TempDir Path temp;
  private CallCell cell;

  @BeforeEach
  void start() {
    cell = new CallCell(temp, DATABASE, Duration.ofMillis(500));
    cell.forgetEverything();
    TestDatabase.extensions(DATABASE, Instant.EPOCH, "102");
    cell.start();
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
  void messageIsASeparateRecordingAndInItsMailboxOnce() throws Exception {
    Files.write(cell.recordings.file(ID), wav(16_000, 16_000));
    Files.write(cell.recordings.file(MESSAGE), wav(48_000, 48_000));
    List<JournalEvent> rows = answeredThenLeft("3");
    cell.write(rows);
    until("both", () -> ready(ID) && ready(MESSAGE));

    assertEquals(List.of(ID, MESSAGE), ids(cell.recordings.ofCall(CALL)));
    assertEquals(List.of("102"), cell.column("select mailbox from voicemail"));
    assertEquals(1, events("voicemail.left").size());
    Voicemails mailboxes = new Voicemails(DATABASE, cell.recordings);
    RecordingArchive archive = new RecordingArchive(DATABASE, cell.recordings, cell.events);
    Recording audio = archive.kept(MESSAGE).orElseThrow();
    ExtensionNumber mailbox = new ExtensionNumber("102");
    mailboxes.delete(mailbox, MESSAGE, tx -> archive.delete(tx, audio, "crm"));
    cell.write(List.of(rows.getLast()));
    until("applied once more", () -> events("call.ended").size() == 1 && isStored(rows.size() + 1));
    assertEquals(List.of(), mailboxes.list(mailbox, Instant.EPOCH, Long.MAX_VALUE, 10));
    assertEquals(1, events("voicemail.left").size());
    assertFalse(ready(MESSAGE));

    Map<String, String> facts =
        Map.of("mailbox", "102", "recording", MESSAGE.toString(), "cell", "main");
    Trash.Entry entry = new Trash.Entry(0, "voicemail", "", "key:crm", "", Json.tree(facts));
    DeletedVoicemail deleted = new DeletedVoicemail(archive, "main");
    assertTrue(DATABASE.inTransaction(tx -> deleted.restore(tx, entry)) instanceof Undone.Restored);
    assertEquals(1, mailboxes.list(mailbox, Instant.EPOCH, Long.MAX_VALUE, 10).size());
    assertTrue(mailboxes.contains(mailbox, Instant.EPOCH, MESSAGE));
    Instant later = Instant.now();
    assertEquals(List.of(), mailboxes.list(mailbox, later, Long.MAX_VALUE, 10));
    assertFalse(mailboxes.contains(mailbox, later, MESSAGE));
    assertTrue(ready(MESSAGE));
    assertTrue(DATABASE.inTransaction(tx -> deleted.restore(tx, entry)) instanceof Undone.Changed);
  }

  /// The number may have got its next owner while the caller was in the mailbox.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void messageForAnEarlierOwnerOfTheNumberIsInNobodysMailbox(boolean meanwhile) throws Exception {
    Files.write(cell.recordings.file(ID), wav(16_000, 16_000));
    Files.write(cell.recordings.file(MESSAGE), wav(48_000, 48_000));
    List<JournalEvent> rows = answeredThenLeft("3");
    Message message =
        CallFold.fold(rows).orElseThrow().recorded().messages().stream().findFirst().orElseThrow();
    Instant next = meanwhile ? message.leftAt().minusMillis(1) : Instant.now();
    TestDatabase.extensions(DATABASE, next, "102");
    cell.write(rows);
    until("both", () -> ready(ID) && ready(MESSAGE));

    ExtensionNumber mailbox = new ExtensionNumber("102");
    Voicemails mailboxes = new Voicemails(DATABASE, cell.recordings);
    assertEquals(List.of("102"), cell.column("select mailbox from voicemail"));
    assertEquals(List.of(), mailboxes.list(mailbox, Instant.EPOCH, Long.MAX_VALUE, 10));
    assertEquals(Optional.empty(), mailboxes.next(mailbox));
    assertFalse(mailboxes.contains(mailbox, Instant.EPOCH, MESSAGE));
    assertEquals(List.of(), events("voicemail.left"));
    assertEquals(List.of(), cell.column("select way from voicemail_notice"));
  }

  @Test
  void tooShortMessageIsNotLeftAndItsFileIsDeleted() throws Exception {
    Files.write(cell.recordings.file(ID), wav(16_000, 16_000));
    Files.write(cell.recordings.file(MESSAGE), wav(16_000, 16_000));
    cell.write(answeredThenLeft("1"));
    until("ready", () -> ready(ID));

    assertEquals(List.of(ID), ids(cell.recordings.ofCall(CALL)));
    assertEquals(List.of(), events("voicemail.left"));
    assertFalse(Files.exists(cell.recordings.file(MESSAGE)));
  }

  private static List<JournalEvent> answeredThenLeft(String seconds) {
    return Story.of(CALL)
        .from("trunk-demo", "0912", "Sara")
        .decided("ring", "extension:101", Optional.of(ID.toString()))
        .rings("101")
        .after(2_000)
        .answers("101")
        .after(5_000)
        .phoneEnds("101", 0, "")
        .decided("message", "voicemail:102", Optional.of(MESSAGE.toString()))
        .after(9_000)
        .voicemail(seconds)
        .callerHangsUp()
        .ends()
        .rows();
  }

  private boolean ready(RecordingId id) {
    return cell.recordings.find(id).filter(found -> found.state() == State.READY).isPresent();
  }

  private boolean isStored(int rows) {
    return cell.column("select type from journal").size() == rows;
  }

  private List<String> events(String type) {
    return cell.column("select data::text from event where type = '" + type + "'");
  }

  private static List<RecordingId> ids(List<Recording> recordings) {
    return recordings.stream().map(Recording::recordingId).toList();
  }
}
