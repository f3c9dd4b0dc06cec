package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {
  private static final Pattern LIMIT = Pattern.compile("tamas_.*_bucket\\{.*le=\"([0-9.]+)\"");

  @ParameterizedTest
  @CsvSource({
    "tamas.agi.decision, 0.001 0.002 0.005 0.01 0.02 0.05 0.1 0.3 1 3 10",
    "tamas.calls.ring, 1 3 5 10 15 20 30 60 120 300 900 3600",
    "tamas.calls.talk, 1 3 5 10 15 20 30 60 120 300 900 3600"
  })
  void timersOfProgramsAndOfPeopleHaveBucketsOfTheirOwn(String timer, String limits) {
    try (Metrics metrics = new Metrics()) {
      metrics.registry().timer(timer).record(Duration.ofSeconds(1));
      Set<Double> found =
          LIMIT
              .matcher(metrics.registry().scrape())
              .results()
              .map(one -> Double.valueOf(one.group(1)))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(
          List.of(limits.split(" ")).stream().map(Double::valueOf).toList(), List.copyOf(found));
    }
  }
}
