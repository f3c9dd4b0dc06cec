package io.tamas.ops;

import static java.util.stream.Collectors.joining;
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
    for (String text :
        new String[] {"first of all\n", "second of all\n", "third of all\n", "small"}) {
      Files.writeString(log.path(), text);
      log.trim(TWO_OF_TEN);
    }
    assertEquals("small", Files.readString(log.path()));
    assertEquals("third of all\n", Files.readString(folder.resolve("tamas.log.1")));
    assertEquals("second of all\n", Files.readString(folder.resolve("tamas.log.2")));
    assertFalse(Files.exists(folder.resolve("tamas.log.3")));
  }

  @Test
  void strangersWhoFillTheLogPushNothingElseOut() throws Exception {
    LogBounds bounds = new LogBounds(100_000, 1);
    LogFile log = new LogFile(folder.resolve("asterisk.log"));
    StringBuilder useful = new StringBuilder();
    for (int flood = 0; flood < 5; flood++) {
      String line = "[2026-11-29T08:30:0%d.123+0330] WARNING[71][C-0000000%1$d] app_dial.c: %1$d\n";
      useful.append(line.formatted(flood));
      StringBuilder written = new StringBuilder(line.formatted(flood));
      for (int packet = 0; packet < 2_000; packet++) {
        written.append(
            "[2026-11-29T08:30:00.000+0330] ERROR[72] pjproject: \tgarbage %d\n of a stranger\n"
                .formatted(packet));
      }
      Files.writeString(log.path(), written);
      log.trim(bounds);
    }
    assertEquals(0, Files.size(log.path()));
    String kept = Files.readString(folder.resolve("asterisk.log.1"));
    assertEquals(
        useful.toString(),
        kept.lines().filter(one -> one.contains("app_dial")).collect(joining("\n", "", "\n")));
    assertEquals(500, kept.lines().filter(one -> one.contains("garbage")).count());
    assertEquals(500, kept.lines().filter(one -> one.contains("of a stranger")).count());
    assertEquals(5, kept.lines().filter("1900 more lines: ERROR pjproject"::equals).count());
    assertFalse(Files.exists(folder.resolve("asterisk.log.kept")));
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
