package io.tamas.crm.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.usermodel.HSSFCell;
import org.apache.poi.hssf.usermodel.HSSFCellStyle;
import org.apache.poi.hssf.usermodel.HSSFRow;
import org.apache.poi.hssf.usermodel.HSSFSheet;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.FormulaError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Workbooks of Excel 97 as spreadsheets write them, and as nobody should.
class XlsSheetTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("file.xls");
  }

  private Path file(HSSFWorkbook workbook) throws IOException {
    try (workbook;
        OutputStream out = Files.newOutputStream(file())) {
      workbook.write(out);
    }
    return file();
  }

  private Path file(XlsRecords records) throws IOException {
    return records.file(file(), "Workbook");
  }

  private static List<String> rows(Path file) throws IOException {
    List<String> rows = new ArrayList<>();
    try (SheetReader reader = SheetReader.open(file, SheetDetection.of(file))) {
      for (Optional<SheetRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row.get().number() + ":" + String.join("|", row.get().cells()));
      }
    }
    return rows;
  }

  private void refused(String told) throws IOException {
    UnreadableSheet refused = assertThrows(UnreadableSheet.class, () -> rows(file()));
    assertTrue(String.valueOf(refused.getMessage()).contains(told), refused::getMessage);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file()), files.toList());
    }
  }

  private static HSSFCellStyle style(HSSFWorkbook workbook, String format) {
    HSSFCellStyle style = workbook.createCellStyle();
    style.setDataFormat(workbook.createDataFormat().getFormat(format));
    return style;
  }

  @Test
  void cellsAreTextsWhereverTheyStand() throws IOException {
    HSSFWorkbook workbook = new HSSFWorkbook();
    workbook.createSheet("notes");
    HSSFSheet sheet = workbook.createSheet("مخاطبان");
    workbook.setActiveSheet(1);
    workbook.setSheetHidden(0, true);
    HSSFRow row = sheet.createRow(1);
    row.createCell(0).setCellValue("سارا");
    row.createCell(2).setCellValue("two parts");
    HSSFRow next = sheet.createRow(4);
    HSSFCell made = next.createCell(0);
    made.setCellFormula("\"x\"&\"y\"");
    made.setCellValue("made");
    HSSFCell counted = next.createCell(1);
    counted.setCellFormula("1+1");
    counted.setCellValue(2);
    next.createCell(2).setCellValue(true);
    next.createCell(3).setCellErrorValue(FormulaError.NA);
    next.createCell(4);
    HSSFCell wrong = next.createCell(5);
    wrong.setCellFormula("1/0");
    wrong.setCellErrorValue(FormulaError.DIV0);
    Path file = file(workbook);
    assertEquals(new SheetFormat.Xls("مخاطبان"), SheetDetection.of(file));
    assertEquals(List.of("2:سارا||two parts", "5:made|2|1|#N/A||#DIV/0!"), rows(file));
  }

  @ParameterizedTest
  @CsvSource({
    "989120000001, General, 989120000001",
    "9120000001, General, 9120000001",
    "0.30000000000000004, General, 0.3",
    "-12.50, General, -12.5",
    "33453, m/d/yy, 1991-08-03",
    "33453.75, '[$-fa-IR,16]yyyy/mm/dd', 1991-08-03",
    "59, m/d/yy, 1900-02-28",
    "61, m/d/yy, 1900-03-01",
    "33453, '0\"day\"', 33453",
    "1234567890123456, General, 123456789012346.0E+1",
  })
  void amountsAreWhatPeopleSee(double amount, String format, String text) throws IOException {
    HSSFWorkbook workbook = new HSSFWorkbook();
    HSSFCell cell = workbook.createSheet().createRow(0).createCell(0);
    cell.setCellValue(amount);
    cell.setCellStyle(style(workbook, format));
    assertEquals(List.of("1:" + text), rows(file(workbook)));
  }

  @Test
  void daysOf1904AreCountedFromThere() throws IOException {
    HSSFWorkbook workbook = new HSSFWorkbook();
    workbook.getInternalWorkbook().getRecords().stream()
        .filter(DateWindow1904Record.class::isInstance)
        .map(DateWindow1904Record.class::cast)
        .forEach(window -> window.setWindowing((short) 1));
    HSSFCell cell = workbook.createSheet().createRow(0).createCell(0);
    cell.setCellValue(31991);
    cell.setCellStyle(style(workbook, "m/d/yy"));
    assertEquals(List.of("1:1991-08-03"), rows(file(workbook)));
  }

  @Test
  void thousandsOfLongTextsGoOnInFurtherRecords() throws IOException {
    HSSFWorkbook workbook = new HSSFWorkbook();
    HSSFSheet sheet = workbook.createSheet();
    List<String> wanted = new ArrayList<>();
    Random random = new Random(1);
    for (int i = 0; i < 3_000; i++) {
      String text = (i % 2 == 0 ? "سارا" : "Sara").repeat(random.nextInt(1, 40)) + i;
      sheet.createRow(i).createCell(0).setCellValue(text);
      wanted.add(i + 1 + ":" + text);
    }
    assertEquals(wanted, rows(file(workbook)));
  }

  @Test
  void amountsInOneRecordLieSideBySide() throws IOException {
    byte[] amounts =
        XlsRecords.bytes(18)
            .put(XlsRecords.shorts(0, 1))
            .put(XlsRecords.shorts(0))
            .putInt(7 << 2 | 2)
            .put(XlsRecords.shorts(0))
            .putInt(1250 << 2 | 3)
            .putShort((short) 2)
            .array();
    file(new XlsRecords().cell(XlsRecords.NUMBERS, amounts));
    assertEquals(List.of("1:|7|12.5"), rows(file()));
  }

  @Test
  void chartWithinASheetIsNoPartOfIt() throws IOException {
    XlsRecords records = new XlsRecords();
    records
        .cell(XlsRecords.LABEL, XlsRecords.label(0, 0, "before"))
        .cell(XlsRecords.BEGIN, records.beginning(XlsRecords.OF_CHART))
        .cell(XlsRecords.LABEL, XlsRecords.label(0, 1, "chart"))
        .cell(XlsRecords.END, new byte[0])
        .cell(XlsRecords.LABEL, XlsRecords.label(1, 0, "after"));
    file(records);
    assertEquals(List.of("1:before", "2:after"), rows(file()));
  }

  @Test
  void passwordIsTold() throws IOException {
    file(new XlsRecords().global(XlsRecords.PASSWORD, XlsRecords.shorts(0, 1, 2)));
    refused("password");
    other("EncryptedPackage");
    refused("password");
  }

  private void other(String part) throws IOException {
    new XlsRecords().file(file(), part);
  }

  @Test
  void whatIsNoWorkbookOf97IsToldByItsContent() throws IOException {
    other("Book");
    refused("Excel 95 or older");
    file(new XlsRecords().version(0x500));
    refused("Excel 95 or older");
    other("WordDocument");
    refused("no workbook");
    for (int begin : new int[] {0x0004, 0x0206, 0x0406, 0x0808}) {
      Files.write(file(), XlsRecords.shorts(0x09 | begin & 0xff00, begin & 0xff, 0, 0));
      refused("Excel 95 or older");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2000000000, 3, broken", // more texts than cells
    "9, 70000, broken", // a text that is not there
    "1, -1, broken"
  })
  void textsThatAreNotThereAreTold(int count, int index, String told) throws IOException {
    byte[] texts =
        XlsRecords.bytes(12).putInt(count).putInt(count).putShort((short) 1).put((byte) 0).array();
    file(
        new XlsRecords()
            .global(XlsRecords.SHARED_TEXTS, texts)
            .cell(XlsRecords.SHARED_LABEL, XlsRecords.sharedLabel(0, 0, index)));
    refused(told);
  }

  @Test
  void hostileCellsAreTold() throws IOException {
    file(new XlsRecords().cell(XlsRecords.LABEL, XlsRecords.label(0, 65_535, "far")));
    refused("row 1 has more than 500 columns");
    file(
        new XlsRecords()
            .cell(XlsRecords.LABEL, XlsRecords.label(9, 0, "x"))
            .cell(XlsRecords.LABEL, XlsRecords.label(3, 0, "x")));
    refused("disorder");
    byte[] cut = Arrays.copyOf(XlsRecords.label(0, 0, "x".repeat(5_000)), 4_000);
    file(new XlsRecords().cell(XlsRecords.LABEL, cut));
    refused("broken");
    XlsRecords wide = new XlsRecords();
    for (int i = 0; i < 200; i++) {
      wide.cell(XlsRecords.LABEL, XlsRecords.label(0, i, "x".repeat(8_000)));
    }
    file(wide);
    refused("row 1 has more than");
  }

  @Test
  void millionsOfTextsAreNotHeldInMemory() throws IOException {
    XlsRecords records = new XlsRecords();
    byte[] many = new byte[8_220];
    int perRecord = many.length / 3;
    int count = 400 * perRecord;
    records.global(
        XlsRecords.SHARED_TEXTS, XlsRecords.bytes(8).putInt(count).putInt(count).array());
    for (int i = 0; i < 400; i++) {
      records.global(XlsRecords.CONTINUED, many);
    }
    records.cell(XlsRecords.SHARED_LABEL, XlsRecords.sharedLabel(0, 0, count - 1));
    file(records);
    assertEquals(List.of("1:"), rows(file()));
  }

  @Test
  void fileBeyondTheBoundsIsTold() throws IOException {
    file(new XlsRecords());
    try (RandomAccessFile file = new RandomAccessFile(file().toFile(), "rw")) {
      file.setLength(OleParts.MOST_BYTES + 1);
    }
    refused("at most 268,435,456 bytes");
  }

  @Test
  void thousandsOfPartsAreTold() throws IOException {
    try (POIFSFileSystem file = new POIFSFileSystem();
        OutputStream out = Files.newOutputStream(file())) {
      DirectoryNode root = file.getRoot();
      for (int i = 0; i < 5_000; i++) {
        root.createDirectory("part " + i);
      }
      file.writeFilesystem(out);
    }
    refused("too many parts");
  }

  @Test
  void listOfPartsThatNeverEndsIsTold() throws IOException {
    file(new XlsRecords());
    byte[] bytes = Files.readAllBytes(file());
    ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int directory = all.getInt(48);
    int table = all.getInt(76);
    all.putInt((table + 1) * 512 + directory * 4, directory);
    Files.write(file(), bytes);
    refused("too many parts");
  }

  /// Whatever is broken, it is told, in bounded time and without a temporary file left.
  @Test
  void brokenFilesAreTold() throws IOException {
    HSSFWorkbook workbook = new HSSFWorkbook();
    HSSFSheet sheet = workbook.createSheet();
    for (int i = 0; i < 50; i++) {
      HSSFRow row = sheet.createRow(i);
      row.createCell(0).setCellValue("person " + i);
      row.createCell(1).setCellValue(i);
    }
    byte[] whole = Files.readAllBytes(file(workbook));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 1_000; i++) {
      byte[] broken =
          i % 4 == 0 ? Arrays.copyOf(whole, random.nextInt(8, whole.length)) : whole.clone();
      for (int n = random.nextInt(1, 20); n > 0; n--) {
        broken[random.nextInt(8, broken.length)] = (byte) random.nextInt();
      }
      Files.write(file(), broken);
      try {
        rows(file());
      } catch (UnreadableSheet told) {
        assertTrue(String.valueOf(told.getMessage()).length() > 10, () -> "seed " + seed);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed + ", file " + i, e);
      }
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(List.of(file()), files.toList(), () -> "seed " + seed);
      }
    }
  }
}
