package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.web.Problem.Fault;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaRuleTest {
  private static final JsonObject SCHEMA =
      new JsonObject()
          .put("pattern", "^[a-z]+$")
          .put("x-form", "a name of a-z such as \"sales\"")
          .put("minimum", 1)
          .put("maximum", 200)
          .put("minLength", 2)
          .put("maxProperties", 3);

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          enum      | Instance does not match any of ["OPEN","CLOSED"] | closed  | must be one of "OPEN", "CLOSED", such as "CLOSED", not "closed"
          enum      | Instance does not match any of ["read","write"]  | READ    | must be one of "read", "write", such as "read", not "READ"
          enum      | Instance does not match any of ["OPEN","CLOSED"] | ajar    | must be one of "OPEN", "CLOSED", not "ajar"
          format    | String does not match format "date-time"         | 8:30    | must be a time with its offset from UTC such as "2026-12-01T05:30:00+03:30", not "8:30"
          format    | String does not match format "ipv4"              | x       | must be a ipv4, not "x"
          type      | Instance type string is invalid. Expected integer | x      | must be a name of a-z such as "sales", not "x"
          pattern   | String does not match pattern                    | A B     | must be a name of a-z such as "sales", not "A B"
          minimum   | 0 is less than 1                                 | 0       | must be 1 to 200, not "0"
          maximum   | 201 is greater than 200                          | 201     | must be 1 to 200, not "201"
          minLength | String is too short (1 < 2)                      | x       | must have at least 2 characters, not 1
          unheard   | is odd                                           | x       | is odd
          """)
  void aReportIsToldWithWhatIsWantedAndWhatWasGiven(
      String keyword, String report, String given, String told) {
    assertEquals(told, SchemaRule.of(keyword, report, "/field", Optional.of(given), SCHEMA));
  }

  @Test
  void howManyThereMayBeIsToldWithAnExample() {
    JsonObject scopes =
        new JsonObject()
            .put("minItems", 1)
            .put("maxItems", 4)
            .put("x-form", "a list such as [\"read\"]");
    String report = "Array has too few items ( + 0 < 1)";
    assertEquals(
        "must be a list such as [\"read\"], with 1 to 4 items, not 0",
        SchemaRule.of("minItems", report, "/scopes", Optional.of(new JsonArray()), scopes));
    assertEquals(
        "must have at most 3 fields, not 4",
        SchemaRule.of(
            "maxProperties",
            "Instance does not have at least 1 properties",
            "/fields",
            Optional.of(new JsonObject("{\"a\":1,\"b\":1,\"c\":1,\"d\":1}")),
            SCHEMA));
  }

  @Test
  void aPatternIsToldByTheContractWhereverItIsBroken() {
    Schema key = Contract.load().schema("/components/schemas/NewKey");
    assertEquals(
        List.of(
            new Fault(
                "/name",
                "must be a name of at most 40 of a-z, 0-9 and - such as \"crm\", not \"A B\""),
            new Fault("/scopes", "must be a list such as [\"read\"], with 1 to 4 items, not 0")),
        key.faults(new JsonObject("{\"name\":\"A B\",\"scopes\":[]}")));
    Schema menu = Contract.load().schema("/components/schemas/Menu/properties/options");
    assertEquals(
        List.of(new Fault("/x", "must be a key, 0 to 9 or *, such as \"1\", not \"x\"")),
        menu.faults(new JsonObject("{\"x\":\"extension:101\"}")));
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
            new JsonObject()));
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
            new JsonObject()));
  }

  @Test
  void whatIsLongOrNestedIsNotRepeated() {
    String report = "Instance type array is invalid. Expected string, null";
    assertEquals(
        "must be a text or null, not a list",
        SchemaRule.of("type", report, "/x", Optional.of(new JsonArray()), new JsonObject()));
    assertEquals(
        "must be a text or null, not an object",
        SchemaRule.of("type", report, "/x", Optional.of(new JsonObject()), new JsonObject()));
    assertEquals(
        "must be a name of a-z such as \"sales\", not \"" + "a".repeat(60) + "…\"",
        SchemaRule.of("pattern", "", "/x", Optional.of("a".repeat(61)), SCHEMA));
  }

  @Test
  void aMissingFieldIsNamed() {
    assertEquals(
        "state", SchemaRule.required("Instance does not have required property \"state\""));
  }
}
