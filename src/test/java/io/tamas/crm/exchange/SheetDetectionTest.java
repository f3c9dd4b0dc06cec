package io.tamas.crm.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What files of spreadsheets are, and what is read of them.
class SheetDetectionTest {
  private static final String PERSIAN =
      "نام;تلفن\nسارا احمدی;09121234567\nعلی رضایی گلچین پژمان;x\n";
  private static final String TURKISH = "Ad Soyad;Telefon\nAyşe Yılmaz;0532\nİbrahim Gündoğdu;x\n";
  private static final String RUSSIAN = "Имя;Телефон\nАнна Каренина;8912\nПётр Щукин;x\n";

  @TempDir Path folder;

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("file"), content);
  }

  private Path file(String text, Charset charset) throws IOException {
    return file(text.getBytes(charset));
  }

  private List<List<String>> rows(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (SheetReader reader = SheetReader.open(file, SheetDetection.of(file))) {
      for (Optional<SheetRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row.get().cells());
      }
    }
    return rows;
  }

  private void detects(TextEncoding encoding, Delimiter delimiter, Path file) throws IOException {
    assertEquals(new SheetFormat.Csv(encoding, delimiter), SheetDetection.of(file));
  }

  @Test
  void encodingIsFoundInWhatExcelWritesInEachLanguage() throws IOException {
    Charset persian = Charset.forName("windows-1256");
    String without = PERSIAN.replace('ی', 'ي');
    detects(TextEncoding.WINDOWS_1256, Delimiter.SEMICOLON, file(without, persian));
    assertEquals(List.of("سارا احمدي", "09121234567"), rows(folder.resolve("file")).get(1));
    detects(
        TextEncoding.WINDOWS_1254,
        Delimiter.SEMICOLON,
        file(TURKISH, Charset.forName("windows-1254")));
    assertEquals("İbrahim Gündoğdu", rows(folder.resolve("file")).get(2).getFirst());
    detects(
        TextEncoding.WINDOWS_1251,
        Delimiter.SEMICOLON,
        file(RUSSIAN, Charset.forName("windows-1251")));
    assertEquals("Пётр Щукин", rows(folder.resolve("file")).get(2).getFirst());
    for (String text : List.of(PERSIAN, TURKISH, RUSSIAN)) {
      detects(TextEncoding.UTF_8, Delimiter.SEMICOLON, file(text, StandardCharsets.UTF_8));
    }
  }

  @Test
  void byteOrderMarkIsNoPartOfTheFirstHead() throws IOException {
    Path utf8 = file("\uFEFF" + PERSIAN, StandardCharsets.UTF_8);
    assertEquals("نام", rows(utf8).getFirst().getFirst());
    Path unicodeText = file("\uFEFF" + PERSIAN.replace(';', '\t'), StandardCharsets.UTF_16LE);
    detects(TextEncoding.UTF_16LE, Delimiter.TAB, unicodeText);
    assertEquals(List.of("نام", "تلفن"), rows(unicodeText).getFirst());
    detects(
        TextEncoding.UTF_16BE, Delimiter.COMMA, file("a,b\n1,2\n3,4\n", StandardCharsets.UTF_16BE));
  }

  @Test
  void utf8IsRefutedBytesAfterTheBeginning() throws IOException {
    ByteArrayOutputStream long1254 = new ByteArrayOutputStream();
    long1254.writeBytes("name,city\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII));
    long1254.writeBytes("Gündoğdu,x\n".getBytes(Charset.forName("windows-1254")));
    detects(TextEncoding.WINDOWS_1254, Delimiter.COMMA, file(long1254.toByteArray()));
    List<List<String>> rows = rows(folder.resolve("file"));
    assertEquals("Gündoğdu", rows.getLast().getFirst());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '!',
      value = {
        "a,b~1,2!COMMA",
        "a;b~\"1;5\";2,5!SEMICOLON",
        "a|b~1|2!PIPE",
        "name~Sara~Ali!COMMA",
        "sep=;~a,b;c~1,2;3!SEMICOLON",
        "name;note~Sara;\"one, two~three, four, five\"~Ali;x!SEMICOLON",
      })
  void delimiterIsFound(String lines, Delimiter delimiter) {
    assertEquals(delimiter, Delimiter.of(lines.replace('~', '\n') + "\n"));
  }

  @Test
  void lineThatTellsTheDelimiterIsNoRow() throws IOException {
    Path file = file("sep=;\r\nname;phone\r\nSara;1\r\n", StandardCharsets.UTF_8);
    assertEquals(
        List.of(List.of("name", "phone"), List.of("Sara", "1")),
        rows(file).stream().limit(2).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "<html><table><tr><td>1</td></tr></table>~this is a web page",
        "  <!DOCTYPE html><body>~this is a web page",
        "<?xml version=\"1.0\"?><Workbook/>~this is XML",
        "PK\u0003\u0004rest~the workbook is broken",
        "%PDF-1.7~this is a PDF",
      })
  void whatIsNoTableIsToldByItsContent(String content, String told) throws IOException {
    Path file = file(content, StandardCharsets.ISO_8859_1);
    UnreadableSheet refused = assertThrows(UnreadableSheet.class, () -> SheetDetection.of(file));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(told), refused::getMessage);
  }

  @Test
  void oldWorkbooksAreToldToo() throws IOException {
    Path ole = file(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 1, 2});
    assertThrows(UnreadableSheet.class, () -> SheetDetection.of(ole));
    Path biff5 = file(new byte[] {0x09, 0x08, 0x08, 0});
    assertThrows(UnreadableSheet.class, () -> SheetDetection.of(biff5));
    Path empty = file(new byte[0]);
    assertThrows(UnreadableSheet.class, () -> SheetDetection.of(empty));
  }

  @Test
  void rowBeyondTheBoundsIsNamed() throws IOException {
    for (String row :
        List.of("x,".repeat(1_000_000), "\"" + "x".repeat(10_000_000), "x".repeat(10_000_000))) {
      Path file = file("name,phone\nSara,1\n" + row + "\n", StandardCharsets.UTF_8);
      UnreadableSheet refused = assertThrows(UnreadableSheet.class, () -> rows(file));
      assertTrue(String.valueOf(refused.getMessage()).startsWith("row 3 "), refused::getMessage);
    }
  }
}
