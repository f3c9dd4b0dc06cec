package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {
  @Test
  void aCursorIsReadAsItWasWritten() {
    Cursor cursor = Cursor.of("profiles", "سارا & Co'; --", 17L, "");
    assertEquals(cursor, Cursor.parse("profiles", 3, cursor.text()));
    assertEquals(17L, cursor.<Long>field(1, Long::valueOf));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "!",
        "a",
        "dGhpbmdz",
        "dGhpbmdzHzE=",
        "dGhpbmdzHzF",
        "b3RoZXIfMQ",
        "dGhpbmdzHzEfMg",
        "gICA"
      })
  void anythingElseIsRefused(String text) {
    assertEquals(400, assertThrows(Problem.class, () -> Cursor.parse("things", 1, text)).status());
  }

  @Test
  void aFieldOfAnotherTypeIsRefused() {
    String text =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("things\u001fx".getBytes(StandardCharsets.UTF_8));
    Cursor cursor = Cursor.parse("things", 1, text);
    assertEquals(400, assertThrows(Problem.class, () -> cursor.field(0, Long::valueOf)).status());
  }

  @Test
  void aHugeOneIsRefused() {
    assertThrows(Problem.class, () -> Cursor.parse("things", 1, "a".repeat(100_000)));
  }
}
