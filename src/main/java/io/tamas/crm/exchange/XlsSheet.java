package io.tamas.crm.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.MulRKRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.RKRecord;
import org.apache.poi.hssf.record.RecordInputStream;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.ss.usermodel.FormulaError;

/// The first sheet of a workbook of Excel 97 to 2003 ([MS-XLS]) that is not hidden. Its cells are
/// read as those of an [XlsxSheet]: of a formula the value that Excel has kept.
final class XlsSheet implements SheetReader {
  /// A text with formats, which Excel writes only into the clipboard; it begins as a label.
  private static final short FORMATTED_LABEL = 0xd6;

  private final XlsWorkbook workbook;
  private final SheetAmounts amounts;
  private final RecordInputStream records;
  private final Deque<Cell> waiting = new ArrayDeque<>();

  /// Where the text of a formula belongs that its own record does not have.
  private Optional<Cell> formula = Optional.empty();

  /// Charts lie within a sheet, and have amounts too.
  private int depth = 1;

  private long row;

  private XlsSheet(XlsWorkbook workbook) throws IOException {
    this.workbook = workbook;
    this.amounts = workbook.amounts();
    this.records = workbook.records();
  }

  /// @param row the first is 0
  /// @param column the first is 0
  private record Cell(int row, int column, String text) {
    static Cell of(CellValueRecordInterface record, String text) {
      return new Cell(record.getRow() & 0xffff, Short.toUnsignedInt(record.getColumn()), text);
    }
  }

  /// The name of the sheet.
  static String name(Path file) throws IOException {
    try (XlsWorkbook workbook = XlsWorkbook.open(file, false)) {
      return XlsWorkbook.sound(workbook::name);
    }
  }

  static XlsSheet open(Path file) throws IOException {
    XlsWorkbook workbook = XlsWorkbook.open(file, true);
    try {
      return XlsWorkbook.sound(() -> new XlsSheet(workbook));
    } catch (RuntimeException e) {
      workbook.close();
      throw e;
    }
  }

  @Override
  public Optional<SheetRow> next() {
    return XlsWorkbook.sound(this::row);
  }

  private Optional<SheetRow> row() {
    if (!hasCell()) {
      return Optional.empty();
    }
    int number = waiting.getFirst().row;
    if (number < row) {
      throw new UnreadableSheet(
          "the rows of the workbook are in disorder: open it in a spreadsheet, and save it as XLSX"
              + " or CSV");
    }
    row = number + 1L;
    List<String> cells = new ArrayList<>();
    int length = 0;
    while (hasCell() && waiting.getFirst().row == number) {
      Cell cell = waiting.remove();
      length += cell.text.length();
      if (length > LONGEST_ROW) {
        throw new UnreadableSheet(
            "row %d has more than %,d characters".formatted(row, LONGEST_ROW));
      }
      put(cells, cell);
    }
    return Optional.of(new SheetRow(row, cells));
  }

  private void put(List<String> cells, Cell cell) {
    if (cell.column >= MOST_COLUMNS) {
      throw new UnreadableSheet("row %d has more than %d columns".formatted(row, MOST_COLUMNS));
    }
    while (cells.size() <= cell.column) {
      cells.add("");
    }
    cells.set(cell.column, cell.text);
  }

  /// Reads up to the next cell.
  private boolean hasCell() {
    while (waiting.isEmpty() && depth > 0 && XlsWorkbook.next(records)) {
      switch (records.getSid()) {
        case BOFRecord.sid -> depth++;
        case EOFRecord.sid -> depth--;
        default -> {
          if (depth == 1) {
            cell(records.getSid());
          }
        }
      }
    }
    return !waiting.isEmpty();
  }

  private void cell(short record) {
    switch (record) {
      case LabelSSTRecord.sid -> {
        LabelSSTRecord label = new LabelSSTRecord(records);
        put(label, workbook.text(label.getSSTIndex()));
      }
      case LabelRecord.sid, FORMATTED_LABEL -> {
        LabelRecord label = new LabelRecord(records);
        put(label, label.getValue());
      }
      case NumberRecord.sid -> {
        NumberRecord number = new NumberRecord(records);
        put(number, amount(number.getValue(), number.getXFIndex()));
      }
      case RKRecord.sid -> {
        RKRecord number = new RKRecord(records);
        put(number, amount(number.getRKNumber(), number.getXFIndex()));
      }
      case MulRKRecord.sid -> numbers(new MulRKRecord(records));
      case BoolErrRecord.sid -> {
        BoolErrRecord value = new BoolErrRecord(records);
        put(value, value.isError() ? error(value.getErrorValue()) : truth(value.getBooleanValue()));
      }
      case FormulaRecord.sid -> formula(new FormulaRecord(records));
      case StringRecord.sid -> {
        String text = new StringRecord(records).getString();
        formula.ifPresent(cell -> waiting.add(new Cell(cell.row, cell.column, text)));
        formula = Optional.empty();
      }
      default -> {}
    }
  }

  private void put(CellValueRecordInterface record, String text) {
    waiting.add(Cell.of(record, text));
  }

  private void numbers(MulRKRecord numbers) {
    for (int i = 0; i < numbers.getNumColumns(); i++) {
      waiting.add(
          new Cell(
              numbers.getRow() & 0xffff,
              Short.toUnsignedInt(numbers.getFirstColumn()) + i,
              amount(numbers.getRKNumberAt(i), numbers.getXFAt(i))));
    }
  }

  private void formula(FormulaRecord record) {
    if (record.hasCachedResultString()) {
      formula = Optional.of(Cell.of(record, ""));
      return;
    }
    put(
        record,
        switch (record.getCachedResultTypeEnum()) {
          case NUMERIC -> amount(record.getValue(), record.getXFIndex());
          case BOOLEAN -> truth(record.getCachedBooleanValue());
          case ERROR -> error(record.getCachedErrorValue());
          default -> "";
        });
  }

  private String amount(double amount, short style) {
    return amounts.text(Double.toString(amount), Short.toUnsignedInt(style));
  }

  /// As in a workbook of today.
  private static String truth(boolean value) {
    return value ? "1" : "0";
  }

  private static String error(int code) {
    return FormulaError.forInt((byte) code).getString();
  }

  @Override
  public void close() throws IOException {
    workbook.close();
  }
}
