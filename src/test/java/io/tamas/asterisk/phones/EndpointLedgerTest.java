package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointLedgerTest {
  @TempDir private Path folder;

  @Test
  void endpointThatWasBeingWrittenAtACrashIsKnown() {
    ledger().touch(List.of("101", "trunk-demo"));

    assertEquals(Set.of("101", "trunk-demo"), ledger().endpoints());
    assertTrue(ledger().has("101"));
  }

  @Test
  void removedEndpointIsForgotten() {
    EndpointLedger ledger = ledger();
    ledger.touch(List.of("101", "102"));
    ledger.removed("101");

    assertEquals(Set.of("102"), ledger().endpoints());
  }

  @Test
  void tornLineDoesNoHarm() throws IOException {
    ledger().touch(List.of("101"));
    append("101 0123");
    ledger().touch(List.of("102"));

    assertEquals(Set.of("101", "102"), ledger().endpoints());
  }

  @Test
  void linesOfAnEarlierVersionAreRead() throws IOException {
    ledger().touch(List.of("101", "102"));
    append("101 " + "0".repeat(64) + "\n102 -\n");

    assertEquals(Set.of("101"), ledger().endpoints());
  }

  @Test
  void historyIsDroppedAtTheNextStart() throws IOException {
    EndpointLedger ledger = ledger();
    for (int i = 0; i < 100; i++) {
      ledger.touch(List.of("101"));
      ledger.removed("101");
    }
    ledger().touch(List.of("101"));

    assertEquals(List.of("101 ?"), Files.readAllLines(file()));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }

  private void append(String text) throws IOException {
    Files.writeString(file(), text, StandardOpenOption.APPEND);
  }

  private Path file() {
    return folder.resolve("endpoints");
  }

  private EndpointLedger ledger() {
    return new EndpointLedger(file());
  }
}
