package io.tamas.crm.exchange;

import io.tamas.web.Problem.Fault;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/// The cells of rows by what their columns hold. Pure.
final class MappedCells {
  /// As Google parts several values in a cell.
  static final String SEVERAL = ":::";

  static final Pattern LINES_OR_SEVERAL = Pattern.compile("\\s*(?::::|[\r\n]+)\\s*");
  static final Pattern ONLY_SEVERAL = Pattern.compile("\\s*:::\\s*");
  private static final Pattern LINE_BREAKS = Pattern.compile("[\r\n\t]+");

  private final List<MappedColumn> all;
  private final Map<Target, List<MappedColumn>> columns = new EnumMap<>(Target.class);

  MappedCells(Mapping mapping) {
    all = mapping.columns();
    all.forEach(column -> columns.computeIfAbsent(column.to(), _ -> new ArrayList<>()).add(column));
  }

  private List<MappedColumn> of(Target target) {
    return columns.getOrDefault(target, List.of());
  }

  /// @throws RefusedRow if a cell has a character that PostgreSQL has not
  void requireNoNul(SheetRow row) {
    for (MappedColumn one : all) {
      if (row.cell(one.column() - 1).indexOf('\0') >= 0) {
        throw new RefusedRow(one.column(), "must not contain NUL");
      }
    }
  }

  interface Reading<T> {
    T read(String cell, int column);
  }

  /// The cell of a target that one column may hold; empty if it is blank.
  <T> Optional<T> single(SheetRow row, Target target, Reading<T> reading) {
    int column = first(target);
    String cell = cell(row, column);
    return cell.isEmpty() ? Optional.empty() : Optional.of(reading.read(cell, column));
  }

  /// The first column of a target; 0: none.
  int first(Target target) {
    List<MappedColumn> found = of(target);
    return found.isEmpty() ? 0 : found.getFirst().column();
  }

  /// The cells that are not blank of a target that several columns may hold.
  void each(SheetRow row, Target target, BiConsumer<String, MappedColumn> reading) {
    for (MappedColumn one : of(target)) {
      String cell = cell(row, one.column());
      if (!cell.isEmpty()) {
        reading.accept(cell, one);
      }
    }
  }

  /// @param column 0: none
  static String cell(SheetRow row, int column) {
    return column == 0 ? "" : row.cell(column - 1).strip();
  }

  Optional<String> text(SheetRow row, Target target, int longest, TextRule rule) {
    return single(row, target, (cell, column) -> line(cell, column, longest, rule));
  }

  static String line(String cell, int column, int longest, TextRule rule) {
    String line = LINE_BREAKS.matcher(cell).replaceAll(" ").strip();
    require(line, column, longest, rule);
    return line;
  }

  interface TextRule {
    void check(String pointer, String text, List<Fault> faults);
  }

  static void require(String text, int column, int longest, TextRule rule) {
    List<Fault> faults = new ArrayList<>();
    rule.check("", text, faults);
    if (!faults.isEmpty()) {
      throw new RefusedRow(column, faults.getFirst().detail());
    }
    requireShort(text, column, longest);
  }

  static void requireShort(String text, int column, int longest) {
    if (text.codePointCount(0, text.length()) > longest) {
      throw new RefusedRow(column, "must have at most %,d characters".formatted(longest));
    }
  }
}
