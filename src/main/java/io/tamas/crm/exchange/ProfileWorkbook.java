package io.tamas.crm.exchange;

import io.tamas.web.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/// Rows as a workbook (ISO/IEC 29500-1), written while they are read. Each cell is a text, and
/// shown as one: so nothing in it is a formula or an amount, and it stays as it is when it is
/// edited.
final class ProfileWorkbook implements Response.Pieces {
  static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  /// With the heads.
  static final int MOST_ROWS = Worksheet.MAX_ROWS;

  private static final String TEXT = "@";

  /// What a spreadsheet would take for a character by its number.
  private static final Pattern ESCAPED = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

  private final Supplier<Optional<List<List<String>>>> pages;
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final Workbook workbook = new Workbook(written, "Tamas", "1.0");
  private final Worksheet sheet = workbook.newWorksheet("profiles");
  private int row;
  private boolean isEnd;

  /// @param pages the rows, with the heads
  ProfileWorkbook(Supplier<Optional<List<List<String>>>> pages) {
    this.pages = pages;
  }

  @Override
  public Optional<byte[]> next() {
    try {
      while (!isEnd && written.size() == 0) {
        Optional<List<List<String>>> page = pages.get();
        if (page.isPresent()) {
          page.get().forEach(this::write);
          sheet.flush();
        } else {
          isEnd = true;
          workbook.finish();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] piece = written.toByteArray();
    written.reset();
    return piece.length == 0 ? Optional.empty() : Optional.of(piece);
  }

  private void write(List<String> cells) {
    for (int column = 0; column < cells.size(); column++) {
      if (!cells.get(column).isEmpty()) {
        String text = ESCAPED.matcher(cells.get(column)).replaceAll("_x005F_");
        sheet.inlineString(row, column, text);
        sheet.style(row, column).format(TEXT).set();
      }
    }
    row++;
  }
}
