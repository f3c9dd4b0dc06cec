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

  private record Facts(long id, ProfileField.Content content, long version) {}

  static void keep(Transaction tx, ProfileField field) {
    Facts facts = new Facts(field.id(), field.content(), field.version());
    Trash.open(tx, KIND, "profile-field:" + field.id(), facts)
        .keep(tx, "profile_field", "t.id = $2", field.id());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    Facts facts = Json.read(entry.facts().toString(), Facts.class);
    ProfileField field = new ProfileField(facts.id(), facts.content(), facts.version());
    Optional<String> hindrance = ProfileFields.hindrance(tx, field.content());
    if (hindrance.isPresent()) {
      return new Undone.Changed(hindrance.get());
    }
    entry.bringBack(tx, "profile_field");
    ProfileFields.restored(tx, field);
    return new Undone.Restored();
  }
}
