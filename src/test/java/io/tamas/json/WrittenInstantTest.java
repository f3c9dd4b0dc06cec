package io.tamas.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonMappingException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenInstantTest {
  private record Switch(Optional<Instant> until) {}

  @ParameterizedTest
  @ValueSource(strings = {"2026-12-01T05:30:00Z", "2026-12-01T05:30:00.25+03:30"})
  void anInstantHasItsOffset(String text) {
    assertTrue(WrittenInstant.isValid(text));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-01T05:30:00, 'a time with its offset from UTC, which is missing, such as \"2026-12-01T05:30:00+03:30\"'",
    "2026-12-01T05:30, 'a time with its offset from UTC, which is missing, such as \"2026-12-01T05:30:00+03:30\"'",
    "2026-12-01, 'a time with its offset from UTC, which is missing, such as \"2026-12-01T00:00:00+03:30\"'",
    "tomorrow, 'a time with its offset from UTC such as \"2026-12-01T05:30:00+03:30\"'",
    "2026-12-01T05:30:00+25:00, 'a time with its offset from UTC such as \"2026-12-01T05:30:00+03:30\"'"
  })
  void whatIsWantedIsToldWithAnExample(String given, String wanted) {
    assertFalse(WrittenInstant.isValid(given));
    assertEquals(wanted, WrittenInstant.wanted(given));
  }

  @Test
  void anInstantInJsonIsRefusedInTheSameWords() {
    String json = "{\"until\": \"2026-12-01T05:30:00\"}";
    JsonMappingException refusal =
        assertThrows(JsonMappingException.class, () -> Json.mapper().readValue(json, Switch.class));
    assertEquals(
        "must be a time with its offset from UTC, which is missing, such as"
            + " \"2026-12-01T05:30:00+03:30\", not \"2026-12-01T05:30:00\"",
        Objects.requireNonNull(refusal.getCause()).getMessage());
  }
}
