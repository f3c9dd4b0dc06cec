package io.tamas.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.audit.Audit.Action;
import io.tamas.audit.Audit.Change;
import io.tamas.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// Changes of the phone book for the audit log: which fields were changed, and of nobody what is in
/// them, because the log is kept for years and a profile may be deleted for good.
final class Audited {
  private Audited() {}

  static Change profile(long id, Action action) {
    return Change.of("profile", id, action);
  }

  static Change profile(Profile before, Profile after) {
    return profile(after.id(), Action.UPDATED)
        .after(Map.of("changed", changed(before.content(), after.content())));
  }

  /// One row for both.
  static Change merged(long other, Profile before, Profile after) {
    return profile(other, Action.MERGED)
        .after(Map.of("into", after.id(), "changed", changed(before.content(), after.content())));
  }

  static Change parted(long other, long from) {
    return profile(other, Action.RESTORED).after(Map.of("from", from));
  }

  static Change notSame(long id, long other, Action action) {
    return Change.of("not-same", id + "-" + other, action);
  }

  static Change note(ContactNote note, Action action) {
    return Change.of("note", note.id(), action).after(Map.of("profile", note.profile()));
  }

  static Change group(ProfileGroup group, Action action) {
    return Change.of("profile-group", group.id(), action).after(group);
  }

  static Change field(ProfileField field, Action action) {
    return Change.of("profile-field", field.id(), action).after(field);
  }

  private static List<String> changed(Object before, Object after) {
    JsonNode old = Json.tree(before);
    JsonNode now = Json.tree(after);
    TreeSet<String> names = new TreeSet<>();
    old.fieldNames().forEachRemaining(names::add);
    now.fieldNames().forEachRemaining(names::add);
    names.removeIf(name -> Objects.equals(old.get(name), now.get(name)));
    return List.copyOf(names);
  }
}
