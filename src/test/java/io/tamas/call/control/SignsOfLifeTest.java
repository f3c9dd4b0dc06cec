package io.tamas.call.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignsOfLifeTest {
  private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");

  private final SignsOfLife signs = new SignsOfLife();

  @Test
  void channelIsHeardWhenItsCountersChange() {
    assertTrue(hears("ali", "1", 0));
    assertFalse(hears("ali", "1", 20));
    assertTrue(hears("ali", "2", 40));
    assertEquals(START.plusSeconds(40), signs.lastHeard("call", START.plusSeconds(60)));
  }

  @Test
  void onePartyIsEnough() {
    hears("ali", "1", 0);
    hears("zahra", "1", 0);
    hears("ali", "1", 20);
    hears("zahra", "5", 20);
    hears("ali", "1", 40);
    assertEquals(START.plusSeconds(20), signs.lastHeard("call", START.plusSeconds(60)));
  }

  @Test
  void callThatWasNeverAskedForWasHeardNow() {
    hears("ali", "1", 0);
    signs.keep(List.of());
    assertEquals(START.plusSeconds(60), signs.lastHeard("call", START.plusSeconds(60)));
  }

  private boolean hears(String channel, String counters, int second) {
    return signs.hears("call", channel, counters, START.plusSeconds(second));
  }
}
