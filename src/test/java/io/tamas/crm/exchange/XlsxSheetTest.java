package io.tamas.crm.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Workbooks as spreadsheets write them, and as nobody should.
class XlsxSheetTest {
  private static final String OFFICE =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

  @TempDir Path folder;

  private final Map<String, String> parts = new LinkedHashMap<>();

  XlsxSheetTest() {
    parts.put("_rels/.rels", relationships("rId1", "officeDocument", "xl/workbook.xml"));
    parts.put("xl/workbook.xml", workbook("<workbookPr/>"));
    parts.put(
        "xl/_rels/workbook.xml.rels",
        relationships(
            "rId1",
            "worksheet",
            "worksheets/sheet1.xml",
            "rId2",
            "sharedStrings",
            "sharedStrings.xml",
            "rId3",
            "styles",
            "/xl/styles.xml"));
    parts.put(
        "xl/sharedStrings.xml",
        "<sst><si><t>سارا</t></si><si><r><t>two </t></r><r><t>parts</t></r><rPh><t>x</t></rPh></si></sst>");
    parts.put(
        "xl/styles.xml",
        """
        <styleSheet><numFmts>
          <numFmt numFmtId="164" formatCode="[$-fa-IR,16]yyyy/mm/dd"/>
          <numFmt numFmtId="165" formatCode="0&quot;day&quot;"/>
        </numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>
        </styleSheet>
        """);
    sheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
  }

  private static String workbook(String properties) {
    return """
    <workbook xmlns:r="%s">%s<sheets>
    <sheet name="notes" sheetId="2" state="hidden" r:id="rId9"/>
    <sheet name="مخاطبان" sheetId="1" r:id="rId1"/></sheets></workbook>
    """
        .formatted(OFFICE, properties);
  }

  private static String relationships(String... all) {
    StringBuilder text = new StringBuilder("<Relationships>");
    for (int i = 0; i < all.length; i += 3) {
      text.append(
          "<Relationship Id=\"%s\" Type=\"%s/%s\" Target=\"%s\"/>"
              .formatted(all[i], OFFICE, all[i + 1], all[i + 2]));
    }
    return text.append("</Relationships>").toString();
  }

  private void sheet(String rows) {
    parts.put(
        "xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
  }

  private Path file() throws IOException {
    Path file = folder.resolve("file.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(part.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return file;
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
    Path file = file();
    UnreadableSheet refused = assertThrows(UnreadableSheet.class, () -> rows(file));
    assertTrue(String.valueOf(refused.getMessage()).contains(told), refused::getMessage);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void cellsAreTextsWhereverTheyStand() throws IOException {
    sheet(
        """
        <row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="s"><v>1</v></c></row>
        <row r="5"><c t="inlineStr"><is><t>in line</t></is></c><c t="str"><f>A1</f><v>made</v></c>
        <c t="b"><v>1</v></c><c/><c t="d"><v>2024-05-12T00:00:00</v></c></row>
        <row><c r="B6"><v>7</v></c></row>
        """);
    Path file = file();
    assertEquals(new SheetFormat.Xlsx("مخاطبان"), SheetDetection.of(file));
    assertEquals(List.of("2:سارا||two parts", "5:in line|made|1||2024-05-12", "6:|7"), rows(file));
  }

  @ParameterizedTest
  @CsvSource({
    "989120000001, 0, 989120000001",
    "9.89120000001E11, 0, 989120000001",
    "9120000001, '', 9120000001",
    "0.30000000000000004, 0, 0.3",
    "-12.50, 0, -12.5",
    "33453, 1, 1991-08-03",
    "33453.75, 2, 1991-08-03",
    "59, 1, 1900-02-28",
    "61, 1, 1900-03-01",
    "33453, 3, 33453",
    "33453, 99, 33453",
    "1234567890123456, 0, 123456789012346.0E+1",
    "#N/A, 0, #N/A",
  })
  void amountsAreWhatPeopleSee(String amount, String style, String text) throws IOException {
    sheet("<row><c s=\"%s\"><v>%s</v></c></row>".formatted(style, amount));
    assertEquals(List.of("1:" + text), rows(file()));
  }

  @Test
  void charactersThatXmlHasNotAreEscaped() throws IOException {
    sheet(
        "<row><c t=\"inlineStr\"><is><t>a_x000D_\nb</t></is></c><c t=\"str\"><v>_x005F_x0041_</v></c></row>");
    assertEquals(List.of("1:a\r\nb|_x0041_"), rows(file()));
  }

  @Test
  void daysOf1904AreCountedFromThere() throws IOException {
    parts.put("xl/workbook.xml", workbook("<workbookPr date1904=\"1\"/>"));
    sheet("<row><c s=\"1\"><v>31991</v></c></row>");
    assertEquals(List.of("1:1991-08-03"), rows(file()));
  }

  @Test
  void documentTypeIsRefusedAndNoFileIsRead() throws IOException {
    Path secret = Files.writeString(folder.resolveSibling("secret"), "secret");
    parts.put(
        "xl/worksheets/sheet1.xml",
        """
        <!DOCTYPE x [<!ENTITY xxe SYSTEM "%s">]>
        <worksheet><sheetData><row><c t="str"><v>&xxe;</v></c></row></sheetData></worksheet>
        """
            .formatted(secret.toUri()));
    refused("document type");
  }

  @Test
  void bombIsStopped() throws IOException {
    sheet("<row><c/></row>" + "<x/>".repeat(25_000_000));
    Path file = file();
    assertTrue(Files.size(file) < 1_000_000);
    refused("unpacks");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "<row><c r=\"ZZZ1\"><v>1</v></c></row>!columns",
        "<row r=\"2\"/><row r=\"1\"/>!broken",
        "<row><c r=\"B1\"/><c r=\"A1\"/></row>!broken",
        "<row><c t=\"s\"><v>99</v></c></row>!broken",
        "<row><c t=\"s\"><v>-1</v></c></row>!broken",
        "<row><c><v>1</c></row>!broken",
        "<row><c>!broken",
      })
  void brokenSheetIsTold(String rows, String told) throws IOException {
    sheet(rows);
    refused(told);
  }

  @Test
  void longTextsAreRefusedBeforeTheyFillTheMemory() throws IOException {
    sheet("<row><c t=\"str\"><v>" + "x".repeat(70_000) + "</v></c></row>");
    refused("65,536 characters");
    sheet("<row><c t=\"" + "x".repeat(2_000_000) + "\"/></row>");
    refused("1,048,576 bytes");
    sheet(
        "<row>"
            + "<c t=\"str\"><v>".concat("y".repeat(60_000)).concat("</v></c>").repeat(30)
            + "</row>");
    refused("row 1 has more than");
    sheet("<!-- " + "<a ".repeat(500_000) + " -->");
    refused("1,048,576 bytes");
    sheet("<a>".repeat(1000));
    refused("broken");
  }

  @Test
  void workbookThatIsCutOffIsTold() throws IOException {
    byte[] whole = Files.readAllBytes(file());
    Path file = Files.write(folder.resolve("file.xlsx"), Arrays.copyOf(whole, whole.length / 2));
    UnreadableSheet refused = assertThrows(UnreadableSheet.class, () -> rows(file));
    assertTrue(String.valueOf(refused.getMessage()).contains("not whole"), refused::getMessage);
  }

  @Test
  void otherArchiveIsTold() throws IOException {
    parts.clear();
    parts.put("../../etc/passwd", "x");
    refused("this is an archive");
  }
}
