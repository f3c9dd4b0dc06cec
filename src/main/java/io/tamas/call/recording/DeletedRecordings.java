package io.tamas.call.recording;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.call.record.Recording;
import io.tamas.call.record.RecordingId;
import io.tamas.db.Transaction;
import io.tamas.undo.Trash;
import io.tamas.undo.Undoable;
import io.tamas.undo.Undone;
import java.util.Map;
import java.util.Optional;

/// Recordings that were deleted. Their files are deleted once they cannot come back any more, by
/// the cell that has them.
public final class DeletedRecordings implements Undoable {
  private static final String KIND = "recording";

  private final Recordings recordings;
  private final RecordingArchive archive;

  public DeletedRecordings(Recordings recordings, RecordingArchive archive) {
    this.recordings = recordings;
    this.archive = archive;
  }

  static void keep(Transaction tx, Recording deleted, String cell) {
    String id = deleted.recordingId().toString();
    Trash.open(tx, KIND, "recording:" + id, Map.of("recording", id, "cell", cell));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    return restored(archive.restore(tx, id(entry.facts())));
  }

  @Override
  public boolean forget(JsonNode facts) {
    boolean isHere = facts.get("cell").asText().equals(recordings.cell());
    if (isHere) {
      archive.deleteFiles(id(facts));
    }
    return isHere;
  }

  private static RecordingId id(JsonNode facts) {
    return RecordingId.parse(facts.get("recording").asText()).orElseThrow();
  }

  private static Undone restored(Optional<String> changed) {
    return changed.<Undone>map(Undone.Changed::new).orElseGet(Undone.Restored::new);
  }
}
