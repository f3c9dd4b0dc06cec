package io.tamas.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofSeconds(5), Duration.ofHours(1), Duration.ofDays(3));

  @ParameterizedTest
  @CsvSource({
    "1, 0.5, , PT5S",
    "1, 0.0, , PT4S",
    "1, 1.0, , PT6S",
    "2, 0.5, , PT10S",
    "3, 0.5, , PT20S",
    "10, 0.5, , PT42M40S",
    "11, 0.5, , PT1H",
    "1000000, 0.5, , PT1H",
    "1, 0.5, PT1S, PT5S",
    "1, 0.5, PT30S, PT30S",
    "1, 0.5, P30D, PT1H"
  })
  void pausesGrowUpToTheLongestAndHeedTheReceiver(
      int tries, double dice, Duration asked, Duration pause) {
    assertEquals(
        Optional.of(NOW.plus(pause)),
        BACKOFF.next(tries, NOW, NOW, Optional.ofNullable(asked), dice));
  }

  @Test
  void isGivenUpAfterItsTime() {
    Instant since = NOW.minus(Duration.ofDays(3)).plusSeconds(5);
    assertEquals(
        Optional.of(NOW.plusSeconds(5)), BACKOFF.next(1, since, NOW, Optional.empty(), 0.5));
    assertEquals(Optional.empty(), BACKOFF.next(2, since, NOW, Optional.empty(), 0.5));
    assertTrue(BACKOFF.isOver(since, NOW.plusSeconds(6)));
  }

  @ParameterizedTest
  @CsvSource({
    "120, PT2M",
    "0, PT0S",
    "'Mon, 30 Nov 2026 12:01:00 GMT', PT1M",
    "'Mon, 30 Nov 2026 11:59:00 GMT',",
    "soon,",
    "-5,",
    "1e9,",
    "99999999999,",
    "'',"
  })
  void readsWhatTheReceiverAsksFor(String text, Duration wait) {
    assertEquals(Optional.ofNullable(wait), RetryAfter.parse(text, NOW));
  }
}
