package io.tamas.crm;

import io.tamas.db.Transaction;
import io.tamas.undo.Trash;
import io.vertx.sqlclient.Tuple;

/// The rows of one profile in the trash: itself, its numbers, its groups, and whom it is not.
final class KeptProfile {
  /// A user who was deleted since looks after nobody.
  private static final String WITHOUT_OWNER =
      """
      update trash_row k set content = k.content - 'owner_account'
      where k.trash = $1 and k.origin = 'profile'
        and not exists (
          select from user_account u where u.id = (k.content ->> 'owner_account')::bigint)
      """;

  private KeptProfile() {}

  static Trash.Entry keep(Transaction tx, Trash.Entry entry, long id) {
    return entry
        .keep(tx, "profile", "t.id = $2", id)
        .keep(tx, "profile_number", "t.profile = $2", id)
        .keep(tx, "profile_member", "t.profile = $2", id)
        .keep(tx, "profile_distinct", "$2 in (t.one, t.other)", id);
  }

  /// Groups that were deleted since have lost their members; who was deleted since is nobody to be
  /// told from.
  static void bringBack(Transaction tx, Trash.Entry entry) {
    tx.execute(WITHOUT_OWNER, Tuple.of(entry.id()));
    entry.bringBack(tx, "profile");
    entry.bringBack(tx, "profile_number");
    entry.bringBack(
        tx,
        "profile_member",
        "r.group_id in (select id from profile_group order by id for key share)");
    entry.bringBack(
        tx,
        "profile_distinct",
        "(select count(*) from profile p where p.id in (r.one, r.other)) = 2");
  }
}
