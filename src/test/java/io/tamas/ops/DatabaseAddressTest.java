package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamas.config.Secret;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  @Test
  void withoutAUrlThereIsNoExternalDatabase() {
    assertEquals(Optional.empty(), DatabaseAddress.external(Map.of()));
    assertEquals(Optional.empty(), DatabaseAddress.external(Map.of("TAMAS_DATABASE_URL", " ")));
  }

  @Test
  void userAndPasswordMayStandInTheUrlOrBesideIt() {
    DatabaseAddress expected =
        new DatabaseAddress("postgresql://db:5432/calls", "ann", new Secret("s:e"));
    assertEquals(
        Optional.of(expected),
        DatabaseAddress.external(Map.of("TAMAS_DATABASE_URL", "postgres://ann:s:e@db/calls")));
    assertEquals(
        Optional.of(expected),
        DatabaseAddress.external(
            Map.of(
                "TAMAS_DATABASE_URL", "postgresql://db:5432/calls",
                "TAMAS_DATABASE_USER", "ann",
                "TAMAS_DATABASE_PASSWORD", "s:e")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://a:hush@h/d",
        "postgresql://a:hush@h",
        "a:hush@h",
        "postgresql://a:hu sh@h/d"
      })
  void aWrongUrlIsRefusedWithoutShowingThePassword(String url) {
    IllegalArgumentException fault =
        assertThrows(
            IllegalArgumentException.class,
            () -> DatabaseAddress.external(Map.of("TAMAS_DATABASE_URL", url)));
    assertFalse(String.valueOf(fault.getMessage()).contains("hu"), fault.getMessage());
  }
}
