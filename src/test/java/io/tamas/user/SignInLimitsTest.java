package io.tamas.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignInLimitsTest {
  private final SignInLimits limits =
      new SignInLimits(
          new SignInLimits.Limits(4, Duration.ofMinutes(1), 2, Duration.ofMinutes(1)),
          this::known,
          () -> 0);
  private final List<String> asked = new ArrayList<>();

  /// From where zahra has signed in before the start.
  private boolean known(String name, String network) {
    asked.add(name + " from " + network);
    return name.equals("zahra") && Set.of("192.0.2.7", "2001:db8:0:7::/64").contains(network);
  }

  @Test
  void nameIsLimitedFromWhereverItIsTried() {
    assertTrue(allowed("192.0.2.1", "zahra"));
    assertTrue(allowed("192.0.2.2", "Zahra"));
    assertFalse(allowed("192.0.2.3", "zahra"));
    assertTrue(allowed("192.0.2.3", "reza"));
  }

  @Test
  void addressIsLimitedWhicheverNameIsTried() {
    for (int i = 0; i < 4; i++) {
      assertTrue(allowed("192.0.2.1", "user-" + i));
    }
    assertFalse(allowed("192.0.2.1", "another"));
    assertTrue(allowed("192.0.2.2", "another"));
  }

  @Test
  void networkOfIpv6IsOneAddress() {
    for (int i = 0; i < 4; i++) {
      assertTrue(allowed("2001:db8:0:1::" + i, "user-" + i));
    }
    assertFalse(allowed("2001:db8:0:1:ffff::1", "another"));
    assertTrue(allowed("2001:db8:0:2::1", "another"));
  }

  @Test
  void whoSignsInTakesNothing() {
    for (int i = 0; i < 20; i++) {
      assertTrue(allowed("192.0.2.1", "zahra"));
      limits.signedIn("192.0.2.1", "zahra");
    }
  }

  @Test
  void guesserElsewhereLocksNobodyOutWhereTheyHaveSignedIn() {
    assertTrue(allowed("192.0.2.1", "zahra"));
    limits.signedIn("192.0.2.1", "zahra");
    assertTrue(allowed("198.51.100.1", "zahra"));
    assertTrue(allowed("198.51.100.1", "zahra"));
    assertFalse(allowed("198.51.100.1", "zahra"));
    assertTrue(allowed("192.0.2.1", "zahra"));
    assertTrue(allowed("192.0.2.1", "zahra"));
    assertFalse(allowed("192.0.2.1", "zahra"));
  }

  @Test
  void addressKnownFromBeforeTheStartHasACountOfItsOwn() {
    for (int i = 0; i < 2; i++) {
      assertTrue(allowed("198.51.100.1", "zahra"));
    }
    assertEquals(List.of(), asked);
    assertFalse(allowed("198.51.100.1", "zahra"));
    for (String home : List.of("192.0.2.7", "2001:db8:0:7::1")) {
      assertTrue(allowed(home, "Zahra"));
      assertTrue(allowed(home, "zahra"));
      assertFalse(allowed(home, "zahra"));
    }
    assertEquals(
        List.of("zahra from 198.51.100.1", "zahra from 192.0.2.7", "zahra from 2001:db8:0:7::/64"),
        asked);
  }

  @Test
  void oneAddressDoesNotAskMoreOftenThanItMayTry() {
    for (int i = 0; i < 20; i++) {
      allowed("198.51.100.1", "reza");
    }
    assertEquals(2, asked.size(), asked::toString);
  }

  private boolean allowed(String address, String name) {
    return limits.attempt(address, name).isEmpty();
  }

  @Test
  void defaultsAreAsDocumented() {
    assertEquals(
        new SignInLimits.Limits(20, Duration.ofSeconds(6), 10, Duration.ofSeconds(30)),
        SignInLimits.Limits.DEFAULT);
  }
}
