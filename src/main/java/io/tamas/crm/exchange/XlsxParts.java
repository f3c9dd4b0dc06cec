package io.tamas.crm.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// The parts of a workbook, which is an archive (ISO/IEC 29500-2). They are read where they are:
/// nothing is unpacked into files by the names of the archive.
final class XlsxParts implements AutoCloseable {
  /// A list of contents that is read into memory as a whole.
  private static final long LONGEST_DIRECTORY = 4 << 20;

  /// A sheet with the same in all of its cells is packed to a hundredth.
  private static final long MOST_TIMES = 200;

  private static final long ALWAYS_ALLOWED = 16 << 20;

  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int DIRECTORY_LENGTH_AT = 12;

  private final ZipFile zip;

  private XlsxParts(ZipFile zip) {
    this.zip = zip;
  }

  static XlsxParts open(Path file) throws IOException {
    requireShortDirectory(file);
    try {
      return new XlsxParts(new ZipFile(file.toFile()));
    } catch (ZipException e) {
      throw broken();
    }
  }

  static UnreadableSheet broken() {
    return new UnreadableSheet("the workbook is broken, or not whole");
  }

  private static void requireShortDirectory(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      int length = (int) Math.min(in.length(), END_LENGTH + LONGEST_COMMENT);
      byte[] end = new byte[length];
      in.seek(in.length() - length);
      in.readFully(end);
      ByteBuffer bytes = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = length - END_LENGTH; at >= 0; at--) {
        if (bytes.getInt(at) == END_SIGNATURE) {
          if (Integer.toUnsignedLong(bytes.getInt(at + DIRECTORY_LENGTH_AT)) > LONGEST_DIRECTORY) {
            throw new UnreadableSheet("the workbook has too many parts");
          }
          return;
        }
      }
      throw broken();
    }
  }

  /// The content of a part; empty if there is none.
  Optional<InputStream> part(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return Optional.empty();
    }
    long most = ALWAYS_ALLOWED + MOST_TIMES * Math.max(0, entry.getCompressedSize());
    return Optional.of(new BoundedXml(zip.getInputStream(entry), most));
  }

  /// A relationship of a part.
  ///
  /// @param target the name of the other part
  record Relationship(String type, String target) {}

  /// The relationships of a part, by their ids; of the workbook's root: of the name ``.
  Map<String, Relationship> relationships(String part) throws IOException {
    int folderEnd = part.lastIndexOf('/') + 1;
    String folder = part.substring(0, folderEnd);
    Map<String, Relationship> all = new LinkedHashMap<>();
    Optional<InputStream> found = part(folder + "_rels/" + part.substring(folderEnd) + ".rels");
    if (found.isPresent()) {
      try (XmlElements xml = XmlElements.of(found.get())) {
        while (xml.next()) {
          if (xml.isStart("Relationship")) {
            String target = xml.attribute("Target").orElse("");
            all.put(
                xml.attribute("Id").orElse(""),
                new Relationship(
                    xml.attribute("Type").orElse(""),
                    target.startsWith("/") ? target.substring(1) : folder + target));
          }
        }
      }
    }
    return all;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
