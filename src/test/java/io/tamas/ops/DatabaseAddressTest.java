package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamas.config.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseAddressTest {
  private static final DatabaseAddress KEPT =
      new DatabaseAddress("postgresql://db:5432/calls", "tamas", new Secret("kept"));

  private static Optional<DatabaseAddress> external(Map<String, String> environment) {
    return DatabaseAddress.external(environment, Optional.empty());
  }

  @Test
  void withoutAUrlItIsTheOneThatWasKept() {
    for (Map<String, String> nothing :
        List.of(Map.<String, String>of(), Map.of("TAMAS_DATABASE_URL", " "))) {
      assertEquals(Optional.empty(), external(nothing));
      assertEquals(Optional.of(KEPT), DatabaseAddress.external(nothing, Optional.of(KEPT)));
    }
  }

  @Test
  void theEmbeddedOneIsChosenAgainByItsName() {
    assertEquals(
        Optional.empty(),
        DatabaseAddress.external(Map.of("TAMAS_DATABASE_URL", "embedded"), Optional.of(KEPT)));
  }

  @Test
  void userAndPasswordMayStandInTheUrlOrBesideIt() {
    DatabaseAddress expected =
        new DatabaseAddress("postgresql://db:5432/calls", "ann", new Secret("s:e"));
    assertEquals(
        Optional.of(expected),
        external(Map.of("TAMAS_DATABASE_URL", "postgres://ann:s:e@db/calls")));
    assertEquals(
        Optional.of(expected),
        external(
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
            IllegalArgumentException.class, () -> external(Map.of("TAMAS_DATABASE_URL", url)));
    assertFalse(String.valueOf(fault.getMessage()).contains("hu"), fault.getMessage());
  }
}
