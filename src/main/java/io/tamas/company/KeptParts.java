package io.tamas.company;

import io.tamas.company.Company.Part;
import io.tamas.company.CompanyStored.Key;
import io.tamas.db.Transaction;
import io.tamas.undo.Trash;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// The rows of parts in an entry of the trash.
final class KeptParts {
  private static final String TABLE = "company_item";

  private static final String BODIES =
      """
      select content ->> 'kind' as kind, (content -> 'body')::text as body
      from trash_row
      where trash = $1 and content ->> 'kind' <> 'trunk-credential'
      order by position
      """;

  /// What belongs to a part since it exists still does.
  private static final String CREATED =
      """
      update company_item i set created_at = (k.content ->> 'created_at')::timestamptz
      from trash_row k
      where k.trash = $1 and i.kind = k.content ->> 'kind' and i.name = k.content ->> 'name'
      """;

  /// Supervisors who are there still.
  private static final String SUPERVISORS =
      """
      insert into user_group (account, name)
      select u.id, k.content ->> 'name'
      from trash_row k
      join user_account u on u.id = (k.content ->> 'account')::bigint
      where k.trash = $1 and k.origin = 'user_group'
      on conflict do nothing
      """;

  private KeptParts() {}

  /// A trunk with the password with which it registers; that of a phone is never seen again. A
  /// group of extensions with those who supervise it.
  static void keep(Transaction tx, Trash.Entry entry, Collection<Key> keys) {
    String[] names =
        keys.stream()
            .flatMap(key -> Stream.of(name(key.kind().singular(), key), credential(key)))
            .toArray(String[]::new);
    entry.keep(tx, TABLE, "t.kind || ' ' || t.name = any($2)", names);
    entry.keep(tx, "user_group", "t.part_kind || ' ' || t.name = any($2)", names);
  }

  private static String credential(Key key) {
    return key.kind() == PartKind.TRUNK
        ? name("trunk-credential", key)
        : name(key.kind().singular(), key);
  }

  private static String name(String kind, Key key) {
    return kind + " " + key.name();
  }

  static List<Part> parts(Transaction tx, Trash.Entry entry) {
    return tx.execute(BODIES, Tuple.of(entry.id())).stream()
        .map(row ->
            PartReader.stored(
                PartKind.ofSingular(row.getString("kind")).orElseThrow(), row.getString("body")))
        .toList();
  }

  /// Completes parts that have been written again.
  static void complete(Transaction tx, Trash.Entry entry) {
    tx.execute(CREATED, Tuple.of(entry.id()));
    tx.execute(SUPERVISORS, Tuple.of(entry.id()));
    entry.bringBack(
        tx,
        TABLE,
        "r.kind = 'trunk-credential' and not exists (select from company_item i where i.kind = r.kind and i.name = r.name)");
  }
}
