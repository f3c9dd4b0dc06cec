package io.tamas.call.recording;

import static io.tamas.call.recording.CallCell.until;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tamas.call.fold.Story;
import io.tamas.call.record.Recording;
import io.tamas.call.record.Recording.State;
import io.tamas.call.record.RecordingId;
import io.tamas.call.record.RecordingPart;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class RecordingsIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(RecordingsIT.class);
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
  void completeFileIsReadyWithDurationSizeAndHash() throws Exception {
    byte[] wav = WavBytes.wav(16_000, 16_000);
    Files.write(cell.recordings.file(ID), wav);
    cell.write(recordedCall().rows());
    until("ready", () -> state().equals(Optional.of(State.READY)));

    Recording recording = cell.recordings.find(ID).orElseThrow();
    assertEquals(Optional.of(Duration.ofSeconds(1)), recording.duration());
    assertEquals(Optional.of((long) wav.length), recording.bytes());
    assertEquals(Optional.of(1), recording.channels());
    assertEquals(Story.BEGIN.plusSeconds(2), recording.startedAt());
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(wav));
    assertEquals(Optional.of(sha256), recording.sha256());
    JsonNode published =
        Json.read(
            cell.column("select data::text from event where type = 'recording.ready'").getFirst(),
            JsonNode.class);
    ObjectNode told = Json.mapper().valueToTree(recording);
    told.put("callStartedAt", Story.BEGIN.toString()).putArray("extensions").add("101");
    assertEquals(Json.read(told.toString(), JsonNode.class), published);
    assertEquals(1, cell.registry.counter("tamas.recordings", "state", "ready").count());
    assertArrayEquals(wav, Files.readAllBytes(cell.recordings.file(ID)));
  }

  @Test
  void howLoudItIsIsKeptAlsoOfOneThatWasReadyBefore() throws Exception {
    byte[] wav = WavBytes.wav(16_000, 16_000);
    wav[WavFile.HEADER + 15_999] = 0x40;
    Files.write(cell.recordings.file(ID), wav);
    cell.write(recordedCall().rows());
    until("ready", () -> state().equals(Optional.of(State.READY)));
    List<Integer> levels = cell.recordings.peaks(ID).orElseThrow().byChannel().getFirst();
    assertEquals(400, levels.size());
    assertEquals(128, levels.getLast());
    assertEquals(399, Collections.frequency(levels, 0));

    String stored = "select peaks::text from recording where id = '" + ID + "'";
    List<String> first = cell.column(stored);
    cell.column("update recording set peaks = null where id = '" + ID + "' returning call_id");
    assertEquals(levels, cell.recordings.peaks(ID).orElseThrow().byChannel().getFirst());
    assertEquals(first, cell.column(stored));
    Files.delete(cell.recordings.file(ID));
    assertEquals(levels, cell.recordings.peaks(ID).orElseThrow().byChannel().getFirst());
  }

  @ParameterizedTest(name = "{0} bytes of audio")
  @CsvSource({"0, false", "2, true"})
  void whatWasBegunForACallThatNobodyAnsweredIsDeleted(int audio, boolean isKept) throws Exception {
    Files.write(cell.recordings.file(ID), WavBytes.wav(0, audio));
    cell.write(
        Story.of(CALL)
            .from("trunk-demo", "0912", "Sara")
            .decided("ring", "extension:101", Optional.of(ID.toString()))
            .dials("PJSIP/101,20")
            .rings("101")
            .after(2_000)
            .phoneEnds("101", 0, "")
            .dialplanHangsUp(19)
            .ends()
            .rows());
    until("ended", () -> !cell.column("select id from call").isEmpty());
    until("decided", () -> Files.exists(cell.recordings.file(ID)) == isKept);
    assertEquals(Optional.empty(), state());
  }

  @Test
  void fileThatEndedWhereTheDiskWasFullIsBroken() throws Exception {
    cell.free = 4_096;
    byte[] wav = WavBytes.wav(16_000, 16_000);
    Files.write(cell.recordings.file(ID), wav);
    cell.write(recordedCall().rows());
    until("broken", () -> state().equals(Optional.of(State.BROKEN)));
    assertArrayEquals(wav, Files.readAllBytes(cell.recordings.file(ID)));
  }

  @Test
  void soIsOneDuringWhichItWasFullForAWhile() throws Exception {
    Files.write(cell.recordings.file(ID), WavBytes.wav(16_000, 16_000));
    cell.free = 4_096;
    int before = cell.looked.get();
    until(
        "it is seen",
        () -> {
          cell.recordings.wake();
          return cell.looked.get() > before + 1;
        });
    cell.free = Long.MAX_VALUE;
    cell.write(recordedCall().rows());
    until("broken", () -> state().equals(Optional.of(State.BROKEN)));
  }

  @Test
  void fileClosedAfterTheCallIsAwaited() throws Exception {
    Files.write(cell.recordings.file(ID), WavBytes.wav(0, 4_000));
    cell.write(recordedCall().rows());
    until("expected", () -> state().equals(Optional.of(State.EXPECTED)));
    Files.write(cell.recordings.file(ID), WavBytes.wav(4_000, 4_000));
    until("ready", () -> state().equals(Optional.of(State.READY)));
  }

  /// The sizes of segments that were being written when Asterisk was killed are missing.
  @Test
  void audioWrittenByAKilledAsteriskIsKept() throws Exception {
    Files.write(cell.recordings.segment(ID, 1), WavBytes.wav(0, 8_001));
    Files.write(cell.recordings.segment(ID, 2), WavBytes.wav(4_000, 4_000));
    cell.write(recordedCall().rows());
    until("ready", () -> state().equals(Optional.of(State.READY)));
    assertArrayEquals(WavBytes.wav(12_000, 12_000), Files.readAllBytes(cell.recordings.file(ID)));
  }

  @Test
  void segmentsAreJoinedIntoOneFile() throws Exception {
    Files.write(cell.recordings.segment(ID, 1), WavBytes.wav(8_000, 8_000));
    Files.write(cell.recordings.segment(ID, 2), WavBytes.wav(0, 4_000));
    Files.write(cell.recordings.segment(ID, 3), WavBytes.wav(16_000, 16_000));
    cell.write(recordedCall().rows());
    until("expected", () -> state().equals(Optional.of(State.EXPECTED)));
    Files.write(cell.recordings.segment(ID, 2), WavBytes.wav(4_000, 4_000));
    until("ready", () -> state().equals(Optional.of(State.READY)));

    Recording recording = cell.recordings.find(ID).orElseThrow();
    assertEquals(Optional.of(Duration.ofMillis(1_750)), recording.duration());
    assertArrayEquals(WavBytes.wav(28_000, 28_000), Files.readAllBytes(cell.recordings.file(ID)));
    assertEquals(1, cell.recordings.segments(ID));
  }

  /// As of a second line that hung up before anybody answered.
  @Test
  void segmentWithoutAudioIsNotAwaited() throws Exception {
    Files.write(cell.recordings.segment(ID, 1), WavBytes.wav(8_000, 8_000));
    Files.write(cell.recordings.segment(ID, 2), WavBytes.wav(0, 0));
    assertTrue(new Segments(cell.recordings).join(ID, false));
    assertArrayEquals(WavBytes.wav(8_000, 8_000), Files.readAllBytes(cell.recordings.file(ID)));
    assertEquals(1, cell.recordings.segments(ID));
  }

  @Test
  void partOfARecordingIsJoinedInOrderOfTime() throws Exception {
    write(cell.recordings.segment(ID, 1), 'a');
    write(cell.recordings.segment(MESSAGE, 1), 'c');
    write(cell.recordings.segment(MESSAGE, 2), 'd');
    write(cell.recordings.segment(ID, 2), 'b');
    RecordingPart part = new RecordingPart(ID, MESSAGE);
    cell.recordings.unite(part);
    cell.recordings.unite(part);
    cell.write(recordedCall().rows());
    until("ready", () -> state().equals(Optional.of(State.READY)));

    assertEquals("abcd", heard());
    assertFalse(Files.exists(cell.recordings.file(MESSAGE)));
    assertEquals(1, cell.recordings.segments(ID));
  }

  @Test
  void ofTwoSegmentsClosedAtOnceTheLongerOneStartedEarlier() throws Exception {
    write(cell.recordings.segment(ID, 1), 'b', 4_000, Story.BEGIN);
    write(cell.recordings.segment(ID, 2), 'a', 8_000, Story.BEGIN);
    assertTrue(new Segments(cell.recordings).join(ID, false));
    assertEquals("ab", heard());
  }

  /// A file whose place in time is the alphabetical one.
  private static void write(Path file, char sound) throws Exception {
    write(file, sound, 8_000, Story.BEGIN.plusSeconds(sound));
  }

  private static void write(Path file, char sound, int bytes, Instant closed) throws Exception {
    byte[] wav = WavBytes.wav(bytes, bytes);
    Arrays.fill(wav, 44, wav.length, (byte) sound);
    Files.write(file, wav);
    Files.setLastModifiedTime(file, FileTime.from(closed));
  }

  private String heard() throws Exception {
    String audio = Files.readString(cell.recordings.file(ID), StandardCharsets.ISO_8859_1);
    return audio.substring(44).replaceAll("(.)\\1*", "$1");
  }

  @Test
  void aJoinThatWasInterruptedIsFinished() throws Exception {
    Files.write(cell.recordings.segment(ID, 1), WavBytes.wav(8_000, 8_000));
    Files.write(cell.recordings.segment(ID, 2), WavBytes.wav(8_000, 8_000));
    Files.write(cell.recordings.joined(ID), WavBytes.wav(16_000, 16_000));
    cell.write(recordedCall().rows());
    until("ready", () -> state().equals(Optional.of(State.READY)));

    assertArrayEquals(WavBytes.wav(16_000, 16_000), Files.readAllBytes(cell.recordings.file(ID)));
    assertEquals(1, cell.recordings.segments(ID));
  }

  @Test
  void fileThatDoesNotExistIsMissing() {
    cell.write(recordedCall().rows());
    until("missing", () -> state().equals(Optional.of(State.MISSING)));

    assertEquals(List.of("missing"), failed());
    assertEquals(
        List.of(), cell.column("select id::text from event where type = 'recording.ready'"));
  }

  static final List<byte[]> INCOMPLETE =
      List.of(
          new byte[0],
          WavBytes.wav(16_000, 9_000),
          "not audio, but long enough to hold a whole header".getBytes(StandardCharsets.UTF_8));

  @ParameterizedTest
  @FieldSource("INCOMPLETE")
  void truncatedFileIsBroken(byte[] file) throws Exception {
    Files.write(cell.recordings.file(ID), file);
    cell.write(recordedCall().rows());
    until("broken", () -> state().equals(Optional.of(State.BROKEN)));
    assertEquals(List.of("broken"), failed());
  }

  @Test
  void fileWithoutAudioIsEmptyAndNotBroken() throws Exception {
    Files.write(cell.recordings.file(ID), WavBytes.wav(0, 0));
    cell.write(recordedCall().rows());
    until("empty", () -> state().equals(Optional.of(State.EMPTY)));
    assertEquals(List.of("empty"), failed());
  }

  /// The states of which the event told.
  private List<String> failed() {
    return cell.column("select data ->> 'state' from event where type = 'recording.failed'");
  }

  @Test
  void recordingExpectedWhenTheProcessDiedIsCheckedByTheNext() throws Exception {
    cell.keeper.close().await(5, TimeUnit.SECONDS);
    cell.write(recordedCall().rows());
    until("expected", () -> state().equals(Optional.of(State.EXPECTED)));
    cell.stop();
    Files.write(cell.recordings.file(ID), WavBytes.wav(8_000, 8_000));
    cell = new CallCell(temp, DATABASE, Duration.ofMillis(500)).start();
    until("ready", () -> state().equals(Optional.of(State.READY)));
  }

  @Test
  void unansweredCallHasNoRecording() {
    cell.write(
        Story.of(CALL)
            .from("trunk-demo", "0912", "Sara")
            .decided("ring", "extension:101", Optional.of(ID.toString()))
            .rings("101")
            .callerHangsUp()
            .ends()
            .rows());
    until("ended", () -> cell.calls.find(CALL).isPresent());

    assertEquals(List.of(), cell.recordings.ofCall(CALL));
    assertEquals(Optional.empty(), cell.calls.find(CALL).orElseThrow().recorded().recording());
  }

  private Optional<State> state() {
    return cell.recordings.find(ID).map(Recording::state);
  }

  private static Story recordedCall() {
    return Story.of(CALL)
        .from("trunk-demo", "0912", "Sara")
        .decided("ring", "extension:101", Optional.of(ID.toString()))
        .rings("101")
        .after(2_000)
        .answers("101")
        .after(5_000)
        .callerHangsUp()
        .ends();
  }
}
