package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionPotsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /// 4 strangers, 3 from one address, 2 holders; 10 s and 120 s.
  private final ConnectionPots<String> pots =
      new ConnectionPots<>(
          new ConnectionPots.Limits(4, 3, 2, Duration.ofSeconds(10), Duration.ofSeconds(120)));

  @Test
  void fourthStrangerOfAnAddressTakesThePlaceOfItsOldest() {
    for (String one : List.of("a1", "a2", "a3")) {
      assertEquals(Optional.empty(), pots.opened(one, "a", 0));
    }
    assertEquals(Optional.of("a1"), pots.opened("a4", "a", 1));
    pots.closed("a1");
    assertEquals(3, pots.strangers());
  }

  @Test
  void strangersOfAllAddressesShareABound() {
    pots.opened("a", "a", 0);
    pots.opened("b", "b", 0);
    pots.opened("c", "c", 0);
    pots.opened("d", "d", 0);
    assertEquals(Optional.of("a"), pots.opened("e", "e", 0));
  }

  @Test
  void whoIsBeingAnsweredIsNotInterrupted() {
    pots.opened("a1", "a", 0);
    pots.opened("a2", "a", 0);
    pots.opened("a3", "a", 0);
    pots.began("a1");
    assertEquals(Optional.of("a2"), pots.opened("a4", "a", 0));
    pots.closed("a2");
    pots.began("a3");
    pots.began("a4");
    pots.opened("a5", "a", 0);
    pots.began("a5");
    assertEquals(Optional.of("a6"), pots.opened("a6", "a", 0));
  }

  @Test
  void holdersDoNotGiveWayAndHaveABoundOfTheirOwn() {
    for (String one : List.of("h1", "h2", "h3")) {
      pots.opened(one, "a", 0);
    }
    assertTrue(pots.signedIn("h1"));
    assertTrue(pots.signedIn("h1"));
    assertTrue(pots.signedIn("h2"));
    assertFalse(pots.signedIn("h3"));
    assertEquals(1, pots.strangers());
    pots.opened("a1", "a", 0);
    pots.opened("a2", "a", 0);
    assertEquals(Optional.of("h3"), pots.opened("a3", "a", 0));
    pots.closed("h1");
    assertTrue(pots.signedIn("h3"));
  }

  @Test
  void streamIsNeverOverdue() {
    pots.opened("h", "h", 0);
    pots.signedIn("h");
    pots.began("h");
    pots.streams("h");
    pots.answered("h", 0);
    assertEquals(List.of(), pots.overdue(1000 * SECOND));
  }

  @Test
  void strangerHasTenSecondsForAHeadAndAHolderTwoMinutes() {
    pots.opened("a", "a", 0);
    pots.opened("h", "h", 0);
    pots.signedIn("h");
    assertEquals(List.of(), pots.overdue(10 * SECOND));
    assertEquals(List.of("a"), pots.overdue(11 * SECOND));
    pots.began("a");
    assertEquals(List.of("h"), pots.overdue(500 * SECOND));
    pots.answered("a", 500 * SECOND);
    assertEquals(List.of("a", "h"), pots.overdue(511 * SECOND));
    pots.closed("a");
    pots.closed("h");
    assertEquals(0, pots.size());
  }
}
