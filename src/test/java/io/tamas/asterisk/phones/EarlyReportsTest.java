package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.asterisk.phones.EarlyReports.Said;
import io.tamas.asterisk.phones.TrunkReport.Registration;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlyReportsTest {
  private static final TrunkReport REFUSED = refused(Optional.empty());
  private static final TrunkReport EXPLAINED = refused(Optional.of("SIP 403"));

  private final EarlyReports early = new EarlyReports();

  private static TrunkReport refused(Optional<String> reason) {
    return new TrunkReport(
        Optional.of(Registration.REJECTED), true, Optional.of(true), true, reason);
  }

  private Said after(Duration time, TrunkReport report) {
    return early.say("a", report, time.toNanos());
  }

  @Test
  void refusalIsHeldBackUntilItsReasonIsLogged() {
    assertEquals(new Said(Optional.empty(), true), after(Duration.ZERO, REFUSED));
    assertEquals(new Said(Optional.of(EXPLAINED), false), after(Duration.ofMillis(500), EXPLAINED));
  }

  @Test
  void refusalWithoutAReasonIsToldAfterTwoSeconds() {
    after(Duration.ZERO, REFUSED);
    assertEquals(new Said(Optional.empty(), true), after(Duration.ofMillis(1_999), REFUSED));
    assertEquals(new Said(Optional.of(REFUSED), false), after(Duration.ofSeconds(2), REFUSED));
  }

  @Test
  void refusalOfAFormerAccountIsNotThatOfTheNewOne() {
    early.renewed("a", 0);
    Said trying = new Said(Optional.of(REFUSED.trying()), true);
    assertEquals(trying, after(Duration.ZERO, REFUSED));
    assertEquals(trying, after(Duration.ofSeconds(34), REFUSED));
    assertEquals(new Said(Optional.of(REFUSED), false), after(Duration.ofSeconds(35), REFUSED));
  }

  @Test
  void newAccountIsToldOfAsSoonAsItIsKnown() {
    early.renewed("a", 0);
    after(Duration.ZERO, REFUSED.trying());
    assertEquals(new Said(Optional.of(EXPLAINED), false), after(Duration.ofMillis(100), EXPLAINED));
    assertEquals(new Said(Optional.empty(), true), after(Duration.ofSeconds(5), REFUSED));
  }

  @Test
  void trunkWithoutAnAccountIsToldOfAtOnce() {
    TrunkReport peer =
        new TrunkReport(Optional.empty(), true, Optional.of(false), true, Optional.empty());
    assertEquals(new Said(Optional.of(peer), false), after(Duration.ZERO, peer));
  }
}
