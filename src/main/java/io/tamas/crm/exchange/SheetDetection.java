package io.tamas.crm.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What a file is, by its content and not by its name.
final class SheetDetection {
  private static final int BEGINNING = 64 << 10;
  private static final int BLOCK = 64 << 10;

  /// How workbooks of Excel 2, 3, 4 and 5 begin that are no compound files.
  private static final List<int[]> OLD =
      List.of(
          new int[] {0x09, 0x00, 0x04, 0x00},
          new int[] {0x09, 0x02, 0x06, 0x00},
          new int[] {0x09, 0x04, 0x06, 0x00},
          new int[] {0x09, 0x08, 0x08, 0x00});

  private static final String SAVE_AS = ": open it in a spreadsheet, and save it as ";

  private SheetDetection() {}

  /// @throws UnreadableSheet if it is none that can be read, saying what to do
  static SheetFormat of(Path file) throws IOException {
    byte[] beginning;
    try (InputStream in = Files.newInputStream(file)) {
      beginning = in.readNBytes(BEGINNING);
    }
    if (beginning.length == 0) {
      throw new UnreadableSheet("the file is empty");
    }
    if (starts(beginning, 'P', 'K')) {
      return new SheetFormat.Xlsx(XlsxSheet.name(file));
    }
    if (starts(beginning, 0xd0, 0xcf, 0x11, 0xe0)) {
      return new SheetFormat.Xls(XlsSheet.name(file));
    }
    refuseOthers(beginning);
    TextEncoding encoding = TextEncoding.of(beginning, isUtf8(file));
    String text = new String(beginning, encoding.charset());
    String unmarked = text.startsWith("\uFEFF") ? text.substring(1) : text;
    refuseMarkup(unmarked.stripLeading().toLowerCase(Locale.ROOT));
    return new SheetFormat.Csv(encoding, Delimiter.of(unmarked));
  }

  private static void refuseOthers(byte[] beginning) {
    if (OLD.stream().anyMatch(old -> starts(beginning, old))) {
      throw XlsWorkbook.tooOld();
    }
    if (starts(beginning, '%', 'P', 'D', 'F')) {
      throw new UnreadableSheet("this is a PDF, and no table");
    }
  }

  /// What many programs call `.xls`.
  private static void refuseMarkup(String text) {
    if (text.matches("(?s)<(!doctype html|html|head|meta|body|table|style).*")) {
      throw new UnreadableSheet("this is a web page, whatever its name" + SAVE_AS + "XLSX or CSV");
    }
    if (text.startsWith("<?xml")) {
      throw new UnreadableSheet("this is XML, whatever its name" + SAVE_AS + "XLSX or CSV");
    }
  }

  private static boolean starts(byte[] bytes, int... wanted) {
    for (int i = 0; i < wanted.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xff) != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUtf8(Path file) throws IOException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.allocate(BLOCK);
    CharBuffer chars = CharBuffer.allocate(BLOCK);
    try (InputStream in = Files.newInputStream(file)) {
      boolean isEnd = false;
      while (!isEnd) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        isEnd = read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
        CoderResult result = decoder.decode(bytes, chars, isEnd);
        if (result.isError()) {
          return false;
        }
        bytes.compact();
        chars.clear();
      }
      return true;
    }
  }
}
