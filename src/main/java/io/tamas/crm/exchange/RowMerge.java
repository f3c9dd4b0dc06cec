package io.tamas.crm.exchange;

import io.tamas.crm.FieldValue;
import io.tamas.crm.Profile;
import io.tamas.crm.Profile.Kind;
import io.tamas.number.PhoneNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What a profile is after a row was imported. Pure.
///
/// @param book the fields and groups that there are
record RowMerge(PhoneBook book) {
  private static final int MOST_EMAILS = 20;
  private static final int MOST_GROUPS = 50;
  private static final int MOST_TEXTS = 50;
  private static final int MOST_VALUES = 500;

  /// @param organisation the id of the one that the row names
  /// @throws RefusedRow if there cannot be such a profile
  Profile.Content created(RowContent row, Optional<Long> organisation) {
    return sound(
        new Profile.Content(
                row.kind().orElse(Kind.PERSON),
                row.name(),
                organisation,
                row.category(),
                row.owner(),
                List.of(),
                row.emails(),
                row.address(),
                row.groups(),
                row.texts(),
                values(row.values()))
            .withNumbers(row.numbers()));
  }

  /// @throws RefusedRow if the profile cannot become so
  Profile.Content changed(
      Profile.Content before, RowContent row, Optional<Long> organisation, WhenKnown how) {
    if (how == WhenKnown.SKIP) {
      return before;
    }
    if (row.kind().isPresent() && row.kind().get() != before.kind()) {
      throw new RefusedRow(
          0,
          "the profile that it fits is "
              + (before.kind() == Kind.PERSON ? "a person" : "an organisation"));
    }
    if (organisation.isPresent() && before.kind() == Kind.ORGANISATION) {
      throw new RefusedRow(0, "only a person belongs to an organisation, and it fits one");
    }
    boolean update = how == WhenKnown.UPDATE;
    return sound(
        new Profile.Content(
                before.kind(),
                update ? row.name() : before.name(),
                one(before.organisation(), organisation, update),
                one(before.category(), row.category(), update),
                one(before.owner(), row.owner(), update),
                List.of(),
                emails(before.emails(), row.emails(), update),
                one(before.address(), row.address(), update),
                groups(before.groups(), row.groups(), update),
                texts(before.fields(), row.texts(), update),
                values(values(before.values(), row.values(), update)))
            .withNumbers(numbers(before.numbers(), row.numbers(), update)));
  }

  private static <T> Optional<T> one(Optional<T> before, Optional<T> given, boolean update) {
    return update ? given.or(() -> before) : before.or(() -> given);
  }

  private static List<Profile.Number> numbers(
      List<Profile.Number> before, List<Profile.Number> given, boolean update) {
    if (given.isEmpty() || update) {
      return given.isEmpty() ? before : given;
    }
    Map<PhoneNumber, Profile.Number> all = new LinkedHashMap<>();
    before.forEach(number -> all.put(number.number(), number));
    given.forEach(number -> all.putIfAbsent(number.number(), number.withMain(false)));
    return List.copyOf(all.values());
  }

  private static List<String> emails(List<String> before, List<String> given, boolean update) {
    if (given.isEmpty() || update) {
      return given.isEmpty() ? before : given;
    }
    Map<String, String> all = new LinkedHashMap<>();
    before.forEach(email -> all.put(email.toLowerCase(Locale.ROOT), email));
    given.forEach(email -> all.putIfAbsent(email.toLowerCase(Locale.ROOT), email));
    return List.copyOf(all.values());
  }

  private static List<Long> groups(List<Long> before, List<Long> given, boolean update) {
    if (given.isEmpty() || update) {
      return given.isEmpty() ? before : given;
    }
    TreeSet<Long> all = new TreeSet<>(before);
    all.addAll(given);
    return List.copyOf(all);
  }

  private static Map<String, String> texts(
      Map<String, String> before, Map<String, String> given, boolean update) {
    Map<String, String> all = new TreeMap<>(update ? before : given);
    all.putAll(update ? given : before);
    return all;
  }

  private static Map<Long, List<FieldValue>> values(
      List<FieldValue> before, Map<Long, List<FieldValue>> given, boolean update) {
    Map<Long, List<FieldValue>> had = new TreeMap<>();
    before.forEach(value -> had.computeIfAbsent(value.field(), _ -> new ArrayList<>()).add(value));
    Map<Long, List<FieldValue>> all = new TreeMap<>(update ? had : given);
    all.putAll(update ? given : had);
    return all;
  }

  private static List<FieldValue> values(Map<Long, List<FieldValue>> values) {
    return values.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingLong(FieldValue::field))
        .toList();
  }

  private Profile.Content sound(Profile.Content content) {
    bound(content.numbers().size(), NumberReading.MOST, "numbers");
    bound(content.emails().size(), MOST_EMAILS, "e-mail addresses");
    bound(content.groups().size(), MOST_GROUPS, "groups");
    bound(content.fields().size(), MOST_TEXTS, "texts");
    bound(content.values().size(), MOST_VALUES, "values");
    for (FieldValue value : content.values()) {
      Optional.ofNullable(book.fields().get(value.field()))
          .filter(field ->
              field
                  .content()
                  .group()
                  .filter(group -> !content.groups().contains(group))
                  .isPresent())
          .ifPresent(field -> {
            throw new RefusedRow(
                0,
                "has a value of the field \"%s\", and is not in its group"
                    .formatted(book.heading(field)));
          });
    }
    return content;
  }

  private static void bound(int count, int most, String what) {
    if (count > most) {
      throw new RefusedRow(0, "the profile would have more than %d %s".formatted(most, what));
    }
  }
}
