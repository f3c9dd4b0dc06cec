package io.tamas.crm.exchange;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The texts that the cells of a workbook share, in a file, however many they are: their bytes, and
/// where each begins.
final class SharedStrings implements AutoCloseable {
  private static final int PLACE = Long.BYTES;

  /// A whole sheet of a million rows with 50 texts of 20 letters each.
  private static final long MOST_BYTES = 1L << 30;

  private static final ValueLayout.OfLong BIG_ENDIAN =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final Arena arena;
  private final MemorySegment places;
  private final MemorySegment texts;

  private SharedStrings(Arena arena, MemorySegment places, MemorySegment texts) {
    this.arena = arena;
    this.places = places;
    this.texts = texts;
  }

  /// Takes the texts one after another.
  interface Sink {
    void add(String text) throws IOException;
  }

  /// The texts of a workbook.
  interface Source {
    void writeTo(Sink sink) throws IOException;
  }

  /// @param folder for the files, which are gone in any case when they are closed
  /// @throws UnreadableSheet if they are more than the disk should be filled with
  static SharedStrings of(Source source, Path folder) throws IOException {
    return of(source, folder, MOST_BYTES);
  }

  static SharedStrings of(Source source, Path folder, long most) throws IOException {
    Path places = Files.createTempFile(folder, "places-", ".strings");
    Path texts = Files.createTempFile(folder, "texts-", ".strings");
    Arena arena = Arena.ofShared();
    try {
      write(source, places, texts, most);
      return new SharedStrings(arena, map(places, arena), map(texts, arena));
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

  /// Knows where the next text begins.
  private static final class CountedOutputStream extends BufferedOutputStream {
    private long total;

    CountedOutputStream(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      write(bytes, 0, bytes.length);
      total += bytes.length;
    }
  }

  private static void write(Source source, Path places, Path texts, long most) throws IOException {
    try (DataOutputStream begins =
            new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(places)));
        CountedOutputStream bytes = new CountedOutputStream(Files.newOutputStream(texts))) {
      source.writeTo(text -> {
        if (bytes.total + begins.size() > most) {
          throw new UnreadableSheet("the texts of the workbook are more than 1 GiB unpacked");
        }
        begins.writeLong(bytes.total);
        bytes.write(text.getBytes(StandardCharsets.UTF_8));
      });
      begins.writeLong(bytes.total);
    }
  }

  /// @throws UnreadableSheet if there is no such text
  String get(long index) {
    long count = Math.max(0, places.byteSize() / PLACE - 1);
    if (index < 0 || index >= count) {
      throw XlsxParts.broken();
    }
    long begin = places.get(BIG_ENDIAN, index * PLACE);
    long end = places.get(BIG_ENDIAN, (index + 1) * PLACE);
    byte[] text = texts.asSlice(begin, end - begin).toArray(ValueLayout.JAVA_BYTE);
    return new String(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    arena.close();
  }
}
