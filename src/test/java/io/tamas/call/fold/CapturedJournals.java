package io.tamas.call.fold;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.JournalParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/// Journals that a real Asterisk wrote: `src/test/resources/calls`, one call each.
public final class CapturedJournals {
  private CapturedJournals() {}

  /// Folds a call as the server does while it is in progress: a record for each event. Returns how
  /// many.
  public static int countEvents(List<JournalEvent> rows) {
    CallFold call = new CallFold(rows.getFirst());
    int events = 0;
    for (JournalEvent row : rows) {
      for (CallFold.Moment _ : call.apply(row)) {
        events += call.record().isPresent() ? 1 : 0;
      }
    }
    return events;
  }

  public static List<JournalEvent> rows(String call) {
    byte[] bytes = bytes(call);
    JournalParser.Parsed parsed = JournalParser.parse(bytes, bytes.length, true);
    if (!parsed.rejects().isEmpty()) {
      throw new IllegalStateException(call + ": " + parsed.rejects());
    }
    return parsed.events();
  }

  public static byte[] bytes(String call) {
    try (InputStream file = CapturedJournals.class.getResourceAsStream("/calls/" + call + ".csv")) {
      if (file == null) {
        throw new IllegalArgumentException("no captured journal " + call);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
