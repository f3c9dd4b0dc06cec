package io.tamas.user;

import io.tamas.db.Transaction;
import io.tamas.undo.Trash;
import io.tamas.undo.Undoable;
import io.tamas.undo.Undone;
import java.util.Map;
import java.util.Optional;

/// Users who were deleted. One comes back with the password; the sessions have ended.
public final class DeletedUsers implements Undoable {
  private static final String KIND = "user";

  static void keep(Transaction tx, String name) {
    Trash.open(tx, KIND, "user:" + name, Map.of("name", name))
        .keep(tx, "user_account", "t.name = $2", name);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    Optional<String> hindrance = Users.hindrance(tx, entry.facts().get("name").asText());
    if (hindrance.isPresent()) {
      return new Undone.Changed(hindrance.get());
    }
    entry.bringBack(tx, "user_account");
    return new Undone.Restored();
  }
}
