package io.tamas.crm;

import io.tamas.db.Transaction;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a profile was, without what it refers to and what was deleted since. An organisation that
/// was merged is that into which it was.
final class Remaining {
  private static final String REMAINING =
      """
      select array(select id from profile_group where id = any($1)) as groups,
             array(select id from profile_field where id = any($2)) as fields,
             (select id from profile where id = $3 and kind = 'organisation') as organisation,
             (select name from user_account where name = $4) as owner
      """;

  private Remaining() {}

  static Profile.Content of(Transaction tx, Profile.Content was) {
    Optional<Long> organisation = was.organisation().map(id -> MergedIds.into(tx, id).orElse(id));
    Tuple values =
        Tuple.tuple()
            .addArrayOfLong(was.groups().toArray(Long[]::new))
            .addArrayOfLong(was.values().stream().map(FieldValue::field).toArray(Long[]::new))
            .addLong(organisation.orElse(null))
            .addString(was.owner().orElse(null));
    Row row = tx.execute(REMAINING, values).iterator().next();
    Set<Long> fields = Set.of(row.getArrayOfLongs("fields"));
    return new Profile.Content(
        was.kind(),
        was.name(),
        Optional.ofNullable(row.getLong("organisation")),
        was.category(),
        Optional.ofNullable(row.getString("owner")),
        was.numbers(),
        was.emails(),
        was.address(),
        List.of(row.getArrayOfLongs("groups")),
        was.fields(),
        was.values().stream().filter(value -> fields.contains(value.field())).toList());
  }
}
