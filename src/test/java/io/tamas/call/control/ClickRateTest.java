package io.tamas.call.control;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.number.ExtensionNumber;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClickRateTest {
  private static final ExtensionNumber SARA = new ExtensionNumber("101");

  private final ClickRate rate = new ClickRate();
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");

  @Test
  void tenAMinuteOfOneExtension() {
    for (int i = 0; i < 10; i++) {
      assertTrue(rate.allows(SARA, now));
    }
    assertFalse(rate.allows(SARA, now));
    assertTrue(rate.allows(new ExtensionNumber("102"), now));
    now = now.plus(Duration.ofMinutes(1));
    assertTrue(rate.allows(SARA, now));
  }

  @Test
  void threeHundredAMinuteOfAll() {
    for (int i = 0; i < 300; i++) {
      assertTrue(rate.allows(new ExtensionNumber(Integer.toString(1000 + i)), now));
    }
    assertFalse(rate.allows(SARA, now));
    now = now.plus(Duration.ofMinutes(1));
    assertTrue(rate.allows(SARA, now));
  }
}
