package io.tamas.crm.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is written into a workbook is read from it.
class ProfileWorkbookTest {
  private static final List<String> TEXTS =
      List.of(
          "سارا",
          "=1+1",
          "+989121234567",
          "00123",
          "9.1E+11",
          "'quoted",
          "a & b <c> \"d\"",
          "two\nlines\r\nand more",
          "_x0041_",
          "👍🏽",
          "",
          "last");

  @TempDir Path folder;

  private Path written(Stream<List<List<String>>> pages) throws IOException {
    Path file = folder.resolve("profiles.xlsx");
    var all = pages.iterator();
    ProfileWorkbook workbook =
        new ProfileWorkbook(() -> all.hasNext() ? Optional.of(all.next()) : Optional.empty());
    try (OutputStream out = Files.newOutputStream(file)) {
      for (Optional<byte[]> piece = workbook.next(); piece.isPresent(); piece = workbook.next()) {
        assertTrue(piece.get().length < 1 << 20);
        out.write(piece.get());
      }
    }
    return file;
  }

  private static List<List<String>> read(Path file) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (SheetReader reader = SheetReader.open(file, SheetDetection.of(file))) {
      for (Optional<SheetRow> row = reader.next(); row.isPresent(); row = reader.next()) {
        rows.add(row.get().cells());
      }
    }
    return rows;
  }

  @Test
  void textsStayAsTheyAre() throws IOException {
    assertEquals(
        List.of(List.of("head"), TEXTS),
        read(written(Stream.of(List.of(List.of("head")), List.of(TEXTS)))));
  }

  @Test
  void eachCellIsShownAsText() throws IOException {
    try (ZipFile zip = new ZipFile(written(Stream.of(List.of(List.of("=1+1")))).toFile())) {
      String sheet =
          new String(
              zip.getInputStream(zip.getEntry("xl/worksheets/sheet1.xml")).readAllBytes(),
              StandardCharsets.UTF_8);
      assertTrue(sheet.contains("t=\"inlineStr\""), sheet);
      assertTrue(sheet.contains("=1+1"), sheet);
      String styles =
          new String(
              zip.getInputStream(zip.getEntry("xl/styles.xml")).readAllBytes(),
              StandardCharsets.UTF_8);
      assertTrue(styles.contains("formatCode=\"@\"") || styles.contains("numFmtId=\"49\""), styles);
    }
  }

  @Test
  void pagesAreSentWhileTheyAreWritten() throws IOException {
    List<String> row = IntStream.range(0, 20).mapToObj(i -> "cell " + i).toList();
    Stream<List<List<String>>> pages =
        IntStream.range(0, 200).mapToObj(_ -> Collections.nCopies(100, row));
    List<List<String>> read = read(written(pages));
    assertEquals(20_000, read.size());
    assertEquals(row, read.getLast());
  }
}
