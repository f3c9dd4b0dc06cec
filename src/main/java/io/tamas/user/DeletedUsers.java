package io.tamas.user;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.db.Transaction;
import io.tamas.undo.Trash;
import io.tamas.undo.Undoable;
import io.tamas.undo.Undone;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Users who were deleted. One comes back with the password, the one-time codes, the subject of the
/// issuer and the groups that are still there; the sessions have ended.
public final class DeletedUsers implements Undoable {
  private static final String KIND = "user";
  private static final List<String> MORE = List.of("user_code", "user_recovery_code");

  /// Another user may have been given the subject since.
  private static final String UNLESS_TAKEN =
      """
      not exists (select from user_open_id o where o.issuer = r.issuer and o.subject = r.subject)
      """;

  private static final String OF_USER = "t.account = (select id from user_account where name = $2)";

  private static final String GROUPS =
      """
      insert into user_group (account, name)
      select (k.content ->> 'account')::bigint, i.name
      from trash_row k
      join company_item i on i.kind = 'extension-group' and i.name = k.content ->> 'name'
      where k.trash = $1 and k.origin = 'user_group'
      """;

  static void keep(Transaction tx, String name) {
    Trash.Entry entry =
        Trash.open(tx, KIND, "user:" + name, Map.of("name", name))
            .keep(tx, "user_account", "t.name = $2", name)
            .keep(tx, "user_group", OF_USER, name);
    MORE.forEach(table -> entry.keep(tx, table, OF_USER, name));
    entry.keep(tx, "user_open_id", OF_USER, name);
    Trash.disown(tx, "user:" + name);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    String name = entry.facts().get("name").asText();
    Optional<String> hindrance = Users.hindrance(tx, name);
    if (hindrance.isPresent()) {
      return new Undone.Changed(hindrance.get());
    }
    entry.bringBack(tx, "user_account");
    MORE.forEach(table -> entry.bringBack(tx, table));
    entry.bringBack(tx, "user_open_id", UNLESS_TAKEN);
    tx.execute(GROUPS, Tuple.of(entry.id()));
    Audit.record(tx, Users.audited(name, Action.RESTORED));
    return new Undone.Restored();
  }
}
