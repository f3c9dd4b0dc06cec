package io.tamas.crm;

import io.tamas.audit.Audit;
import io.tamas.db.Transaction;
import io.tamas.event.Outbox;
import io.tamas.json.Json;
import io.tamas.undo.Trash;
import io.tamas.undo.Undoable;
import io.tamas.undo.Undone;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/// Parts profiles again that were merged: the one is there again with its numbers, groups, persons
/// and notes, and the other as it was, without what was deleted meanwhile. What was written about
/// the one that stayed meanwhile stays with it, and who was given another organisation keeps it.
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
  /// @param persons who belonged to the other, also those in the trash
  /// @param notes of the other, also those in the trash
  private record Facts(
      Profile.Content before,
      long into,
      long version,
      long other,
      List<Long> persons,
      List<Long> notes) {}

  static void keep(Transaction tx, Profile into, long other, List<Long> persons, List<Long> notes) {
    Facts facts = new Facts(into.content(), into.id(), into.version() + 1, other, persons, notes);
    KeptProfile.keep(tx, Trash.open(tx, KIND, "profile:" + other, facts), other);
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Undone restore(Transaction tx, Trash.Entry entry) {
    Facts facts = Json.read(entry.facts().toString(), Facts.class);
    boolean isLocked = tx.execute(LOCK, Tuple.of(facts.into)).size() > 0;
    Profile now = isLocked ? Profiles.find(tx, facts.into).orElse(null) : null;
    if (now == null) {
      return new Undone.Changed("profile " + facts.into + " was deleted or merged");
    }
    if (now.version() != facts.version) {
      return new Undone.Changed("profile " + facts.into + " was written");
    }
    Profile.Content before = Remaining.of(tx, facts.before);
    if (profiles.write(tx, now, before, before.values())
        instanceof Change.Refused<Profile>(String why)) {
      return new Undone.Changed(why);
    }
    KeptProfile.bringBack(tx, entry);
    MergedContacts.PERSONS.moveBack(tx, facts.persons, facts.into, facts.other);
    MergedContacts.NOTES.moveBack(tx, facts.notes, facts.into, facts.other);
    tx.execute(SPLIT, Tuple.of(facts.other));
    Audit.record(tx, Audited.parted(facts.other, facts.into));
    Profile again = Profiles.find(tx, facts.other).orElseThrow();
    tx.await(Outbox.append(tx.connection(), List.of(ProfileEvents.created(again))));
    return new Undone.Restored();
  }
}
