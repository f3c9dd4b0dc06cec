package io.tamas.crm;

import io.tamas.db.Transaction;
import io.tamas.event.Outbox;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;

/// Groups of the phone book that come with an import, and go with its undo. They are in no log of
/// changes but in the list of imports.
public final class ImportedGroups {
  private static final String DELETE_UNUSED =
      """
      delete from profile_group g
      where g.id = any($1) and g.version = 1
        and not exists (select from profile_member m where m.group_id = g.id)
        and not exists (select from profile_field f where f.group_id = g.id)
      returning id, name, version
      """;

  private ImportedGroups() {}

  /// Keeps all other changes of groups waiting until the end of the transaction.
  public static void alone(Transaction tx) {
    tx.execute(ProfileGroups.LOCK, Tuple.tuple());
  }

  /// Makes groups of names that none has, in the order of the names.
  public static List<ProfileGroup> make(Transaction tx, List<String> names) {
    return names.stream()
        .map(name -> tx.execute(ProfileGroups.INSERT, Tuple.of(name)).iterator().next())
        .map(ProfileGroups::group)
        .toList();
  }

  /// Publishes that they were made; among the last statements of a transaction, as it keeps others
  /// from publishing.
  public static void tell(Transaction tx, List<ProfileGroup> made) {
    tell(tx, PhoneBookEvents.Change.CREATED, made);
  }

  /// Deletes those that nobody has changed and that have neither profiles nor fields.
  public static void deleteUnused(Transaction tx, Collection<Long> ids) {
    if (ids.isEmpty()) {
      return;
    }
    alone(tx);
    Tuple values = Tuple.tuple().addArrayOfLong(ids.toArray(Long[]::new));
    List<ProfileGroup> deleted =
        tx.execute(DELETE_UNUSED, values).stream().map(ProfileGroups::group).toList();
    tell(tx, PhoneBookEvents.Change.DELETED, deleted);
  }

  private static void tell(
      Transaction tx, PhoneBookEvents.Change change, List<ProfileGroup> groups) {
    if (!groups.isEmpty()) {
      tx.await(
          Outbox.append(
              tx.connection(),
              groups.stream().map(group -> PhoneBookEvents.of(change, group)).toList()));
    }
  }
}
