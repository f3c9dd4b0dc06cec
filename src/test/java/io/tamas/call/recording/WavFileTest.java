package io.tamas.call.recording;

import static io.tamas.call.recording.WavBytes.wav;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavFileTest {
  @TempDir private Path folder;

  /// It belongs to the user of Asterisk: Tamas may replace it, and may not set its time.
  @Test
  void whatAKilledAsteriskLeftIsReplacedByAMendedCopyOfTheSameTime() throws IOException {
    Path path = folder.resolve("a.wav");
    FileTime ended = FileTime.from(Instant.parse("2026-11-30T08:00:00Z"));
    Files.write(path, wav(0, 32_001));
    Files.setLastModifiedTime(path, ended);
    Object asterisks = Files.readAttributes(path, BasicFileAttributes.class).fileKey();

    assertInstanceOf(WavFile.Broken.class, WavFile.read(path, false));
    WavFile file = WavFile.read(path, true);

    assertEquals(Duration.ofSeconds(2), assertInstanceOf(WavFile.Complete.class, file).duration());
    assertEquals(ended, Files.getLastModifiedTime(path));
    assertNotEquals(asterisks, Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void whatIsStillWrittenOrNoAudioIsLeftAlone() throws IOException {
    Path path = folder.resolve("a.wav");
    for (byte[] bytes : List.of(wav(0, 1), "no sound".repeat(20).getBytes())) {
      Files.write(path, bytes);
      assertInstanceOf(WavFile.Broken.class, WavFile.read(path, true));
      assertEquals(bytes.length, Files.size(path));
    }
  }
}
