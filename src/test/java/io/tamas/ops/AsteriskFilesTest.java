package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsteriskFilesTest {
  @Test
  void fillsInWhatTheTemplateNames() {
    assertEquals(
        "bind = 127.0.0.1:5060",
        AsteriskFiles.fill("bind = ${HOST}:${PORT}", Map.of("HOST", "127.0.0.1", "PORT", "5060")));
  }

  @Test
  void refusesATemplateThatNamesSomethingElse() {
    assertThrows(
        IllegalArgumentException.class, () -> AsteriskFiles.fill("x = ${OTHER}", Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a;b", "a\nb", "[general]", "${PATH}", "a b", "#include x"})
  void aValueIsNeverSyntax(String value) {
    assertThrows(
        IllegalArgumentException.class,
        () -> AsteriskFiles.fill("x = ${SECRET}", Map.of("SECRET", value)));
  }
}
