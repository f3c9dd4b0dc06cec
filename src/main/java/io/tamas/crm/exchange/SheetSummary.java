package io.tamas.crm.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// What a file is, after it was read once.
///
/// @param rows how many it has, empty ones included
/// @param headings of all columns; without a header, their numbers
/// @param preview the first rows
record SheetSummary(
    SheetFormat format,
    long rows,
    List<String> headings,
    List<List<String>> preview,
    Mapping suggestion) {
  static final int PREVIEWED = 20;
  static final int MOST_ROWS = 5_000_000;
  private static final int LONGEST_SHOWN = 200;
  private static final int BETWEEN_LOOKS = 10_000;

  /// Reads all of a file.
  ///
  /// @param goesOn asked now and then
  /// @return nothing if it does not
  /// @throws UnreadableSheet if it cannot be imported
  static Optional<SheetSummary> of(
      Path file, SheetFormat format, boolean header, PhoneBook book, BooleanSupplier goesOn)
      throws IOException {
    List<String> headings = List.of();
    List<List<String>> preview = new ArrayList<>();
    int width = 0;
    long rows = 0;
    long filled = 0;
    try (SheetReader reader = SheetReader.open(file, format)) {
      for (Optional<SheetRow> next = reader.next(); next.isPresent(); next = reader.next()) {
        SheetRow row = next.get();
        rows = row.number();
        if (rows > MOST_ROWS) {
          throw new UnreadableSheet("the file has more than %,d rows".formatted(MOST_ROWS));
        }
        if (rows % BETWEEN_LOOKS == 0 && !goesOn.getAsBoolean()) {
          return Optional.empty();
        }
        if (row.isBlank()) {
          continue;
        }
        filled++;
        width = Math.max(width, row.cells().size());
        if (header && filled == 1) {
          headings = shown(row);
        } else if (preview.size() < PREVIEWED) {
          preview.add(shown(row));
        }
      }
    }
    if (filled == 0 || header && filled == 1) {
      throw new UnreadableSheet(
          filled == 0 ? "the file is empty" : "the file has no row but the heads of its columns");
    }
    List<String> all = headed(headings, width);
    return Optional.of(new SheetSummary(format, rows, all, preview, Headings.suggest(all, book)));
  }

  private static List<String> shown(SheetRow row) {
    return row.cells().stream()
        .map(cell -> cell.replace("\0", "\uFFFD").strip())
        .map(cell ->
            cell.length() > LONGEST_SHOWN
                ? cell.substring(
                    0,
                    cell.offsetByCodePoints(
                        0, Math.min(LONGEST_SHOWN, cell.codePointCount(0, cell.length()))))
                : cell)
        .toList();
  }

  private static List<String> headed(List<String> headings, int width) {
    return IntStream.range(0, width)
        .mapToObj(i -> i < headings.size() ? headings.get(i) : "")
        .toList();
  }
}
