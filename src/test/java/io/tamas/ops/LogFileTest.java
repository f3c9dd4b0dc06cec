package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
  private static final LogBounds TWO_OF_TEN = new LogBounds(10, 2);

  @TempDir private Path folder;

  @Test
  void largeFileIsEmptiedAndSoManyEarlierOnesAreKept() throws Exception {
    LogFile log = new LogFile(folder.resolve("tamas.log"));
    for (String text : new String[] {"first of all", "second of all", "third of all", "small"}) {
      Files.writeString(log.path(), text);
      log.trim(TWO_OF_TEN);
    }
    assertEquals("small", Files.readString(log.path()));
    assertEquals("third of all", Files.readString(folder.resolve("tamas.log.1")));
    assertEquals("second of all", Files.readString(folder.resolve("tamas.log.2")));
    assertFalse(Files.exists(folder.resolve("tamas.log.3")));
  }

  @Test
  void fileThatCannotBeCopiedIsEmptiedAllTheSame() throws Exception {
    LogFile log = new LogFile(folder.resolve("tamas.log"));
    Files.writeString(log.path(), "more than ten");
    Files.createDirectories(folder.resolve("tamas.log.1/not-empty"));
    assertThrows(IOException.class, () -> log.trim(new LogBounds(10, 1)));
    assertEquals(0, Files.size(log.path()));
  }

  @Test
  void boundsComeFromTheEnvironmentWithinTheirs() {
    assertEquals(new LogBounds(32L << 20, 2), LogBounds.of(Map.of()));
    assertEquals(
        new LogBounds(5L << 20, 0),
        LogBounds.of(Map.of("TAMAS_LOG_MEGABYTES", "5", "TAMAS_LOG_FILES", "0")));
    assertThrows(
        IllegalArgumentException.class, () -> LogBounds.of(Map.of("TAMAS_LOG_MEGABYTES", "0")));
    assertThrows(
        IllegalArgumentException.class, () -> LogBounds.of(Map.of("TAMAS_LOG_FILES", "many")));
  }
}
