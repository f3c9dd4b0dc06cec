package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaRuleTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          enum    | Instance does not match any of ["OPEN","CLOSED"] | closed  | must be one of OPEN, CLOSED, here CLOSED, not "closed"
          enum    | Instance does not match any of ["OPEN","CLOSED"] | ajar    | must be one of OPEN, CLOSED, not "ajar"
          format  | String does not match format "date-time"         | 8:30    | must be a time with its offset from UTC, such as 2026-11-28T08:30:00+03:30 or 2026-11-28T05:00:00Z, not "8:30"
          format  | String does not match format "ipv4"              | x       | must be a ipv4, not "x"
          type    | Instance type string is invalid. Expected integer | x      | must be a whole number, not "x"
          pattern | String does not match pattern                    | A B     | must match ^[a-z]+$, not "A B"
          minimum | 0 is less than 1                                 | 0       | 0 is less than 1
          """)
  void aReportIsToldWithWhatIsWantedAndWhatWasGiven(
      String keyword, String report, String given, String told) {
    assertEquals(told, SchemaRule.of(keyword, report, "/field", Optional.of(given), "^[a-z]+$"));
  }

  @Test
  void aSecretIsNotToldAgain() {
    assertEquals(
        "must be a text",
        SchemaRule.of(
            "type",
            "Instance type number is invalid. Expected string",
            "/password",
            Optional.of(12345678),
            ""));
  }

  @Test
  void aBodyThatMayBeASecretAloneIsNotToldAgain() {
    assertEquals(
        "must be an object of fields and their values",
        SchemaRule.of(
            "type",
            "Instance type string is invalid. Expected object",
            "",
            Optional.of("correct horse"),
            ""));
  }

  @Test
  void whatIsLongOrNestedIsNotRepeated() {
    String report = "Instance type array is invalid. Expected string, null";
    assertEquals(
        "must be a text or null, not a list",
        SchemaRule.of("type", report, "/x", Optional.of(new JsonArray()), ""));
    assertEquals(
        "must be a text or null, not an object",
        SchemaRule.of("type", report, "/x", Optional.of(new JsonObject()), ""));
    assertEquals(
        "must have another form, not \"" + "a".repeat(60) + "…\"",
        SchemaRule.of("pattern", "", "/x", Optional.of("a".repeat(61)), ""));
  }

  @Test
  void aMissingFieldIsNamed() {
    assertEquals(
        "state", SchemaRule.required("Instance does not have required property \"state\""));
  }
}
