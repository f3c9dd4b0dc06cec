package io.tamas.crm.exchange;

import java.util.List;

/// A row of a file.
///
/// @param number as spreadsheets count: the first is 1
/// @param cells what they mean: without the apostrophe of a [GuardedCell]
record SheetRow(long number, List<String> cells) {
  SheetRow {
    cells = cells.stream().map(GuardedCell::original).toList();
  }

  /// The cell of a column, the first of which is 0; empty where the row is shorter.
  String cell(int column) {
    return column < cells.size() ? cells.get(column) : "";
  }

  /// How many characters it has.
  int length() {
    return cells.stream().mapToInt(String::length).sum();
  }

  boolean isBlank() {
    return cells.stream().allMatch(String::isBlank);
  }
}
