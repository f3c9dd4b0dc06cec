package io.tamas.company;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tamas.company.Company.Part;
import io.tamas.company.CompanyStored.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The changes that turn one company into another. Pure.
public record CompanyDiff(List<PartChange> changes) {

  public enum Change {
    CREATED,
    UPDATED,
    DELETED
  }

  /// @param fields what changes in a part that stays
  public record PartChange(PartKind kind, String key, Change change, List<FieldChange> fields) {}

  /// @param field a pointer (RFC 6901) into the part; a list is compared as one value
  /// @param before empty where the field had its default
  public record FieldChange(String field, Optional<JsonNode> before, Optional<JsonNode> after) {}

  public static CompanyDiff of(Company before, Company after) {
    Map<Key, Part> old = new LinkedHashMap<>();
    before.parts().forEach(part -> old.put(Key.of(part), part));
    List<PartChange> changes = new ArrayList<>();
    after
        .parts()
        .forEach(part -> {
          Part was = old.remove(Key.of(part));
          if (was == null) {
            changes.add(new PartChange(part.kind(), part.key(), Change.CREATED, List.of()));
          } else if (!was.equals(part)) {
            changes.add(new PartChange(part.kind(), part.key(), Change.UPDATED, fields(was, part)));
          }
        });
    old.keySet()
        .forEach(
            key -> changes.add(new PartChange(key.kind(), key.name(), Change.DELETED, List.of())));
    return new CompanyDiff(List.copyOf(changes));
  }

  /// Of this, what users can set by their phones, where something else was set before: do not
  /// disturb and forwards of extensions, and how schedules are switched.
  ///
  /// @param before what was set
  public record Ended(PartKind kind, String key, String field, JsonNode before) {}

  public List<Ended> ended() {
    return changes.stream()
        .flatMap(part ->
            part.fields().stream()
                .filter(field -> isSetByPhones(part.kind(), field.field()))
                .flatMap(field ->
                    field.before().stream()
                        .map(before -> new Ended(part.kind(), part.key(), field.field(), before))))
        .toList();
  }

  private static boolean isSetByPhones(PartKind kind, String field) {
    boolean ofExtension =
        field.equals("/doNotDisturb")
            || (field.startsWith("/forwards") && !field.equals("/forwards/noAnswerAfter"));
    return (kind == PartKind.EXTENSION && ofExtension)
        || (kind == PartKind.SCHEDULE && field.startsWith("/override"));
  }

  public int count(Change change) {
    return Math.toIntExact(changes.stream().filter(one -> one.change() == change).count());
  }

  List<Key> deleted() {
    return changes.stream()
        .filter(one -> one.change() == Change.DELETED)
        .map(one -> new Key(one.kind(), one.key()))
        .toList();
  }

  private static List<FieldChange> fields(Part before, Part after) {
    List<FieldChange> changes = new ArrayList<>();
    compare("", PartWriter.tree(before), PartWriter.tree(after), changes);
    return List.copyOf(changes);
  }

  private static void compare(
      String pointer, ObjectNode before, ObjectNode after, List<FieldChange> changes) {
    TreeSet<String> names = new TreeSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    for (String name : names) {
      JsonNode old = before.get(name);
      JsonNode now = after.get(name);
      String at = pointer + "/" + YamlTree.escaped(name);
      if (old instanceof ObjectNode one && now instanceof ObjectNode other) {
        compare(at, one, other, changes);
      } else if (old == null || !old.equals(now)) {
        changes.add(new FieldChange(at, Optional.ofNullable(old), Optional.ofNullable(now)));
      }
    }
  }
}
