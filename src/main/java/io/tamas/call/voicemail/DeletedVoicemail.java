package io.tamas.call.voicemail;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.call.record.RecordingId;
import io.tamas.call.recording.RecordingArchive;
import io.tamas.db.Transaction;
import io.tamas.number.ExtensionNumber;
import io.tamas.undo.Trash;
import io.tamas.undo.Undoable;
import io.tamas.undo.Undone;
import java.util.Map;
import java.util.Optional;

/// Messages that were deleted, with their audio. Nobody is notified of one again.
public final class DeletedVoicemail implements Undoable {
  private static final String KIND = "voicemail";

  private final RecordingArchive archive;
  private final String cell;

  public DeletedVoicemail(RecordingArchive archive, String cell) {
    this.archive = archive;
    this.cell = cell;
  }

  static void keep(Transaction tx, ExtensionNumber mailbox, RecordingId id, String cell) {
    Map<String, String> facts =
        Map.of("mailbox", mailbox.digits(), "recording", id.toString(), "cell", cell);
    Trash.open(tx, KIND, "voicemail:" + mailbox.digits() + "/" + id, facts);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    ExtensionNumber mailbox = new ExtensionNumber(entry.facts().get("mailbox").asText());
    RecordingId id = id(entry.facts());
    if (!Voicemails.restore(tx, mailbox, id)) {
      return new Undone.Changed("the mailbox is that of somebody else");
    }
    Optional<String> changed = archive.restore(tx, id);
    return changed.<Undone>map(Undone.Changed::new).orElseGet(Undone.Restored::new);
  }

  @Override
  public boolean forget(JsonNode facts) {
    boolean isHere = facts.get("cell").asText().equals(cell);
    if (isHere) {
      archive.deleteFiles(id(facts));
    }
    return isHere;
  }

  private static RecordingId id(JsonNode facts) {
    return RecordingId.parse(facts.get("recording").asText()).orElseThrow();
  }
}
