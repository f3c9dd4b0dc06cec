package io.tamas.crm;

import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.tamas.undo.Trash;
import io.tamas.undo.Undoable;
import io.tamas.undo.Undone;
import java.util.Optional;

/// Fields of the phone book that were deleted. The values of profiles that were not written since
/// are still there, and are seen again.
public final class DeletedFields implements Undoable {
  private static final String KIND = "profile-field";

  static void keep(Transaction tx, ProfileField field) {
    Trash.open(tx, KIND, "profile-field:" + field.id(), field)
        .keep(tx, "profile_field", "t.id = $2", field.id());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    ProfileField field = Json.read(entry.facts().toString(), ProfileField.class);
    Optional<String> hindrance = ProfileFields.hindrance(tx, field.content());
    if (hindrance.isPresent()) {
      return new Undone.Changed(hindrance.get());
    }
    entry.bringBack(tx, "profile_field");
    ProfileFields.restored(tx, field);
    return new Undone.Restored();
  }
}
