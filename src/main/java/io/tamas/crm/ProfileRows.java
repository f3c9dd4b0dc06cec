package io.tamas.crm;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.crm.Profile.Kind;
import io.tamas.json.Json;
import io.tamas.number.PhoneNumber;
import io.tamas.text.Folding;
import io.tamas.text.Printable;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Profiles to and from rows of the tables `profile` and `profile_number`.
final class ProfileRows {
  private ProfileRows() {}

  /// @param row of [ProfileSearch#ALL]
  static Profile profile(Row row) {
    return new Profile(
        row.getLong("id"),
        new Profile.Content(
            Kind.ofWord(row.getString("kind")),
            name(row),
            Optional.ofNullable(row.getLong("organisation")),
            Optional.ofNullable(row.getString("category")),
            Optional.ofNullable(row.getString("owner")),
            numbers(row.getString("numbers")),
            List.of(row.getArrayOfStrings("emails")),
            Optional.ofNullable(row.getString("address")),
            List.of(row.getArrayOfLongs("groups")),
            fields(row.getString("fields")),
            List.of(Json.read(row.getString("field_values"), FieldValue[].class))),
        Optional.ofNullable(row.getString("organisation_name")).map(Printable::visible),
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

  /// A number as it is stored.
  private record Stored(
      PhoneNumber number, Optional<NumberType> type, String label, boolean main, int priority) {
    Profile.Number read() {
      return new Profile.Number(
          number, type.orElseGet(() -> NumberType.ofLabel(label)), label, main, priority);
    }
  }

  private static List<Profile.Number> numbers(String json) {
    return NumberDraft.withMain(
        Stream.of(Json.read(json, Stored[].class)).map(Stored::read).toList());
  }

  private static Map<String, String> fields(String json) {
    Map<String, String> fields = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : Json.read(json, JsonNode.class).properties()) {
      fields.put(field.getKey(), field.getValue().asText());
    }
    return fields;
  }

  static String text(Kind kind) {
    return switch (kind) {
      case PERSON -> "person";
      case ORGANISATION -> "organisation";
    };
  }

  /// kind, name, search, folding, category, owner, fields, organisation, emails, emails_search,
  /// address, field_values.
  static Tuple content(Profile.Content content) {
    return Tuple.of(
            text(content.kind()),
            content.name(),
            Folding.fold(content.name()),
            Folding.VERSION,
            content.category().orElse(null),
            content.owner().orElse(null))
        .addString(Json.write(content.fields()))
        .addLong(content.organisation().orElse(null))
        .addArrayOfString(content.emails().toArray(String[]::new))
        .addString(emailsSearch(content.emails()))
        .addString(content.address().orElse(null))
        .addString(Json.write(content.values()));
  }

  static @Nullable String emailsSearch(List<String> emails) {
    return emails.isEmpty() ? null : String.join("\n", emails).toLowerCase(Locale.ROOT);
  }

  /// profile, numbers, labels, priorities, types, which is the main one.
  static Tuple numbers(Profile profile) {
    List<Profile.Number> numbers = profile.numbers();
    return Tuple.of(
            profile.id(),
            texts(numbers),
            numbers.stream().map(Profile.Number::label).toArray(String[]::new),
            numbers.stream().map(Profile.Number::priority).toArray(Integer[]::new),
            numbers.stream().map(number -> number.type().name()).toArray(String[]::new))
        .addArrayOfBoolean(numbers.stream().map(Profile.Number::main).toArray(Boolean[]::new));
  }

  static String[] texts(List<Profile.Number> numbers) {
    return numbers.stream().map(number -> number.number().e164()).toArray(String[]::new);
  }
}
