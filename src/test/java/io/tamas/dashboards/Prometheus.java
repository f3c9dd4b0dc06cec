package io.tamas.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import io.tamas.lab.Eventually;
import io.tamas.lab.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A real Prometheus that asks a Tamas for its metrics every second.
final class Prometheus implements AutoCloseable {
  private static final Duration READY = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofSeconds(15);

  private final int port = FreePorts.take();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;

  private Prometheus(PrometheusRoot programs, URI tamas, Path folder) throws IOException {
    // as delivered, but sooner
    String config =
        Files.readString(Path.of("docker/prometheus.yml"))
            .replace("5s", "1s")
            .replace("4s", "1s")
            .replace("127.0.0.1:8082", tamas.getAuthority());
    Files.writeString(folder.resolve("prometheus.yml"), config);
    Files.copy(Path.of("docker/alerts.yml"), folder.resolve("alerts.yml"));
    this.process =
        programs.prometheus(
            folder.resolve("prometheus.log"),
            List.of(
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port));
  }

  /// @param tamas the management port
  static Prometheus asking(PrometheusRoot programs, URI tamas, Path folder) throws IOException {
    Prometheus prometheus = new Prometheus(programs, tamas, folder);
    Eventually.eventually("Prometheus has asked Tamas", READY, () -> prometheus.says("up", "1"));
    return prometheus;
  }

  /// Whether the one value of this expression is this now.
  boolean says(String expression, String value) {
    try {
      JsonNode result = get("query", Map.of("query", expression));
      return result.size() == 1 && result.at("/0/value/1").asText().equals(value);
    } catch (IOException e) {
      return false;
    }
  }

  /// The last value of each series, after its labels.
  List<List<String>> now(String expression, Instant at) throws IOException {
    Map<String, String> query = Map.of("query", expression, "time", at.toString());
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode series : get("query", query)) {
      rows.add(row(series, series.at("/value/1").asText()));
    }
    return rows;
  }

  /// The same of a range.
  List<List<String>> range(String expression, Instant from, Instant to) throws IOException {
    Map<String, String> query =
        Map.of(
            "query", expression,
            "start", from.toString(),
            "end", to.toString(),
            "step", Long.toString(STEP.toSeconds()));
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode series : get("query_range", query)) {
      JsonNode values = series.path("values");
      rows.add(row(series, values.path(values.size() - 1).path(1).asText()));
    }
    return rows;
  }

  private static List<String> row(JsonNode series, String value) {
    String labels =
        series.path("metric").properties().stream()
            .map(label -> label.getKey() + "=" + label.getValue().asText())
            .sorted()
            .collect(Collectors.joining(","));
    return List.of(labels, value);
  }

  private JsonNode get(String what, Map<String, String> parameters) throws IOException {
    String form =
        parameters.entrySet().stream()
            .map(one ->
                one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + what))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    try {
      JsonNode answer = Json.mapper().readTree(http.send(request, BodyHandlers.ofString()).body());
      if (!answer.path("status").asText().equals("success")) {
        throw new IOException(answer.path("error").asText());
      }
      return answer.at("/data/result");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
