package io.tamas.asterisk.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalPulseTest {
  private static final long SOON = Duration.ofSeconds(1).toNanos();
  private static final long LONG = Duration.ofSeconds(60).toNanos();

  @TempDir private Path folder;
  private JournalPulse pulse;

  @BeforeEach
  void start() throws IOException {
    pulse = new JournalPulse(folder);
    write();
    lookAfter(0);
  }

  @Test
  void withoutCallsNothingNeedBeWritten() {
    lookAfter(LONG);
    assertEquals(Optional.empty(), pulse.trouble());
  }

  @Test
  void callThatIsWrittenIsNoTrouble() throws IOException {
    pulse.routed();
    write();
    lookAfter(LONG);
    lookAfter(2 * LONG);
    assertEquals(Optional.empty(), pulse.trouble());
  }

  @Test
  void callThatIsNotWrittenIsTroubleUntilSomethingIs() throws IOException {
    pulse.routed();
    lookAfter(SOON);
    assertEquals(Optional.empty(), pulse.trouble());
    lookAfter(LONG);
    assertTrue(pulse.trouble().orElse("").contains("writes nothing"));
    pulse.routed();
    write();
    lookAfter(LONG);
    assertEquals(Optional.empty(), pulse.trouble());
  }

  @Test
  void troubleIsForgottenOnceItsCauseIsMendedUntilTheNextCall() {
    pulse.routed();
    lookAfter(LONG);
    pulse.again();
    lookAfter(2 * LONG);
    assertEquals(Optional.empty(), pulse.trouble());
    pulse.routed();
    lookAfter(2 * LONG);
    assertTrue(pulse.trouble().isPresent());
  }

  @Test
  void fileThatIsGoneIsTroubleOnceACallIsRouted() throws IOException {
    Files.delete(folder.resolve("journal.csv"));
    lookAfter(0);
    pulse.routed();
    lookAfter(LONG);
    assertTrue(pulse.trouble().isPresent());
    write();
    lookAfter(LONG);
    assertEquals(Optional.empty(), pulse.trouble());
  }

  @Test
  void fileWhoseTimeAloneChangesDoesNotGrow() throws IOException {
    pulse.routed();
    Files.setLastModifiedTime(
        folder.resolve("journal.csv"), java.nio.file.attribute.FileTime.fromMillis(1));
    lookAfter(LONG);
    assertTrue(pulse.trouble().isPresent());
  }

  private void write() throws IOException {
    Files.writeString(
        folder.resolve("journal.csv"),
        "row\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private void lookAfter(long nanos) {
    pulse.look(System.nanoTime() + nanos);
  }
}
