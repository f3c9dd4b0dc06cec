package io.tamas.crm;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.db.Transaction;
import io.tamas.event.Outbox;
import io.tamas.undo.Trash;
import io.tamas.undo.Undoable;
import io.tamas.undo.Undone;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;

/// Profiles that were deleted, with their numbers, groups, values and notes.
public final class DeletedProfiles implements Undoable {
  private static final String KIND = "profile";

  private static final String OTHER =
      "select from profile where made_for = (select content ->> 'made_for' from trash_row where trash = $1 and origin = 'profile')";

  static void keep(Transaction tx, long id) {
    KeptProfile.keep(tx, Trash.open(tx, KIND, "profile:" + id, Map.of("id", id)), id)
        .keep(tx, "profile_note", "t.profile = $2", id);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    if (tx.execute(OTHER, Tuple.of(entry.id())).size() > 0) {
      return new Undone.Changed("another profile was made for its number");
    }
    KeptProfile.bringBack(tx, entry);
    entry.bringBack(tx, "profile_note");
    long id = entry.facts().get("id").asLong();
    Profile restored = Profiles.find(tx, id).orElseThrow();
    Audit.record(tx, Audited.profile(id, Action.RESTORED));
    tx.await(Outbox.append(tx.connection(), List.of(ProfileEvents.created(restored))));
    return new Undone.Restored();
  }
}
