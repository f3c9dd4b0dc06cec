package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.asterisk.ami.SignIn;
import io.tamas.asterisk.ami.SignIn.Outcome;
import io.tamas.asterisk.phones.SignInGuard.Alarm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignInGuardTest {
  private static final String ADDRESS = "192.0.2.7";
  private static final Duration SHUT_OUT = Duration.ofMinutes(10);

  private final SignInGuard guard = new SignInGuard(5, SHUT_OUT);
  private final List<Alarm> alarms = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void fifthWrongPasswordWithinAMinuteShutsOut() {
    hear(5, Outcome.WRONG, "101");
    assertEquals(
        List.of(
            new Alarm(ADDRESS, "101", 1, Optional.empty()),
            new Alarm(ADDRESS, "101", 5, Optional.of(now.plus(SHUT_OUT)))),
        alarms);
  }

  @Test
  void slowGuessingIsReportedButBlocksNoAddress() {
    for (int i = 0; i < 100; i++) {
      hear(1, Outcome.WRONG, "101");
      now = now.plusSeconds(20);
    }
    assertEquals(List.of(1L, 10L, 100L), alarms.stream().map(Alarm::failures).toList());
    assertEquals(3, alarms.stream().filter(alarm -> alarm.until().isEmpty()).count());
  }

  @Test
  void officeInWhichOthersAuthenticateSuccessfullyIsNotBlocked() {
    hear(1, Outcome.RIGHT, "102");
    hear(50, Outcome.WRONG, "101");
    assertEquals(0, alarms.stream().filter(alarm -> alarm.until().isPresent()).count());

    now = now.plus(Duration.ofHours(3));
    hear(5, Outcome.WRONG, "101");
    assertEquals(1, alarms.stream().filter(alarm -> alarm.until().isPresent()).count());
  }

  @Test
  void unknownAccountsBlockNoAddress() {
    hear(1000, Outcome.NOBODY, "admin");
    assertEquals(List.of(1L, 10L, 100L, 1000L), alarms.stream().map(Alarm::failures).toList());
  }

  @Test
  void nameOfAnAccountThatDoesNotExistIsReported() {
    hear(1, Outcome.NOBODY, "admin");
    hear(5, Outcome.WRONG, "<unknown>");
    assertEquals("admin", alarms.getLast().account());
  }

  @Test
  void addressThatWasBlockedIsBlockedAgain() {
    hear(5, Outcome.WRONG, "101");
    now = now.plus(SHUT_OUT).plusSeconds(1);
    alarms.clear();
    hear(5, Outcome.WRONG, "101");
    assertEquals(Optional.of(now.plus(SHUT_OUT)), alarms.getLast().until());
  }

  @Test
  void quietAddressBeginsAnew() {
    hear(3, Outcome.WRONG, "101");
    now = now.plus(Duration.ofMinutes(11));
    hear(1, Outcome.WRONG, "101");
    assertEquals(List.of(1L, 1L), alarms.stream().map(Alarm::failures).toList());
  }

  @Test
  void addressesAreCountedApart() {
    for (int i = 0; i < 20; i++) {
      SignIn one = new SignIn(Outcome.WRONG, "101", "192.0.2." + i);
      guard.onSignIn(one, now).ifPresent(alarms::add);
    }
    assertEquals(20, alarms.stream().filter(alarm -> alarm.failures() == 1).count());
  }

  @Test
  void limitOfZeroBlocksNoAddress() {
    SignInGuard lenient = new SignInGuard(0, SHUT_OUT);
    for (int i = 0; i < 100; i++) {
      lenient
          .onSignIn(new SignIn(Outcome.WRONG, "101", ADDRESS), now)
          .filter(alarm -> alarm.until().isPresent())
          .ifPresent(alarms::add);
    }
    assertEquals(List.of(), alarms);
  }

  private void hear(int times, Outcome outcome, String account) {
    for (int i = 0; i < times; i++) {
      guard.onSignIn(new SignIn(outcome, account, ADDRESS), now).ifPresent(alarms::add);
    }
  }
}
