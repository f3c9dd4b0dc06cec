package io.tamas.crm;

import io.tamas.db.Transaction;
import io.tamas.event.Outbox;
import io.tamas.json.Json;
import io.tamas.undo.Trash;
import io.tamas.undo.Undoable;
import io.tamas.undo.Undone;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/// Parts profiles again that were merged: the one is there again with its numbers, groups and
/// notes, and the other as it was. What was written about the one that stayed meanwhile stays with
/// it.
public final class UndoneMerges implements Undoable {
  private static final String KIND = "profile-merge";

  private static final String LOCK = "select from profile where id = $1 for update";
  private static final String SPLIT = "delete from profile_merge where profile = $1";

  private final Profiles profiles;

  public UndoneMerges(Profiles profiles) {
    this.profiles = profiles;
  }

  /// @param before the one that stays, as it was
  /// @param other the one that is merged into it
  /// @param persons who belonged to the other
  /// @param notes of the other
  private record Facts(
      Profile.Content before,
      long into,
      long version,
      long other,
      List<Long> persons,
      List<Long> notes) {}

  static void keep(Transaction tx, Profile into, long other, List<Long> persons, List<Long> notes) {
    Facts facts = new Facts(into.content(), into.id(), into.version() + 1, other, persons, notes);
    Trash.open(tx, KIND, "profile:" + other, facts)
        .keep(tx, "profile", "t.id = $2", other)
        .keep(tx, "profile_number", "t.profile = $2", other)
        .keep(tx, "profile_member", "t.profile = $2", other)
        .keep(tx, "profile_distinct", "$2 in (t.one, t.other)", other);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    Facts facts = Json.read(entry.facts().toString(), Facts.class);
    tx.execute(LOCK, Tuple.of(facts.into));
    Profile now = Profiles.find(tx, facts.into).orElse(null);
    if (now == null) {
      return new Undone.Changed("profile " + facts.into + " was deleted or merged");
    }
    if (now.version() != facts.version) {
      return new Undone.Changed("profile " + facts.into + " was written");
    }
    if (profiles.write(tx, now, facts.before, facts.before.values())
        instanceof Change.Refused<Profile>(String why)) {
      return new Undone.Changed(why);
    }
    bringBack(tx, entry);
    ProfileMerges.movePersons(tx, facts.persons, facts.other);
    ProfileMerges.moveNotes(tx, facts.notes, facts.other);
    tx.execute(SPLIT, Tuple.of(facts.other));
    Profile again = Profiles.find(tx, facts.other).orElseThrow();
    tx.await(Outbox.append(tx.connection(), List.of(ProfileEvents.created(again))));
    return new Undone.Restored();
  }

  /// Groups that were deleted since have lost their members.
  private static void bringBack(Transaction tx, Trash.Entry entry) {
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
