package io.tamas.crm.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tamas.crm.DraftText;
import io.tamas.crm.Profile.Kind;
import io.tamas.json.Json;
import io.tamas.number.WrittenNumbers;
import io.tamas.text.EmailAddress;
import io.tamas.text.Folding;
import io.tamas.text.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads rows by a mapping. Pure.
final class RowReading {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_CATEGORY = 60;
  private static final int LONGEST_ADDRESS = 500;
  private static final int LONGEST_VALUE = 2000;
  private static final int LONGEST_TEXT_NAME = 60;
  private static final int MOST_TEXTS = 50;

  private static final Pattern EMAILS = Pattern.compile("[\\s,;:]+");
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");

  private static final Set<String> ORGANISATIONS =
      Set.copyOf(
          Stream.of(
                  "organisation",
                  "organization",
                  "company",
                  "سازمان",
                  "شرکت",
                  "kurum",
                  "şirket",
                  "firma",
                  "организация",
                  "компания")
              .map(Folding::fold)
              .toList());

  private static final Set<String> PERSONS =
      Set.copyOf(
          Stream.of("person", "شخص", "فرد", "kişi", "человек", "персона")
              .map(Folding::fold)
              .toList());

  private final MappedCells cells;
  private final PhoneBook book;
  private final NumberReading numbers;
  private final GroupReading groups;
  private final FieldReading fields;

  /// @param numbers as at the company's trunks
  RowReading(Mapping mapping, PhoneBook book, WrittenNumbers numbers, MissingGroups missing) {
    WrittenNumbers written =
        mapping.plan().map(plan -> new WrittenNumbers(List.of(plan))).orElse(numbers);
    this.cells = new MappedCells(mapping);
    this.book = book;
    this.numbers = new NumberReading(mapping, cells, written);
    this.groups = new GroupReading(cells, mapping.groups().orElse(List.of()), book, missing);
    this.fields = new FieldReading(cells, book, written);
  }

  /// @throws RefusedRow if something in it is wrong
  RowContent read(SheetRow row) {
    cells.requireNoNul(row);
    Optional<String> organisation = visible(row, Target.ORGANISATION);
    Optional<Kind> kind = kind(row);
    String name = name(row);
    if (name.isEmpty() && kind.orElse(Kind.ORGANISATION) == Kind.ORGANISATION) {
      // a row of a company in a list of persons
      name = organisation.orElse("");
      organisation = Optional.empty();
      kind = Optional.of(Kind.ORGANISATION);
    }
    if (name.isEmpty()) {
      throw new RefusedRow(0, "has no name");
    }
    if (kind.equals(Optional.of(Kind.ORGANISATION)) && organisation.isPresent()) {
      throw new RefusedRow(
          cells.first(Target.ORGANISATION), "only a person belongs to an organisation");
    }
    return new RowContent(
        cells.single(row, Target.ID, (cell, column) -> id(cell, column)),
        kind,
        name,
        organisation,
        cells.text(row, Target.CATEGORY, LONGEST_CATEGORY, DraftText::seen),
        cells.single(row, Target.OWNER, this::owner),
        numbers.read(row),
        emails(row),
        address(row),
        groups.read(row),
        texts(row),
        fields.read(row));
  }

  private String name(SheetRow row) {
    Optional<String> whole = visible(row, Target.NAME);
    if (whole.isPresent()) {
      return whole.get();
    }
    Optional<String> given = visible(row, Target.GIVEN_NAME);
    Optional<String> family = visible(row, Target.FAMILY_NAME);
    String both =
        Stream.of(given, family).flatMap(Optional::stream).reduce("%s %s"::formatted).orElse("");
    MappedCells.requireShort(both, cells.first(Target.FAMILY_NAME), LONGEST_NAME);
    return both;
  }

  /// A name, as profiles have it.
  private Optional<String> visible(SheetRow row, Target target) {
    return cells.single(
        row,
        target,
        (cell, column) ->
            MappedCells.line(Printable.visible(cell), column, LONGEST_NAME, DraftText::seen));
  }

  private Optional<Kind> kind(SheetRow row) {
    return cells.single(
        row,
        Target.KIND,
        (cell, column) -> {
          String folded = Folding.fold(cell);
          if (ORGANISATIONS.contains(folded)) {
            return Kind.ORGANISATION;
          }
          if (PERSONS.contains(folded)) {
            return Kind.PERSON;
          }
          throw new RefusedRow(column, "must be person or organisation");
        });
  }

  private static long id(String cell, int column) {
    String digits = Folding.fold(cell);
    if (!ID.matcher(digits).matches()) {
      throw new RefusedRow(column, "must be the id of a profile");
    }
    return Long.parseLong(digits);
  }

  private String owner(String cell, int column) {
    if (!book.users().contains(cell)) {
      throw new RefusedRow(column, "there is no such user");
    }
    return cell;
  }

  private List<String> emails(SheetRow row) {
    Map<String, String> all = new LinkedHashMap<>();
    cells.each(
        row,
        Target.EMAIL,
        (cell, column) -> {
          for (String email : EMAILS.split(cell)) {
            if (!EmailAddress.isValid(email)) {
              throw new RefusedRow(column.column(), EmailAddress.RULE);
            }
            all.putIfAbsent(email.toLowerCase(Locale.ROOT), email);
          }
        });
    return List.copyOf(all.values());
  }

  private Optional<String> address(SheetRow row) {
    List<String> parts = new ArrayList<>();
    cells.each(
        row,
        Target.ADDRESS,
        (cell, column) -> {
          String part = cell.replace("\r\n", "\n");
          MappedCells.require(part, column.column(), LONGEST_ADDRESS, DraftText::lines);
          parts.add(part);
        });
    String whole = String.join("\n", parts);
    MappedCells.requireShort(whole, cells.first(Target.ADDRESS), LONGEST_ADDRESS);
    return whole.isEmpty() ? Optional.empty() : Optional.of(whole);
  }

  private Map<String, String> texts(SheetRow row) {
    Map<String, String> all = new TreeMap<>();
    cells.single(row, Target.TEXTS, RowReading::listed).ifPresent(all::putAll);
    cells.each(row, Target.TEXT, (cell, column) -> all.put(column.name().orElse(""), cell));
    int column =
        cells.first(Target.TEXTS) == 0 ? cells.first(Target.TEXT) : cells.first(Target.TEXTS);
    all.forEach((name, value) -> {
      MappedCells.require(name, column, LONGEST_TEXT_NAME, DraftText::seen);
      if (value.length() > LONGEST_VALUE || value.indexOf('\0') >= 0) {
        throw new RefusedRow(
            column, "must have at most %,d characters, and no NUL".formatted(LONGEST_VALUE));
      }
    });
    if (all.size() > MOST_TEXTS) {
      throw new RefusedRow(column, "has more than %d texts".formatted(MOST_TEXTS));
    }
    return all;
  }

  private static Map<String, String> listed(String cell, int column) {
    try {
      Map<String, String> texts = new HashMap<>();
      for (var text : Json.mapper().readTree(cell).properties()) {
        texts.put(text.getKey(), text.getValue().asText());
      }
      return texts;
    } catch (JsonProcessingException e) {
      throw new RefusedRow(column, "must be a JSON object of texts, as in an exported file");
    }
  }
}
