package io.tamas.crm.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tamas.crm.DraftText;
import io.tamas.crm.FieldValue;
import io.tamas.crm.NumberType;
import io.tamas.crm.Profile;
import io.tamas.crm.Profile.Kind;
import io.tamas.crm.ProfileField;
import io.tamas.crm.ValueReading;
import io.tamas.crm.ValueReading.Result;
import io.tamas.json.Json;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.text.EmailAddress;
import io.tamas.text.Folding;
import io.tamas.text.Printable;
import io.tamas.web.Problem.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads rows by a mapping. Pure.
final class RowReading {
  static final int MOST_NUMBERS = 50;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_CATEGORY = 60;
  private static final int LONGEST_LABEL = 40;
  private static final int LONGEST_ADDRESS = 500;
  private static final int LONGEST_VALUE = 2000;
  private static final int LONGEST_TEXT_NAME = 60;
  private static final int MOST_TEXTS = 50;
  private static final int HIGHEST_PRIORITY = 1000;

  /// As Google parts several values in a cell.
  static final String SEVERAL = ":::";

  private static final Pattern LINES_OR_SEVERAL = Pattern.compile("\\s*(?::::|[\r\n]+)\\s*");
  private static final Pattern ONLY_SEVERAL = Pattern.compile("\\s*:::\\s*");
  private static final Pattern LINE_BREAKS = Pattern.compile("[\r\n\t]+");
  private static final Pattern EMAILS = Pattern.compile("[\\s,;:]+");
  private static final Pattern LISTED = Pattern.compile("\\s*[,;،؛]\\s*");
  private static final Pattern ID = Pattern.compile("[0-9]{1,18}");
  private static final Pattern PRIORITY = Pattern.compile("[0-9]{1,4}");

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

  private final Mapping mapping;
  private final PhoneBook book;
  private final WrittenNumbers numbers;
  private final WrittenCells written;
  private final List<Place> places;

  /// The columns of a number; 0: none.
  private record Place(
      int number, int type, int label, int priority, Optional<NumberType> otherwise) {}

  /// @param numbers as at the company's trunks
  RowReading(Mapping mapping, PhoneBook book, WrittenNumbers numbers) {
    this.mapping = mapping;
    this.book = book;
    this.numbers = mapping.plan().map(plan -> new WrittenNumbers(List.of(plan))).orElse(numbers);
    this.written = new WrittenCells(this.numbers);
    this.places = places();
  }

  private List<Place> places() {
    Set<Integer> all = new TreeSet<>();
    mapping.columns().forEach(column -> column.place().ifPresent(all::add));
    return all.stream()
        .map(place ->
            new Place(
                column(Target.NUMBER, place),
                column(Target.NUMBER_TYPE, place),
                column(Target.NUMBER_LABEL, place),
                column(Target.NUMBER_PRIORITY, place),
                mapping.columns().stream()
                    .filter(one -> one.place().equals(Optional.of(place)))
                    .flatMap(one -> one.type().stream())
                    .findFirst()))
        .toList();
  }

  private int column(Target target, int place) {
    return mapping.columns().stream()
        .filter(one -> one.to() == target && one.place().equals(Optional.of(place)))
        .mapToInt(MappedColumn::column)
        .findFirst()
        .orElse(0);
  }

