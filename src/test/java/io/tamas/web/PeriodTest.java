package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {
  private static final String EARLY = "2026-11-01T00:00:00Z";
  private static final String LATE = "2026-11-03T00:00:00Z";

  @Test
  void eitherEndMayBeOpen() {
    assertEquals(new Period(Optional.empty(), Optional.empty()), Period.of(request(Map.of())));
    assertEquals(
        new Period(Optional.of(Instant.parse(EARLY)), Optional.empty()),
        Period.of(request(Map.of("from", EARLY))));
    assertEquals(
        new Period(Optional.empty(), Optional.of(Instant.parse("1970-01-01T00:00:00Z"))),
        Period.of(request(Map.of("to", "1970-01-01T00:00:00Z"))));
  }

  @ParameterizedTest
  @CsvSource({LATE + "," + EARLY, EARLY + "," + EARLY})
  void itEndsAfterItBegins(String from, String to) {
    Request request = request(Map.of("from", from, "to", to));
    List<Problem.Fault> told = List.of(new Problem.Fault("query:to", "must be after from"));
    assertEquals(told, assertThrows(Problem.class, () -> Period.of(request)).faults());
    assertEquals(
        told, assertThrows(Problem.class, () -> Period.of(request, Duration.ofDays(1))).faults());
  }

  @Test
  void itIsNoLongerThanAllowed() {
    Request request = request(Map.of("from", EARLY, "to", LATE));
    assertEquals(Instant.parse(LATE), Period.of(request, Duration.ofDays(2)).to().orElseThrow());
    assertEquals(
        List.of(new Problem.Fault("query:to", "must be at most 1 days after from")),
        assertThrows(Problem.class, () -> Period.of(request, Duration.ofDays(1))).faults());
  }

  private static Request request(Map<String, String> queries) {
    return new ValidRequest(
        new Principal("test", Set.of()),
        Optional.empty(),
        new Client("127.0.0.1", false),
        Map.of(),
        MultiMap.caseInsensitiveMultiMap().addAll(queries),
        MultiMap.caseInsensitiveMultiMap(),
        MissingNode.getInstance(),
        "",
        Optional.empty(),
        _ -> "");
  }
}
