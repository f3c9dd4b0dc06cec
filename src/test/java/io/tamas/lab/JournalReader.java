package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.JournalParser;
import io.tamas.asterisk.journal.RowType.Cel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads the journal as Asterisk wrote it.
public record JournalReader(Path file) {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /// All rows of the ended call from or to which this number is the caller.
  public List<JournalEvent> ofEndedCallFrom(String callerNumber) {
    eventually(
        "a call from " + callerNumber + " has ended in the journal",
        DEADLINE,
        () -> rowsOf(callerNumber).stream().anyMatch(row -> row.type() == Cel.LINKEDID_END));
    return rowsOf(callerNumber);
  }

  /// Waits until something has happened in the newest call from this number, such as `STREAM_END`:
  /// a sound was played to its end.
  public void tells(String callerNumber, Cel type) {
    eventually(
        type + " of " + callerNumber + " is in the journal",
        DEADLINE,
        () -> rowsOf(callerNumber).stream().anyMatch(row -> row.type() == type));
  }

  /// Waits until so many sounds were played to a phone, each to its end: it hears the other side
  /// again.
  public void tellsSounds(Phone phone, int sounds) {
    tellsSounds(phone.number(), sounds);
  }

  /// The same of the phone of an extension.
  public void tellsSounds(String extension, int sounds) {
    String channel = "PJSIP/" + extension + "-";
    eventually(
        extension + " has heard sounds",
        DEADLINE,
        () ->
            rows().stream()
                    .filter(row -> row.type() == Cel.STREAM_END)
                    .filter(row -> row.channel().startsWith(channel))
                    .count()
                == sounds);
  }

  private List<JournalEvent> rowsOf(String callerNumber) {
    List<JournalEvent> all = rows();
    Optional<String> call =
        all.stream()
            .filter(row -> row.type() == Cel.CHAN_START)
            .filter(row -> row.callerNumber().equals(callerNumber))
            .filter(row -> row.uniqueId().equals(row.linkedId()))
            .map(JournalEvent::linkedId)
            .reduce((before, last) -> last);
    return all.stream().filter(row -> call.filter(row.linkedId()::equals).isPresent()).toList();
  }

  public List<JournalEvent> rows() {
    try {
      byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      return JournalParser.parse(bytes, bytes.length, true).events();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
