package io.tamas.crm.exchange;

import io.tamas.crm.DraftText;
import io.tamas.crm.NumberType;
import io.tamas.crm.Profile;
import io.tamas.number.PhoneNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.text.Folding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the numbers of rows. Pure.
final class NumberReading {
  static final int MOST = 50;
  private static final int LONGEST_LABEL = 40;
  private static final int HIGHEST_PRIORITY = 1000;
  private static final Pattern PRIORITY = Pattern.compile("[0-9]{1,4}");

  private final Mapping mapping;
  private final MappedCells cells;
  private final WrittenCells written;
  private final List<Place> places;

  /// The columns of a number; 0: none.
  private record Place(
      int number, int type, int label, int priority, Optional<NumberType> otherwise) {}

  NumberReading(Mapping mapping, MappedCells cells, WrittenNumbers numbers) {
    this.mapping = mapping;
    this.cells = cells;
    this.written = new WrittenCells(numbers);
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

  /// @throws RefusedRow if one is wrong
  List<Profile.Number> read(SheetRow row) {
    Map<PhoneNumber, Profile.Number> all = new LinkedHashMap<>();
    Optional<PhoneNumber> main = cells.single(row, Target.MAIN_NUMBER, this::number);
    for (Place place : places) {
      String cell = MappedCells.cell(row, place.number);
      if (cell.isEmpty()) {
        continue;
      }
      String label = MappedCells.cell(row, place.label);
      MappedCells.require(label, place.label, LONGEST_LABEL, DraftText::printable);
      NumberType type = type(MappedCells.cell(row, place.type), label, place);
      int priority = priority(MappedCells.cell(row, place.priority), place.priority);
      for (String one : MappedCells.LINES_OR_SEVERAL.split(cell)) {
        PhoneNumber number = number(one, place.number);
        boolean isMain = main.equals(Optional.of(number));
        all.putIfAbsent(number, new Profile.Number(number, type, label, isMain, priority));
      }
    }
    if (all.size() > MOST) {
      throw new RefusedRow(0, "has more than %d numbers".formatted(MOST));
    }
    if (main.isPresent() && !all.containsKey(main.get())) {
      throw new RefusedRow(cells.first(Target.MAIN_NUMBER), "is none of the numbers of the row");
    }
    return List.copyOf(all.values());
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
}
