package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import io.tamas.lab.Eventually;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What operators see: metrics, health and logs.
@InTheLab
class OperationsIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  @Test
  void aCallIsMeasured(Lab lab) {
    double before = metric(lab, "tamas_calls_total{");
    call(lab);
    Eventually.eventually("it is counted", SOON, () -> metric(lab, "tamas_calls_total{") > before);
    List.of(
            "tamas_agi_decision_seconds_count",
            "tamas_lookup_seconds_count",
            "tamas_calls_talk_seconds_sum",
            "tamas_calls_ring_seconds_sum")
        .forEach(name -> assertTrue(metric(lab, name) > 0, name));
    assertEquals(0, metric(lab, "tamas_calls_live"));
    assertTrue(metric(lab, "tamas_journal_lag_seconds") < 60);
  }

  @Test
  void everyThreadIsWatched(Lab lab) throws IOException {
    Pattern made =
        Pattern.compile("new (?:Worker|Rounds|AmiLink|DesiredState<>)\\(\\s*\"([a-z-]+)\",");
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/io/tamas"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        made.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group(1)));
      }
    }
    assertTrue(names.contains("journal") && names.contains("ami-watch"), names.toString());
    String metrics = lab.office().manage("/metrics").body();
    for (String name : names) {
      assertTrue(metrics.contains("tamas_threads_down{thread=\"" + name + "\"} 0.0"), name);
    }
  }

  @Test
  void healthNamesWhatIsMissing(Lab lab) {
    assertEquals(200, lab.office().manage("/health/ready").statusCode());
    lab.office().losesItsDatabase();
    Eventually.eventually(
        "the database is missing",
        SOON,
        () -> {
          HttpResponse<String> answer = lab.office().manage("/health/ready");
          JsonNode checks = Json.read(answer.body(), JsonNode.class).path("checks");
          return answer.statusCode() == 503 && !checks.at("/database/ready").asBoolean(true);
        });
    assertEquals(200, lab.office().manage("/health/live").statusCode());
  }

  @Test
  void logShowsHowACallWasRouted(Lab lab) throws IOException {
    Phone ali = call(lab);
    String id = lab.callOf(ali).id();
    List<String> log =
        Files.readAllLines(lab.asterisk().settings().data().resolve("logs/tamas.log"));
    assertTrue(
        log.stream().anyMatch(line -> line.contains("call routed") && line.contains(id)), id);
  }

  private static Phone call(Lab lab) {
    Phone desk = lab.phone("Zahra").willAnswer();
    Line line = lab.line(desk);
    Phone ali = line.caller("Ali").calls(line.numberOf(desk)).talks().hangsUp();
    lab.callOf(ali).is("ANSWERED");
    return ali;
  }

  /// The sum of all lines with this prefix.
  private static double metric(Lab lab, String begin) {
    return lab.office()
        .manage("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(begin))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
