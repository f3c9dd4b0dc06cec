package io.tamas.crm.exchange;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/// The bounds of a compound file ([MS-CFB]), found before the library reads into memory as a whole
/// what lists its parts.
final class OleParts {
  /// A sheet has 65,536 rows of 256 columns at most. Such a file rarely has a tenth of that.
  static final long MOST_BYTES = 256L << 20;

  /// Sectors of the list of parts, with four parts or more each; and of the list of small ones.
  private static final int MOST_SECTORS = 1024;

  private static final int HEADER = 512;
  private static final int SECTOR_SHIFT_AT = 30;
  private static final int TABLE_SECTORS_AT = 44;
  private static final int DIRECTORY_AT = 48;
  private static final int SMALL_SECTORS_AT = 64;
  private static final int MORE_TABLE_AT = 68;
  private static final int MORE_TABLE_SECTORS_AT = 72;
  private static final int TABLE_AT = 76;
  private static final int IN_HEADER = 109;

  private final RandomAccessFile file;
  private final ByteBuffer header;
  private final int shift;
  private final long sectors;

  private OleParts(RandomAccessFile file, ByteBuffer header) throws IOException {
    this.file = file;
    this.header = header;
    this.shift = header.getShort(SECTOR_SHIFT_AT);
    if (shift != 9 && shift != 12) {
      throw XlsWorkbook.broken();
    }
    this.sectors = file.length() >> shift;
  }

  /// @throws UnreadableSheet if the file is larger, or has more parts, than any workbook
  static void requireFew(Path path) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      if (file.length() > MOST_BYTES) {
        throw new UnreadableSheet(
            "a workbook of Excel 97 has at most %,d bytes here".formatted(MOST_BYTES)
                + ": open it in a spreadsheet, and save it as XLSX or CSV");
      }
      if (file.length() < HEADER) {
        throw XlsWorkbook.broken();
      }
      byte[] header = new byte[HEADER];
      file.readFully(header);
      new OleParts(file, ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN)).requireFew();
    }
  }

  private void requireFew() throws IOException {
    require(SMALL_SECTORS_AT, MOST_SECTORS);
    // of the table, which has four bytes for each sector, and of the table's own
    require(TABLE_SECTORS_AT, sectors / (perSector() - 1) + IN_HEADER);
    require(MORE_TABLE_SECTORS_AT, sectors / (perSector() - 1) / (perSector() - 1) + IN_HEADER);
    int sector = header.getInt(DIRECTORY_AT);
    for (int count = 0; isThere(sector); count++) {
      if (count >= MOST_SECTORS) {
        throw tooMany();
      }
      sector = next(sector);
    }
  }

  private void require(int at, long most) {
    if (Integer.toUnsignedLong(header.getInt(at)) > most) {
      throw tooMany();
    }
  }

  private static UnreadableSheet tooMany() {
    return new UnreadableSheet("the workbook has too many parts");
  }

  private int perSector() {
    return (1 << shift) / Integer.BYTES;
  }

  private boolean isThere(int sector) {
    return sector >= 0 && sector < sectors;
  }

  /// The sector that follows one in its part.
  private int next(int sector) throws IOException {
    int table = tableSector(sector / perSector());
    return isThere(table) ? entry(table, sector % perSector()) : -1;
  }

  /// Where a sector of the table is.
  private int tableSector(int number) throws IOException {
    if (number < IN_HEADER) {
      return header.getInt(TABLE_AT + number * Integer.BYTES);
    }
    int perList = perSector() - 1;
    int list = header.getInt(MORE_TABLE_AT);
    for (int i = (number - IN_HEADER) / perList; i > 0 && isThere(list); i--) {
      list = entry(list, perList);
    }
    return isThere(list) ? entry(list, (number - IN_HEADER) % perList) : -1;
  }

  private int entry(int sector, int number) throws IOException {
    long at = ((sector + 1L) << shift) + (long) number * Integer.BYTES;
    if (at + Integer.BYTES > file.length()) {
      return -1;
    }
    file.seek(at);
    return Integer.reverseBytes(file.readInt());
  }
}
