package io.tamas.call.recording;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/// The content of a WAV file of Asterisk (`format_wav.c`: RIFF, PCM, 44 bytes of header).
sealed interface WavFile {

  /// @param sha256 of the whole file, in hexadecimal
  record Complete(Duration duration, long bytes, String sha256, Peaks peaks) implements WavFile {
    int channels() {
      return peaks.channels();
    }
  }

  record Missing() implements WavFile {}

  /// Closed before any audio was written.
  record Empty() implements WavFile {}

  /// Asterisk writes the sizes into the header when it closes the file: until then, and after a
  /// crash, they do not match.
  record Broken(String reason) implements WavFile {}

  int HEADER = 44;

  /// Offsets in the header of the size of what follows and of the size of the audio.
  int RIFF_SIZE = 4;

  int DATA_SIZE = 40;

  static WavFile read(Path path) throws IOException {
    try (InputStream file = Files.newInputStream(path)) {
      long size = Files.size(path);
      var digest = sha256();
      var digesting = new DigestInputStream(file, digest);
      byte[] header = digesting.readNBytes(HEADER);
      if (header.length < HEADER) {
        return new Broken("shorter than its header");
      }
      return checked(ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN), size, digesting);
    } catch (NoSuchFileException e) {
      return new Missing();
    }
  }

  /// The same; if `abandoned`, nobody writes the file any more: an Asterisk that was killed left
  /// the sizes unwritten, so they are written now, from the size of the file. Its modification time
  /// is kept.
  static WavFile read(Path path, boolean abandoned) throws IOException {
    WavFile file = read(path);
    return abandoned && file instanceof Broken && mend(path) ? read(path) : file;
  }

  /// By a copy that takes its place: only the owner of a file, which is Asterisk, may set its time.
  private static boolean mend(Path path) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
    long size;
    try (FileChannel file = FileChannel.open(path, READ)) {
      size = file.size();
      if (file.read(header, 0) < HEADER || !isWav(header) || header.getInt(DATA_SIZE) != 0) {
        return false;
      }
    }
    int frame = header.getShort(32);
    long audio = size - HEADER;
    if (frame < 1 || audio < frame) {
      return false;
    }
    long whole = audio - audio % frame;
    header.putInt(RIFF_SIZE, (int) (whole + HEADER - 8)).putInt(DATA_SIZE, (int) whole).rewind();
    replace(path, header, HEADER + whole);
    return true;
  }

  private static void replace(Path path, ByteBuffer header, long size) throws IOException {
    FileTime ended = Files.getLastModifiedTime(path);
    Path mended = path.resolveSibling(path.getFileName() + ".mended");
    try {
      Files.copy(path, mended, REPLACE_EXISTING, COPY_ATTRIBUTES);
      try (FileChannel file = FileChannel.open(mended, WRITE)) {
        file.truncate(size);
        file.write(header, 0);
        file.force(true);
      }
      Files.setLastModifiedTime(mended, ended);
      Files.move(mended, path, ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(mended);
    }
  }

  private static boolean isWav(ByteBuffer header) {
    return tag(header, 0).equals("RIFF")
        && tag(header, 8).equals("WAVE")
        && tag(header, 12).equals("fmt ")
        && tag(header, 36).equals("data")
        && header.getShort(20) == 1
        && header.getShort(34) == Short.SIZE;
  }

  private static WavFile checked(ByteBuffer header, long size, DigestInputStream file)
      throws IOException {
    int channels = header.getShort(22);
    int bytesPerSecond = header.getInt(28);
    long audio = Integer.toUnsignedLong(header.getInt(DATA_SIZE));
    if (!isWav(header) || channels < 1 || channels > 2 || bytesPerSecond <= 0) {
      return new Broken("not a WAV file of Asterisk");
    }
    if (audio == 0) {
      boolean closed = size == HEADER && header.getInt(RIFF_SIZE) == HEADER - 8;
      return closed ? new Empty() : new Broken("no audio");
    }
    if (audio + HEADER != size) {
      return new Broken("%d bytes of audio in a file of %d".formatted(audio, size));
    }
    Peaks.Meter meter = new Peaks.Meter(channels, audio / (channels * Short.BYTES));
    file.transferTo(meter);
    return new Complete(
        Duration.ofMillis(audio * 1_000 / bytesPerSecond),
        size,
        HexFormat.of().formatHex(file.getMessageDigest().digest()),
        meter.peaks());
  }

  private static String tag(ByteBuffer header, int at) {
    byte[] tag = new byte[4];
    header.get(at, tag);
    return new String(tag, StandardCharsets.US_ASCII);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
