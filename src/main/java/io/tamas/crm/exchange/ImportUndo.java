package io.tamas.crm.exchange;

import io.tamas.crm.ImportedGroups;
import io.tamas.crm.Profile;
import io.tamas.crm.ProfileBulk;
import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/// Brings back what profiles were before an import, and deletes those that it has made, in batches.
/// What was changed since stays, and so does what is used: a profile with notes, or with persons of
/// others.
final class ImportUndo {
  private static final int AT_A_TIME = 500;

  private static final String CHANGES =
      """
      select profile, version, before::text as before from profile_import_change
      where import = $1 and before is not null
      order by profile
      limit $2
      """;

  private static final String FORGET_CHANGES =
      "delete from profile_import_change where import = $1 and profile = any($2)";

  /// The last first: an organisation was made before its persons.
  private static final String BATCH =
      """
      select row_number, created from profile_import_batch
      where import = $1
      order by row_number desc
      limit 1
      """;

  private static final String FORGET_BATCH =
      "delete from profile_import_batch where import = $1 and row_number = $2";

  private static final String UNTOUCHED =
      """
      delete from profile p
      using (
        select p.id from profile p
        left join profile_import_change c on c.import = $1 and c.profile = p.id
        where p.id = any($2) and p.version = coalesce(c.version, 1) and (p.kind = 'person') = $3
          and not exists (select from profile_note n where n.profile = p.id)
          and not exists (select from profile q where q.organisation = p.id)
        order by p.id
        for update of p
      ) gone
      where p.id = gone.id
      """;

  private static final String LEFT =
      "select id from profile where id = any($1) order by id for key share";

  private static final String KEPT =
      """
      update profile_import
      set kept = kept + cardinality($2::bigint[]), kept_profiles = (kept_profiles || $2)[1:1000]
      where id = $1
      """;

  private final Imports imports;

  ImportUndo(Imports imports) {
    this.imports = imports;
  }

  /// @param goesOn asked after each batch
  void run(Import one, BooleanSupplier goesOn) {
    boolean isDone = false;
    while (!isDone && goesOn.getAsBoolean()) {
      isDone = imports.database().inTransaction(tx -> step(tx, one.id()));
    }
  }

  /// Whether nothing is left to do.
  private boolean step(Transaction tx, long id) {
    if (imports.lock(tx, id, ImportState.UNDOING).isEmpty()) {
      return true;
    }
    List<Row> changes = tx.execute(CHANGES, Tuple.of(id, AT_A_TIME)).stream().toList();
    if (!changes.isEmpty()) {
      restore(tx, id, changes);
      return false;
    }
    Optional<Row> batch = tx.execute(BATCH, Tuple.of(id)).stream().findFirst();
    if (batch.isPresent()) {
      delete(tx, id, batch.get());
      return false;
    }
    ImportedGroups.deleteUnused(tx, imports.madeGroups(tx, id));
    imports.end(tx, id, ImportState.UNDONE);
    return true;
  }

  private static void restore(Transaction tx, long id, List<Row> changes) {
    Map<Long, Row> byProfile = new TreeMap<>();
    changes.forEach(row -> byProfile.put(row.getLong("profile"), row));
    ProfileBulk bulk = new ProfileBulk(tx);
    Map<Long, Profile> now = new HashMap<>(bulk.lock(byProfile.keySet()));
    PhoneBook book = PhoneBooks.of(tx);
    Map<Long, Profile.Content> restored = new LinkedHashMap<>();
    byProfile.forEach((profile, row) -> {
      if (now.containsKey(profile) && now.get(profile).version() == row.getLong("version")) {
        restored.put(
            profile, book.existing(Json.read(row.getString("before"), Profile.Content.class)));
        now.remove(profile);
      }
    });
    bulk.update(restored);
    keep(tx, id, now.keySet().toArray(Long[]::new));
    tx.execute(
        FORGET_CHANGES, Tuple.of(id).addArrayOfLong(byProfile.keySet().toArray(Long[]::new)));
  }

  private static void delete(Transaction tx, long id, Row batch) {
    Long[] made = batch.getArrayOfLongs("created");
    for (boolean persons : new boolean[] {true, false}) {
      tx.execute(UNTOUCHED, Tuple.of(id).addArrayOfLong(made).addBoolean(persons));
    }
    Long[] left =
        tx.execute(LEFT, Tuple.tuple().addArrayOfLong(made)).stream()
            .map(row -> row.getLong("id"))
            .toArray(Long[]::new);
    keep(tx, id, left);
    tx.execute(FORGET_CHANGES, Tuple.of(id).addArrayOfLong(made));
    tx.execute(FORGET_BATCH, Tuple.of(id, batch.getLong("row_number")));
  }

  private static void keep(Transaction tx, long id, Long[] profiles) {
    if (profiles.length > 0) {
      tx.execute(KEPT, Tuple.of(id).addArrayOfLong(profiles));
    }
  }
}
