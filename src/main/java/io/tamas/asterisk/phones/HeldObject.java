package io.tamas.asterisk.phones;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.asterisk.ari.AriResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// An object as Asterisk holds it: its fields in the form in which Asterisk returns them, each with
/// all its values; an empty value is none. Pure.
record HeldObject(Map<String, List<String>> fields) {
  static final HeldObject EMPTY = new HeldObject(Map.of());

  /// Of the answer to a `GET` or `PUT`; empty if there is no such object.
  ///
  /// @throws io.tamas.asterisk.ari.AriFault if the answer cannot be read
  static Optional<HeldObject> of(AriResponse answer) {
    if (!answer.ok()) {
      return Optional.empty();
    }
    Map<String, List<String>> fields = new HashMap<>();
    for (JsonNode field : answer.json()) {
      List<String> values =
          fields.computeIfAbsent(field.path("attribute").asText(), _ -> new ArrayList<>());
      String value = field.path("value").asText();
      if (!value.isEmpty()) {
        values.add(value);
      }
    }
    return Optional.of(new HeldObject(fields));
  }

  List<String> values(String attribute) {
    return fields.getOrDefault(attribute, List.of());
  }

  /// Without one each of the given values of a field.
  HeldObject without(String attribute, Collection<String> values) {
    List<String> left = new ArrayList<>(values(attribute));
    values.forEach(left::remove);
    Map<String, List<String>> rest = new HashMap<>(fields);
    rest.put(attribute, left);
    return new HeldObject(rest);
  }

  /// The fields that are not as desired; those that are not given must have their default.
  ///
  /// @param defaults of the fields that are known to have one
  SortedSet<String> differing(PjsipObject desired, HeldObject defaults) {
    SortedSet<String> differing = new TreeSet<>();
    desired.fields().stream()
        .map(PjsipObject.Field::attribute)
        .filter(attribute -> !isHeld(desired, attribute))
        .forEach(differing::add);
    defaults
        .fields()
        .forEach((attribute, values) -> {
          if (!desired.has(attribute) && !sorted(values).equals(sorted(values(attribute)))) {
            differing.add(attribute);
          }
        });
    return differing;
  }

  private boolean isHeld(PjsipObject desired, String attribute) {
    List<String> held = sorted(values(attribute));
    List<String> wanted = sorted(desired.values(attribute));
    return held.size() == wanted.size()
        && Stream.iterate(0, i -> i < held.size(), i -> i + 1)
            .allMatch(i -> FieldForm.isSame(desired.type(), attribute, wanted.get(i), held.get(i)));
  }

  private static List<String> sorted(Collection<String> values) {
    List<String> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted;
  }
}
