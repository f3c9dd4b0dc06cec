package io.tamas.crm.exchange;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A text whose cells a character parts (RFC 4180, and what spreadsheets make of it). Rows count as
/// in a spreadsheet, also where a cell has several lines.
final class CsvSheet implements SheetReader {
  private static final int BUFFER = 1 << 16;

  private final Reader text;
  private final CloseableIterator<CsvRecord> records;
  private long row;

  private CsvSheet(Reader text, CloseableIterator<CsvRecord> records) {
    this.text = text;
    this.records = records;
  }

  static CsvSheet open(Path file, SheetFormat.Csv format) throws IOException {
    Reader text =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(file),
                format
                    .encoding()
                    .charset()
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)),
            BUFFER);
    try {
      skipMark(text);
      skipDelimiter(text);
      CsvRecordHandler handler =
          CsvRecordHandler.of(bounds ->
              bounds.maxFields(MOST_COLUMNS).maxFieldSize(LONGEST_CELL).maxRecordSize(LONGEST_ROW));
      CsvReader<CsvRecord> reader =
          CsvReader.builder()
              .fieldSeparator(format.delimiter().character())
              .skipEmptyLines(false)
              .allowMissingFields(true)
              .allowExtraFields(true)
              .allowExtraCharsAfterClosingQuote(true)
              .maxBufferSize(LONGEST_ROW)
              .build(handler, text);
      return new CsvSheet(text, reader.iterator());
    } catch (IOException | RuntimeException e) {
      text.close();
      throw e;
    }
  }

  private static void skipMark(Reader text) throws IOException {
    text.mark(1);
    if (text.read() != 0xfeff) {
      text.reset();
    }
  }

  private static void skipDelimiter(Reader text) throws IOException {
    char[] beginning = new char[16];
    text.mark(beginning.length);
    int length = Math.max(0, text.read(beginning));
    String first = new String(beginning, 0, length);
    text.reset();
    if (Delimiter.told(first).isPresent()) {
      int end = first.contains("\n") ? first.indexOf('\n') + 1 : first.indexOf('\r') + 1;
      text.skip(end == 0 ? length : end);
    }
  }

  @Override
  public Optional<SheetRow> next() {
    row++;
    try {
      return records.hasNext()
          ? Optional.of(new SheetRow(row, records.next().getFields()))
          : Optional.empty();
    } catch (CsvParseException e) {
      throw new UnreadableSheet(
          "row %d cannot be read: it has more than %,d columns, or a cell of more than %,d characters; is each quotation mark closed, and is the delimiter right?"
              .formatted(row, MOST_COLUMNS, LONGEST_CELL));
    } catch (UncheckedIOException e) {
      throw new UnreadableSheet("row %d cannot be read: %s".formatted(row, e.getMessage()));
    }
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
