package io.tamas.crm.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Reads a file from the beginning, row by row, in little memory.
interface SheetReader extends AutoCloseable {
  /// More is no phone book.
  int MOST_COLUMNS = 500;

  /// A cell holds at most a field of 2,000 characters, or several of them.
  int LONGEST_CELL = 64 << 10;

  int LONGEST_ROW = 1 << 20;

  /// The next row; empty at the end.
  ///
  /// @throws UnreadableSheet if the file is broken there
  Optional<SheetRow> next();

  @Override
  void close() throws IOException;

  static SheetReader open(Path file, SheetFormat format) throws IOException {
    return switch (format) {
      case SheetFormat.Csv csv -> CsvSheet.open(file, csv);
      case SheetFormat.Xlsx _ -> XlsxSheet.open(file);
      case SheetFormat.Xls _ -> XlsSheet.open(file);
    };
  }
}
