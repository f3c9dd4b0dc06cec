package io.tamas.call.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.asterisk.phones.TrunkReport;
import io.tamas.asterisk.phones.TrunkReport.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrunkStateTest {
  private static final Instant NOW = Instant.parse("2026-03-21T08:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # registration | asked | answers | ignores | state          | reason
          REGISTERED     | true  | true    | false   | up             | -
          REGISTERED     | true  |         | false   | up             | -
          REGISTERED     | true  | false   | false   | unreachable    | no answer to OPTIONS
          REGISTERED     | false |         | true    | up             | never answers OPTIONS, and is not asked any more
          REGISTERED     | false |         | false   | up             | -
          REJECTED       | true  | true    | false   | not-registered | SIP 403
          REJECTED       | true  | false   | false   | not-registered | SIP 403
          TRYING         | true  |         | false   | unknown        | -
                         | true  | true    | false   | up             | -
                         | true  | false   | false   | unreachable    | no answer to OPTIONS
                         | true  |         | false   | unknown        | -
                         | false |         | false   | up             | -
          """)
  void stateFollowsFromWhatAsteriskKnows(
      Registration registration,
      boolean asked,
      Boolean answers,
      boolean ignores,
      String state,
      String reason) {
    TrunkReport report =
        new TrunkReport(
            Optional.ofNullable(registration),
            asked,
            Optional.ofNullable(answers),
            Optional.of("SIP 403"));
    TrunkState now = TrunkState.of("a", Optional.of(report), ignores, NOW);
    assertEquals(state, now.state().text());
    assertEquals(reason, now.reason().orElse("-"));
  }

  @Test
  void nothingIsKnownWhileAsteriskIsDown() {
    TrunkState now = TrunkState.of("a", Optional.empty(), false, NOW);
    assertEquals("unknown", now.state().text());
  }

  @Test
  void stateLastsAsLongAsItIsTheSame() {
    TrunkReport refused =
        new TrunkReport(
            Optional.of(Registration.REJECTED), false, Optional.empty(), Optional.of("SIP 503"));
    TrunkState first = TrunkState.of("a", Optional.empty(), false, NOW);
    TrunkState then =
        TrunkState.of("a", Optional.of(refused), false, NOW.plusSeconds(5))
            .after(Optional.of(first));
    TrunkState later =
        TrunkState.of("a", Optional.of(refused), false, NOW.plusSeconds(9))
            .after(Optional.of(then));
    assertEquals(NOW.plusSeconds(5), then.since());
    assertEquals(NOW.plusSeconds(5), later.since());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # registration | answers | silent for | calls | found
          REGISTERED     | true    | 0          | 0     | ANSWERS
          REGISTERED     | false   | 0          | 0     | IGNORES
          REGISTERED     |         | 100        | 1     | -
          REJECTED       | false   | 1000       | 0     | -
          TRYING         | false   | 1000       | 0     | -
                         | true    | 0          | 0     | ANSWERS
                         | false   | 0          | 0     | -
                         | false   | 14         | 1     | -
                         | false   | 15         | 1     | IGNORES
                         | false   | 44         | 0     | -
                         | false   | 45         | 0     | IGNORES
          """)
  void silenceIsAHabitWhereTheServerIsThereAllTheSame(
      Registration registration, Boolean answers, int silent, int calls, String found) {
    TrunkReport report =
        new TrunkReport(
            Optional.ofNullable(registration),
            true,
            Optional.ofNullable(answers),
            Optional.empty());
    assertEquals(
        found,
        OptionsHabit.shownBy(report, Duration.ofSeconds(silent), calls)
            .map(OptionsHabit::name)
            .orElse("-"));
  }
}
