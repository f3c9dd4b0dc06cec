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

  private static TrunkReport report(Registration registration, boolean asked, Boolean answers) {
    return new TrunkReport(
        Optional.ofNullable(registration),
        asked,
        Optional.ofNullable(answers),
        true,
        Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # asked | answers | known to be there and silent for | found
          true    | true    |                                 | ANSWERS
          true    | true    | 100                             | ANSWERS
          true    | false   |                                 | -
          true    | false   | 4                               | -
          true    | false   | 5                               | IGNORES
          true    |         | 100                             | -
          false   |         | 0                               | THERE
          false   |         |                                 | -
          """)
  void silenceIsAHabitWhereTheServerIsThereAllTheSame(
      boolean asked, Boolean answers, Integer silentFor, String found) {
    Optional<Duration> silence = Optional.ofNullable(silentFor).map(Duration::ofSeconds);
    assertEquals(
        found,
        OptionsHabit.shownBy(report(Registration.TRYING, asked, answers), silence)
            .map(OptionsHabit::name)
            .orElse("-"));
  }

  @Test
  void serverWithoutAnAddressHasNoHabit() {
    TrunkReport report =
        new TrunkReport(Optional.empty(), true, Optional.of(false), false, Optional.empty());
    Optional<Duration> day = Optional.of(Duration.ofDays(1));
    assertEquals(Optional.empty(), OptionsHabit.shownBy(report, day));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # registration | habit   | calls | a call that began after | is there
          REGISTERED     |         | 0     |                         | true
          REJECTED       |         | 0     |                         | false
          TRYING         |         | 0     |                         | false
                         |         | 0     |                         | false
                         |         | 1     |                         | true
                         |         | 0     | -100                    | true
                         | THERE   | 0     |                         | true
          REGISTERED     | ANSWERS | 1     |                         | false
          REGISTERED     | ANSWERS | 0     | 599                     | false
                         | ANSWERS | 0     | 600                     | true
          """)
  void silentServerIsKnownToBeThereByWhatItDoes(
      Registration registration, OptionsHabit habit, int calls, Integer began, boolean there) {
    Silence.Signs signs =
        new Silence.Signs(
            Optional.ofNullable(habit), calls, Optional.ofNullable(began).map(NOW::plusSeconds));
    Silence silence =
        Silence.begins("a", NOW)
            .after(report(registration, true, false), signs, NOW.plusSeconds(700));
    assertEquals(there, silence.there().isPresent());
  }

  @Test
  void silenceIsCountedSinceTheServerIsKnownToBeThere() {
    Silence.Signs none = new Silence.Signs(Optional.empty(), 0, Optional.empty());
    Silence silent =
        Silence.begins("a", NOW)
            .after(report(Registration.TRYING, true, false), none, NOW.plusSeconds(30));
    Silence registered =
        silent.after(report(Registration.REGISTERED, true, false), none, NOW.plusSeconds(40));
    Silence later =
        registered.after(report(Registration.TRYING, true, false), none, NOW.plusSeconds(50));
    assertEquals(Optional.empty(), silent.lasts(NOW.plusSeconds(39)));
    assertEquals(Optional.of(Duration.ofSeconds(12)), later.lasts(NOW.plusSeconds(52)));
  }
}
