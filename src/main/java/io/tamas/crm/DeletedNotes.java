package io.tamas.crm;

import io.tamas.db.Transaction;
import io.tamas.undo.Trash;
import io.tamas.undo.Undoable;
import io.tamas.undo.Undone;
import io.vertx.sqlclient.Tuple;
import java.util.Map;

/// Notes about profiles that were deleted.
public final class DeletedNotes implements Undoable {
  private static final String KIND = "note";

  /// The profile that it was about may have been merged since.
  private static final String OF =
      """
      select (content ->> 'profile')::bigint as profile
      from trash_row where trash = $1 and origin = 'profile_note'
      """;

  private static final String PROFILE = "select from profile where id = $1 for key share";

  static void keep(Transaction tx, ContactNote note) {
    Map<String, Long> facts = Map.of("id", note.id());
    Trash.open(tx, KIND, "note:" + note.id(), facts)
        .keep(tx, "profile_note", "t.id = $2", note.id());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    long profile = tx.execute(OF, Tuple.of(entry.id())).iterator().next().getLong("profile");
    if (tx.execute(PROFILE, Tuple.of(profile)).size() == 0) {
      return new Undone.Changed("profile " + profile + " was deleted");
    }
    entry.bringBack(tx, "profile_note");
    ContactNotes.restored(tx, profile, entry.facts().get("id").asLong());
    return new Undone.Restored();
  }
}
