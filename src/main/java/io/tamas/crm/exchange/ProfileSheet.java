package io.tamas.crm.exchange;

import io.tamas.calendar.JalaliDate;
import io.tamas.crm.EntryCalendar;
import io.tamas.crm.FieldValue;
import io.tamas.crm.Profile;
import io.tamas.crm.ProfileField;
import io.tamas.crm.ProfileGroup;
import io.tamas.json.Json;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/// Profiles as rows of a spreadsheet, whose heads the import knows. Pure.
final class ProfileSheet {
  /// Of several values in a cell, so that each may have lines.
  private static final String BETWEEN_VALUES = "\n" + MappedCells.SEVERAL + "\n";

  private final PhoneBook book;
  private final List<ProfileField> fields;
  private final int numbers;

  /// @param numbers how many a profile has at most
  ProfileSheet(PhoneBook book, int numbers) {
    this.book = book;
    this.fields =
        book.fields().values().stream().sorted(Comparator.comparingLong(ProfileField::id)).toList();
    this.numbers = numbers;
  }

  List<String> headings() {
    List<String> headings =
        new ArrayList<>(List.of("id", "kind", "name", "organisation", "category", "owner"));
    for (int i = 1; i <= numbers; i++) {
      headings.addAll(List.of("number " + i, "type " + i, "label " + i, "priority " + i));
    }
    headings.addAll(List.of("main number", "emails", "address", "groups", "texts"));
    fields.forEach(field -> headings.add(book.heading(field)));
    return headings;
  }

  List<String> row(Profile profile) {
    Profile.Content content = profile.content();
    List<String> cells = new ArrayList<>();
    cells.add("" + profile.id());
    cells.add(
        switch (profile.kind()) {
          case PERSON -> "person";
          case ORGANISATION -> "organisation";
        });
    cells.add(profile.name());
    cells.add(profile.organisationName().orElse(""));
    cells.add(content.category().orElse(""));
    cells.add(content.owner().orElse(""));
    for (int i = 0; i < numbers; i++) {
      cells.addAll(
          i < profile.numbers().size()
              ? number(profile.numbers().get(i))
              : List.of("", "", "", ""));
    }
    cells.add(main(profile.numbers()));
    cells.add(String.join("\n", content.emails()));
    cells.add(content.address().orElse(""));
    cells.add(
        GroupReading.cell(
            content.groups().stream()
                .map(id -> book.groups().get(id))
                .filter(Objects::nonNull)
                .map(ProfileGroup::name)
                .toList()));
    cells.add(content.fields().isEmpty() ? "" : Json.write(content.fields()));
    fields.forEach(field -> cells.add(values(content, field.id())));
    return cells;
  }

  private static List<String> number(Profile.Number number) {
    return List.of(
        number.number().e164(),
        number.type().name(),
        number.label(),
        number.priority() == 0 ? "" : "" + number.priority());
  }

  /// The first one is, unless it is told.
  private static String main(List<Profile.Number> numbers) {
    return numbers.stream()
        .skip(1)
        .filter(Profile.Number::main)
        .map(number -> number.number().e164())
        .findFirst()
        .orElse("");
  }

  private static String values(Profile.Content content, long field) {
    return content.values().stream()
        .filter(value -> value.field() == field)
        .map(ProfileSheet::value)
        .collect(Collectors.joining(BETWEEN_VALUES));
  }

  /// A date by the calendar of its entry.
  private static String value(FieldValue value) {
    return value
        .calendar()
        .filter(calendar -> calendar == EntryCalendar.JALALI)
        .flatMap(_ -> JalaliDate.of(LocalDate.parse(value.value())))
        .map(date -> "%04d/%02d/%02d".formatted(date.year(), date.month(), date.day()))
        .orElse(value.value());
  }
}