  /// @throws RefusedRow if something in it is wrong
  RowContent read(SheetRow row) {
    requireNoNul(row);
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
      throw new RefusedRow(first(Target.ORGANISATION), "only a person belongs to an organisation");
    }
    return new RowContent(
        single(row, Target.ID, (cell, column) -> id(cell, column)),
        kind,
        name,
        organisation,
        text(row, Target.CATEGORY, LONGEST_CATEGORY),
        single(row, Target.OWNER, this::owner),
        numbers(row),
        emails(row),
        address(row),
        groups(row),
        texts(row),
        values(row));
  }

  private void requireNoNul(SheetRow row) {
    for (MappedColumn one : mapping.columns()) {
      if (row.cell(one.column() - 1).indexOf('\0') >= 0) {
        throw new RefusedRow(one.column(), "must not contain NUL");
      }
    }
  }

  private interface CellReading<T> {
    T read(String cell, int column);
  }

  /// The cell of a target that one column may hold; empty if it is blank.
  private <T> Optional<T> single(SheetRow row, Target target, CellReading<T> reading) {
    int column = first(target);
    String cell = column == 0 ? "" : row.cell(column - 1).strip();
    return cell.isEmpty() ? Optional.empty() : Optional.of(reading.read(cell, column));
  }

  private int first(Target target) {
    return mapping.columns().stream()
        .filter(one -> one.to() == target)
        .mapToInt(MappedColumn::column)
        .findFirst()
        .orElse(0);
  }

  /// The cells that are not blank of a target that several columns may hold.
  private void each(SheetRow row, Target target, BiConsumer<String, MappedColumn> reading) {
    for (MappedColumn one : mapping.columns()) {
      String cell = one.to() == target ? row.cell(one.column() - 1).strip() : "";
      if (!cell.isEmpty()) {
        reading.accept(cell, one);
      }
    }
  }

  private Optional<String> text(SheetRow row, Target target, int longest) {
    return single(row, target, (cell, column) -> line(cell, column, longest));
  }

  private static String line(String cell, int column, int longest) {
    String line = LINE_BREAKS.matcher(cell).replaceAll(" ").strip();
    require(line, column, longest, DraftText::seen);
    return line;
  }

  private interface TextRule {
    void check(String pointer, String text, List<Fault> faults);
  }

  private static void require(String text, int column, int longest, TextRule rule) {
    List<Fault> faults = new ArrayList<>();
    rule.check("", text, faults);
    if (!faults.isEmpty()) {
      throw new RefusedRow(column, faults.getFirst().detail());
    }
    if (text.codePointCount(0, text.length()) > longest) {
      throw new RefusedRow(column, "must have at most %,d characters".formatted(longest));
    }
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
    if (both.codePointCount(0, both.length()) > LONGEST_NAME) {
      throw new RefusedRow(
          first(Target.FAMILY_NAME), "must have at most %,d characters".formatted(LONGEST_NAME));
    }
    return both;
  }

  /// A name, as profiles have it.
  private Optional<String> visible(SheetRow row, Target target) {
    return single(
        row, target, (cell, column) -> line(Printable.visible(cell), column, LONGEST_NAME));
  }

  private Optional<Kind> kind(SheetRow row) {
    return single(
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

  private List<Profile.Number> numbers(SheetRow row) {
    Map<PhoneNumber, Profile.Number> all = new LinkedHashMap<>();
    Optional<PhoneNumber> main = single(row, Target.MAIN_NUMBER, this::number);
    for (Place place : places) {
      String cell = row.cell(place.number - 1).strip();
      if (cell.isEmpty()) {
        continue;
      }
      String label = cell(row, place.label);
      require(label, place.label, LONGEST_LABEL, DraftText::printable);
      NumberType type = type(cell(row, place.type), label, place);
      int priority = priority(cell(row, place.priority), place.priority);
      for (String one : LINES_OR_SEVERAL.split(cell)) {
        PhoneNumber number = number(one, place.number);
        boolean isMain = main.equals(Optional.of(number));
        all.putIfAbsent(number, new Profile.Number(number, type, label, isMain, priority));
      }
    }
    if (all.size() > MOST_NUMBERS) {
      throw new RefusedRow(0, "has more than %d numbers".formatted(MOST_NUMBERS));
    }
    if (main.isPresent() && !all.containsKey(main.get())) {
      throw new RefusedRow(first(Target.MAIN_NUMBER), "is none of the numbers of the row");
    }
    return List.copyOf(all.values());
  }

  private static String cell(SheetRow row, int column) {
    return column == 0 ? "" : row.cell(column - 1).strip();
  }

  private PhoneNumber number(String cell, int column) {
    return switch (written.read(cell)) {
      case WrittenCells.Found.Number(PhoneNumber number) -> number;
      case WrittenCells.Found.Wrong(String rule) -> throw new RefusedRow(column, rule);
    };
  }

  private static NumberType type(String cell, String label, Place place) {
    if (cell.isEmpty()) {
      return place.otherwise.orElseGet(() -> NumberType.ofLabel(label));
    }
    return Stream.of(NumberType.values())
        .filter(type -> type.name().equals(cell))
        .findFirst()
        .orElseGet(() -> NumberType.ofLabel(cell));
  }

  private static int priority(String cell, int column) {
    String digits = Folding.fold(cell);
    int priority =
        digits.isEmpty()
            ? 0
            : PRIORITY.matcher(digits).matches() ? Integer.parseInt(digits) : HIGHEST_PRIORITY + 1;
    if (priority > HIGHEST_PRIORITY) {
      throw new RefusedRow(column, "must be 0 to %d".formatted(HIGHEST_PRIORITY));
    }
    return priority;
  }

  private List<String> emails(SheetRow row) {
    Map<String, String> all = new LinkedHashMap<>();
    each(
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
    each(
        row,
        Target.ADDRESS,
        (cell, column) -> {
          String part = cell.replace("\r\n", "\n");
          require(part, column.column(), LONGEST_ADDRESS, DraftText::lines);
          parts.add(part);
        });
    String whole = String.join("\n", parts);
    if (whole.codePointCount(0, whole.length()) > LONGEST_ADDRESS) {
      throw new RefusedRow(
          first(Target.ADDRESS), "must have at most %,d characters".formatted(LONGEST_ADDRESS));
    }
    return whole.isEmpty() ? Optional.empty() : Optional.of(whole);
  }

  private List<Long> groups(SheetRow row) {
    Set<Long> all = new TreeSet<>(mapping.groups().orElse(List.of()));
    each(
        row,
        Target.GROUPS,
        (cell, column) -> {
          for (String part : LINES_OR_SEVERAL.split(cell)) {
            // a name may have a comma
            Optional<Long> whole = book.group(part);
            if (whole.isPresent()) {
              all.add(whole.get());
            } else {
              for (String name : LISTED.split(part)) {
                all.add(
                    book.group(name)
                        .orElseThrow(() ->
                            new RefusedRow(
                                column.column(), "there is no profile group \"" + name + '"')));
              }
            }
          }
        });
    return List.copyOf(all);
  }

  private Map<String, String> texts(SheetRow row) {
    Map<String, String> all = new TreeMap<>();
    single(row, Target.TEXTS, RowReading::listed).ifPresent(all::putAll);
    each(row, Target.TEXT, (cell, column) -> all.put(column.name().orElse(""), cell));
    int column = first(Target.TEXTS) == 0 ? first(Target.TEXT) : first(Target.TEXTS);
    all.forEach((name, value) -> {
      require(name, column, LONGEST_TEXT_NAME, DraftText::seen);
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

  private Map<Long, List<FieldValue>> values(SheetRow row) {
    Map<Long, List<FieldValue>> all = new TreeMap<>();
    each(
        row,
        Target.FIELD,
        (cell, column) -> {
          ProfileField field = book.fields().get(column.field().orElse(0L));
          if (field == null) {
            throw new RefusedRow(column.column(), "is no field any more");
          }
          List<FieldValue> values = all.computeIfAbsent(field.id(), _ -> new ArrayList<>());
          for (String one : parts(field, cell)) {
            FieldValue value = value(field, one, column.column());
            if (!values.contains(value)) {
              values.add(value);
            }
          }
          if (values.size() > 1 && !field.content().several()) {
            throw new RefusedRow(column.column(), "is a second value of a field that has one only");
          }
        });
    return all;
  }

  private static String[] parts(ProfileField field, String cell) {
    if (!field.content().several()) {
      return new String[] {cell};
    }
    return switch (field.content().type()) {
      case TEXT -> ONLY_SEVERAL.split(cell);
      case NUMBER, DATE, CHOICE, PHONE -> LINES_OR_SEVERAL.split(cell);
    };
  }

  private FieldValue value(ProfileField field, String text, int column) {
    FieldValue given = new FieldValue(field.id(), text, Optional.empty());
    return switch (ValueReading.read(field.content(), given, numbers)) {
      case Result.Valid(FieldValue read) when read.value().length() <= LONGEST_VALUE -> read;
      case Result.Valid _ ->
          throw new RefusedRow(column, "must have at most %,d characters".formatted(LONGEST_VALUE));
      case Result.Wrong(String rule) -> throw new RefusedRow(column, rule);
    };
  }
}
