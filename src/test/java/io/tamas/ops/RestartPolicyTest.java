package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartPolicyTest {
  private static final RestartPolicy POLICY =
      new RestartPolicy(Duration.ofMillis(500), Duration.ofSeconds(3), 6, Duration.ofMinutes(1));

  @Test
  void theFirstDeathIsMendedAtOnceTheNextOnesLaterAndLater() {
    List<Long> pauses =
        IntStream.rangeClosed(1, 6)
            .mapToObj(deaths -> POLICY.pause(deaths).orElseThrow().toMillis())
            .toList();
    assertEquals(List.of(0L, 500L, 1000L, 2000L, 3000L, 3000L), pauses);
  }

  @Test
  void afterTooManyDeathsInARowItIsGivenUp() {
    assertEquals(Optional.empty(), POLICY.pause(7));
  }

  @Test
  void aLongLifeForgivesEarlierDeaths() {
    assertEquals(5, POLICY.deaths(4, Duration.ofSeconds(59)));
    assertEquals(1, POLICY.deaths(4, Duration.ofSeconds(60)));
  }
}
