package io.tamas.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.crm.Profile.Kind;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.tamas.text.Folding;
import io.tamas.text.Printable;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Profiles to and from rows of the tables `profile` and `profile_number`.
final class ProfileRows {
  private ProfileRows() {}

  static Profile profile(Row row) {
    return new Profile(
        row.getLong("id"),
        kind(row.getString("kind")),
        name(row),
        Optional.ofNullable(row.getString("category")),
        Optional.ofNullable(row.getString("owner")).map(ExtensionNumber::new),
        List.of(Json.read(row.getString(10), Profile.Number[].class)),
        fields(row.getString(5)),
        row.getLong("version"),
        instant(row, "created_at"),
        instant(row, "updated_at"));
  }

  /// One of before may have characters without a shape.
  static String name(Row row) {
    return Printable.visible(row.getString("name"));
  }

  static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  private static Kind kind(String text) {
    return text.equals("person") ? Kind.PERSON : Kind.ORGANISATION;
  }

  private static Map<String, String> fields(String json) {
    Map<String, String> fields = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : Json.read(json, JsonNode.class).properties()) {
      fields.put(field.getKey(), field.getValue().asText());
    }
    return fields;
  }

  /// kind, name, search, folding, category, owner, fields.
  static Tuple content(Profile.Content content) {
    return Tuple.of(
        switch (content.kind()) {
          case PERSON -> "person";
          case ORGANISATION -> "organisation";
        },
        content.name(),
        Folding.fold(content.name()),
        Folding.VERSION,
        content.category().orElse(null),
        content.owner().map(ExtensionNumber::digits).orElse(null),
        Json.write(content.fields()));
  }

  /// profile, numbers, labels, priorities.
  static Tuple numbers(Profile profile) {
    List<Profile.Number> numbers = profile.numbers();
    return Tuple.of(
        profile.id(),
        texts(numbers),
        numbers.stream().map(Profile.Number::label).toArray(String[]::new),
        numbers.stream().map(Profile.Number::priority).toArray(Integer[]::new));
  }

  static String[] texts(List<Profile.Number> numbers) {
    return numbers.stream().map(number -> number.number().e164()).toArray(String[]::new);
  }
}
