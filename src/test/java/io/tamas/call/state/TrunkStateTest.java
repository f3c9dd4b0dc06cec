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
          # registration | asked | answers | resolved | habit   | state          | reason
          REGISTERED     | true  | true    | true     | ANSWERS | up             | -
          REGISTERED     | true  |         | true     |         | up             | -
          REGISTERED     | true  | false   | true     | ANSWERS | unreachable    | no answer to OPTIONS
          REGISTERED     | true  | false   | true     |         | unknown        | no answer to OPTIONS so far
          REGISTERED     | false |         | true     | IGNORES | up             | never answers OPTIONS, and is not asked any more
          REGISTERED     | false |         | true     |         | up             | -
          REJECTED       | true  | true    | true     | ANSWERS | not-registered | SIP 403
          REJECTED       | true  | false   | true     |         | not-registered | SIP 403
          REJECTED       | true  | false   | false    |         | not-registered | the name of its server cannot be resolved
          TRYING         | true  |         | true     |         | unknown        | -
          TRYING         | true  | false   | true     |         | unknown        | no answer to OPTIONS so far
                         | true  | true    | true     | ANSWERS | up             | -
                         | true  | false   | true     | ANSWERS | unreachable    | no answer to OPTIONS
                         | true  | false   | false    | ANSWERS | unreachable    | the name of its server cannot be resolved
                         | true  | false   | false    |         | unreachable    | the name of its server cannot be resolved
                         | true  | false   | true     |         | unknown        | no answer to OPTIONS so far
                         | true  |         | true     |         | unknown        | -
                         | false |         | true     | IGNORES | up             | never answers OPTIONS, and is not asked any more
                         | false |         | true     | THERE   | up             | -
                         | false |         | true     |         | unknown        | is not asked by OPTIONS, and no call has shown it so far
          """)
  void stateFollowsFromWhatIsKnown(
      Registration registration,
      boolean asked,
      Boolean answers,
      boolean resolved,
      OptionsHabit habit,
      String state,
      String reason) {
    TrunkReport report =
        new TrunkReport(
            Optional.ofNullable(registration),
            asked,
            Optional.ofNullable(answers),
            resolved,
            Optional.of("SIP 403"));
    TrunkState now = TrunkState.of("a", Optional.of(report), Optional.ofNullable(habit), NOW);
    assertEquals(state, now.state().text());
    assertEquals(reason, now.reason().orElse("-"));
  }

  @Test
  void nothingIsKnownWhileAsteriskIsDown() {
    TrunkState now = TrunkState.of("a", Optional.empty(), Optional.empty(), NOW);
    assertEquals("unknown", now.state().text());
  }

  @Test
  void stateLastsAsLongAsItIsTheSame() {
    TrunkReport refused =
        new TrunkReport(
            Optional.of(Registration.REJECTED),
            false,
            Optional.empty(),
            true,
            Optional.of("SIP 503"));
    TrunkState first = TrunkState.of("a", Optional.empty(), Optional.empty(), NOW);
    TrunkState then =
        TrunkState.of("a", Optional.of(refused), Optional.empty(), NOW.plusSeconds(5))
            .after(Optional.of(first));
    TrunkState later =
        TrunkState.of("a", Optional.of(refused), Optional.empty(), NOW.plusSeconds(9))
            .after(Optional.of(then));
    assertEquals(NOW.plusSeconds(5), then.since());
    assertEquals(NOW.plusSeconds(5), later.since());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # registration | asked | answers | silent for | calls | heard | found
          REGISTERED     | true  | true    | 0          | 0     | false | ANSWERS
          REGISTERED     | true  | false   | 0          | 0     | false | IGNORES
          REGISTERED     | true  |         | 100        | 1     | true  | -
          REJECTED       | true  | false   | 1000       | 0     | false | -
          TRYING         | true  | false   | 1000       | 0     | false | -
                         | true  | true    | 0          | 0     | false | ANSWERS
                         | true  | false   | 0          | 0     | false | -
                         | true  | false   | 14         | 1     | false | -
                         | true  | false   | 15         | 1     | false | IGNORES
                         | true  | false   | 100000     | 0     | false | -
                         | true  | false   | 0          | 0     | true  | IGNORES
                         | true  | true    | 0          | 0     | true  | ANSWERS
                         | false |         | 0          | 0     | true  | THERE
                         | false |         | 100000     | 0     | false | -
          """)
  void silenceIsAHabitWhereTheServerIsThereAllTheSame(
      Registration registration,
      boolean asked,
      Boolean answers,
      int silent,
      int calls,
      boolean heard,
      String found) {
    TrunkReport report =
        new TrunkReport(
            Optional.ofNullable(registration),
            asked,
            Optional.ofNullable(answers),
            true,
            Optional.empty());
    assertEquals(
        found,
        OptionsHabit.shownBy(report, Duration.ofSeconds(silent), calls, heard)
            .map(OptionsHabit::name)
            .orElse("-"));
  }

  @Test
  void serverWithoutAnAddressHasNoHabit() {
    TrunkReport report =
        new TrunkReport(Optional.empty(), true, Optional.of(false), false, Optional.empty());
    assertEquals(Optional.empty(), OptionsHabit.shownBy(report, Duration.ofDays(1), 0, true));
  }
}
