package io.tamas.crm;

import io.tamas.db.Transaction;
import io.tamas.undo.Trash;
import io.tamas.undo.Undoable;
import io.tamas.undo.Undone;
import java.util.Map;
import java.util.Optional;

/// Groups of the phone book that were deleted, with their fields and members.
public final class DeletedGroups implements Undoable {
  private static final String KIND = "profile-group";

  static void keep(Transaction tx, ProfileGroup group) {
    long id = group.id();
    Trash.open(tx, KIND, "profile-group:" + id, Map.of("id", id, "name", group.name()))
        .keep(tx, "profile_group", "t.id = $2", id)
        .keep(tx, "profile_field", "t.group_id = $2", id)
        .keep(tx, "profile_member", "t.group_id = $2", id);
  }

  @Override
  public String kind() {
    return KIND;
  }

  /// Profiles that were deleted since are no members.
  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    Optional<String> hindrance = ProfileGroups.hindrance(tx, entry.facts().get("name").asText());
    if (hindrance.isPresent()) {
      return new Undone.Changed(hindrance.get());
    }
    entry.bringBack(tx, "profile_group");
    entry.bringBack(tx, "profile_field");
    entry.bringBack(
        tx, "profile_member", "r.profile in (select id from profile order by id for key share)");
    ProfileGroups.restored(tx, entry.facts().get("id").asLong());
    return new Undone.Restored();
  }
}
