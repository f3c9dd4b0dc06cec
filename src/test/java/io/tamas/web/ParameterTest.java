package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is no value of a parameter is refused before a handler sees it, with what is wanted.
class ParameterTest {
  private static final Contract CONTRACT = Contract.load();

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          direction     | inbound                        | must be one of "INBOUND", "INTERNAL", "OUTBOUND", such as "INBOUND", not "inbound"
          extension     | 1-1                            | must be an extension number of 1 to 8 digits such as "101", not "1-1"
          profile       | 99999999999999999999           | must be a whole number, not "99999999999999999999"
          profile       | 0                              | must be 1 to 999999999999999999, not 0
          notCalledBack | yes                            | must be true or false, not "yes"
          limit         | 201                            | must be 1 to 200, not 201
          from          | yesterday                      | must be a time with its offset from UTC such as "2026-12-01T05:30:00+03:30", not "yesterday"
          to            | +999999999-01-01T00:00:00Z     | must be a time from 1970 to the year 4147, not "+999999999-01-01T00:00:00Z"
          """)
  void isToldWhatIsWanted(String name, String given, String rule) {
    Parameter parameter =
        CONTRACT.operation("listCalls").parameters(Parameter.Place.QUERY).stream()
            .filter(one -> one.name().equals(name))
            .findFirst()
            .orElseThrow();
    assertEquals(
        List.of(new Problem.Fault("query:" + name, rule)), parameter.faults(List.of(given)));
  }
}
