package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndpointLedgerTest {
  private static final List<PjsipObject> OBJECTS = objects("one");

  @TempDir private Path folder;

  @Test
  void endpointThatWasBeingWrittenAtACrashIsKnownButNotTrusted() {
    ledger().touch(List.of("101", "trunk-demo"));

    assertEquals(Set.of("101", "trunk-demo"), ledger().endpoints());
    assertFalse(ledger().has("101", OBJECTS));
  }

  @Test
  void writtenEndpointIsTrustedUntilItDiffers() {
    EndpointLedger ledger = ledger();
    ledger.touch(List.of("101"));
    ledger.done("101", OBJECTS);

    assertTrue(ledger().has("101", OBJECTS));
    assertFalse(ledger().has("101", objects("two")));
    ledger.touch(List.of("101"));
    assertFalse(ledger().has("101", OBJECTS));
  }

  @Test
  void removedEndpointIsForgotten() {
    EndpointLedger ledger = ledger();
    ledger.touch(List.of("101", "102"));
    ledger.done("101", List.of());

    assertEquals(Set.of("102"), ledger().endpoints());
  }

  @Test
  void tornLineDoesNoHarm() throws IOException {
    EndpointLedger ledger = ledger();
    ledger.touch(List.of("101"));
    ledger.done("101", OBJECTS);
    Files.writeString(folder.resolve("endpoints"), "101 0123", StandardOpenOption.APPEND);
    EndpointLedger after = ledger();
    after.touch(List.of("102"));

    assertTrue(after.has("101", OBJECTS));
    assertEquals(Set.of("101", "102"), ledger().endpoints());
  }

  @Test
  void historyIsDroppedAtTheNextStart() throws IOException {
    EndpointLedger ledger = ledger();
    for (int i = 0; i < 100; i++) {
      ledger.touch(List.of("101"));
      ledger.done("101", OBJECTS);
    }
    ledger().touch(List.of("101"));

    assertEquals(List.of("101 ?"), Files.readAllLines(folder.resolve("endpoints")));
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("endpoints"))));
  }

  private EndpointLedger ledger() {
    return new EndpointLedger(folder.resolve("endpoints"));
  }

  private static List<PjsipObject> objects(String password) {
    return List.of(
        new PjsipObject("auth", "101", List.of(new PjsipObject.Field("password", password))));
  }
}
