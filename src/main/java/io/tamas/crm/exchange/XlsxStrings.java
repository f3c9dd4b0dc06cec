package io.tamas.crm.exchange;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The texts that the cells of a workbook share, in a file, however many they are: their bytes, and
/// where each begins.
final class XlsxStrings implements AutoCloseable {
  private static final int PLACE = Long.BYTES;

  private static final ValueLayout.OfLong BIG_ENDIAN =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN);

  private final Arena arena;
  private final MemorySegment places;
  private final MemorySegment texts;

  private XlsxStrings(Arena arena, MemorySegment places, MemorySegment texts) {
    this.arena = arena;
    this.places = places;
    this.texts = texts;
  }

  /// @param part the shared strings; empty: there are none
  /// @param folder for the files, which are gone in any case when they are closed
  static XlsxStrings of(Optional<InputStream> part, Path folder) throws IOException {
    Path places = Files.createTempFile(folder, "places-", ".strings");
    Path texts = Files.createTempFile(folder, "texts-", ".strings");
    Arena arena = Arena.ofShared();
    try {
      if (part.isPresent()) {
        write(part.get(), places, texts);
      }
      return new XlsxStrings(arena, map(places, arena), map(texts, arena));
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    } finally {
      Files.delete(places);
      Files.delete(texts);
    }
  }

  private static MemorySegment map(Path file, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }

  private static void write(InputStream part, Path places, Path texts) throws IOException {
    try (XmlElements xml = XmlElements.of(part);
        DataOutputStream begins =
            new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(places)));
        BufferedOutputStream bytes = new BufferedOutputStream(Files.newOutputStream(texts))) {
      long at = 0;
      while (xml.next()) {
        if (xml.isStart("si")) {
          byte[] text = XlsxText.of(xml, "si").getBytes(StandardCharsets.UTF_8);
          begins.writeLong(at);
          bytes.write(text);
          at += text.length;
        }
      }
      begins.writeLong(at);
    }
  }

  /// @throws UnreadableSheet if there is no such text
  String get(String index) {
    long count = Math.max(0, places.byteSize() / PLACE - 1);
    if (!index.matches("[0-9]{1,9}") || Long.parseLong(index) >= count) {
      throw XlsxParts.broken();
    }
    long place = Long.parseLong(index) * PLACE;
    long begin = places.get(BIG_ENDIAN, place);
    long end = places.get(BIG_ENDIAN, place + PLACE);
    byte[] text = texts.asSlice(begin, end - begin).toArray(ValueLayout.JAVA_BYTE);
    return new String(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    arena.close();
  }
}
