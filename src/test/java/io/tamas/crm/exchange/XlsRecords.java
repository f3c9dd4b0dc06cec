package io.tamas.crm.exchange;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/// A workbook of Excel 97, record by record, as no library would write it.
final class XlsRecords {
  static final int BEGIN = 0x809;
  static final int END = 0x0a;
  static final int LABEL = 0x204;
  static final int SHARED_LABEL = 0xfd;
  static final int NUMBERS = 0xbd;
  static final int SHARED_TEXTS = 0xfc;
  static final int CONTINUED = 0x3c;
  static final int PASSWORD = 0x2f;

  private static final int SHEET = 0x85;
  private static final int OF_WORKBOOK = 5;
  static final int OF_SHEET = 0x10;
  static final int OF_CHART = 0x20;

  private final ByteArrayOutputStream globals = new ByteArrayOutputStream();
  private final ByteArrayOutputStream sheet = new ByteArrayOutputStream();
  private int version = 0x600;

  XlsRecords version(int other) {
    version = other;
    return this;
  }

  XlsRecords global(int type, byte[] content) {
    write(globals, type, content);
    return this;
  }

  XlsRecords cell(int type, byte[] content) {
    write(sheet, type, content);
    return this;
  }

  private static void write(ByteArrayOutputStream out, int type, byte[] content) {
    out.writeBytes(bytes(4).putShort((short) type).putShort((short) content.length).array());
    out.writeBytes(content);
  }

  static ByteBuffer bytes(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  static byte[] shorts(int... values) {
    ByteBuffer bytes = bytes(values.length * 2);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }

  static byte[] label(int row, int column, String text) {
    byte[] letters = text.getBytes(StandardCharsets.ISO_8859_1);
    return bytes(9 + letters.length)
        .put(shorts(row, column, 0, letters.length))
        .put((byte) 0)
        .put(letters)
        .array();
  }

  static byte[] sharedLabel(int row, int column, int text) {
    return bytes(10).put(shorts(row, column, 0)).putInt(text).array();
  }

  byte[] beginning(int type) {
    return bytes(16).put(shorts(version, type)).array();
  }

  /// The records of the workbook and of its only sheet.
  byte[] stream() {
    byte[] name = "people".getBytes(StandardCharsets.ISO_8859_1);
    int afterwards = 4 + 16 + globals.size() + 4 + 8 + name.length + 4;
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    write(all, BEGIN, beginning(OF_WORKBOOK));
    all.writeBytes(globals.toByteArray());
    write(
        all,
        SHEET,
        bytes(8 + name.length)
            .putInt(afterwards)
            .putShort((short) 0)
            .put((byte) name.length)
            .put((byte) 0)
            .put(name)
            .array());
    write(all, END, new byte[0]);
    write(all, BEGIN, beginning(OF_SHEET));
    all.writeBytes(sheet.toByteArray());
    write(all, END, new byte[0]);
    return all.toByteArray();
  }

  Path file(Path path, String part) throws IOException {
    try (POIFSFileSystem file = new POIFSFileSystem();
        OutputStream out = Files.newOutputStream(path)) {
      file.createDocument(new ByteArrayInputStream(stream()), part);
      file.writeFilesystem(out);
    }
    return path;
  }
}
