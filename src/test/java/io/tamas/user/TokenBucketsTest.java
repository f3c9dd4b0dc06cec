package io.tamas.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
  private static final long SECOND = 1_000_000_000L;
  private final TokenBuckets buckets = new TokenBuckets(3, Duration.ofSeconds(6), 2);

  @Test
  void someAreTakenAtOnceAndThenOneEachInterval() {
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.empty(), buckets.take("a", 0));
    }
    assertEquals(Optional.of(Duration.ofSeconds(6)), buckets.take("a", 0));
    assertEquals(Optional.of(Duration.ofSeconds(2)), buckets.take("a", 4 * SECOND));
    assertEquals(Optional.empty(), buckets.take("a", 6 * SECOND));
    assertEquals(Optional.of(Duration.ofSeconds(6)), buckets.take("a", 6 * SECOND));
  }

  @Test
  void bucketDoesNotOverflow() {
    assertEquals(Optional.empty(), buckets.take("a", 0));
    long later = 3600 * SECOND;
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.empty(), buckets.take("a", later));
    }
    assertEquals(Optional.of(Duration.ofSeconds(6)), buckets.take("a", later));
    buckets.giveBack("a");
    assertEquals(Optional.empty(), buckets.take("a", later));
  }

  @Test
  void eachKeyHasItsOwnAndTheOldestAreForgotten() {
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.empty(), buckets.take("a", 0));
    }
    assertEquals(Optional.empty(), buckets.take("b", 0));
    assertEquals(Optional.of(Duration.ofSeconds(6)), buckets.take("a", 0));
    assertEquals(Optional.empty(), buckets.take("c", 0));
    assertEquals(2, buckets.size());
    assertEquals(Optional.of(Duration.ofSeconds(6)), buckets.take("a", 0));
  }

  @Test
  void clockThatGoesBackGivesNothing() {
    for (int i = 0; i < 3; i++) {
      assertEquals(Optional.empty(), buckets.take("a", 10 * SECOND));
    }
    assertEquals(Optional.of(Duration.ofSeconds(6)), buckets.take("a", 0));
  }
}
