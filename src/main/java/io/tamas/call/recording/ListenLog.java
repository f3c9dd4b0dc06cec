package io.tamas.call.recording;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tamas.audit.Audit.Action;
import io.tamas.call.record.RecordingId;
import java.time.Duration;
import java.util.Optional;

/// Who listened, in the audit log. Players request a recording in many parts: each time from the
/// beginning is a row, and parts from elsewhere are one, unless there is a row of the last hour.
final class ListenLog {
  private static final Duration ONE_LISTENING = Duration.ofHours(1);
  private static final int LISTENERS = 10_000;
  private static final String FROM_THE_BEGINNING = "bytes=0-";

  private final RecordingArchive archive;
  private final Cache<Listening, Boolean> lately =
      Caffeine.newBuilder().maximumSize(LISTENERS).expireAfterWrite(ONE_LISTENING).build();

  private record Listening(String who, RecordingId recording) {}

  ListenLog(RecordingArchive archive) {
    this.archive = archive;
  }

  /// May wait.
  ///
  /// @param range the header field, whatever it says
  void requested(String who, RecordingId id, Optional<String> range) {
    Listening listening = new Listening(who, id);
    boolean goesOn =
        range.filter(part -> !part.startsWith(FROM_THE_BEGINNING)).isPresent()
            && lately.getIfPresent(listening) != null;
    if (!goesOn) {
      archive.logAccess(id, range.isPresent() ? Action.LISTENED : Action.DOWNLOADED);
      lately.put(listening, true);
    }
  }
}
