package io.tamas.hook;

import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.tamas.undo.Trash;
import io.tamas.undo.Undoable;
import io.tamas.undo.Undone;
import java.util.Map;
import java.util.Optional;

/// Webhooks that were deleted. One comes back with its secret and with what waited for it, but
/// without what happened meanwhile.
public final class DeletedWebhooks implements Undoable {
  private static final String KIND = "webhook";

  private final Runnable changed;

  private record Facts(long id, String name) {}

  /// @param changed is told of each that comes back
  public DeletedWebhooks(Runnable changed) {
    this.changed = changed;
  }

  static void keep(Transaction tx, long id, String name) {
    Trash.open(tx, KIND, "webhook:" + name, Map.of("id", id, "name", name));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    Facts facts = Json.read(entry.facts().toString(), Facts.class);
    return Webhooks.restore(tx, facts.id(), facts.name())
        .<Undone>map(Undone.Changed::new)
        .orElseGet(() -> new Undone.Restored(Optional.empty(), changed));
  }
}
