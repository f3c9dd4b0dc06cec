package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.tamas.lab.Debugger;
import io.tamas.lab.FreePorts;
import io.tamas.ops.JavaCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A thread of the running server dies of what no input causes. That it starts again is shown by
/// `WorkerTest`: after a debugger's error, which interrupts it too, it does not.
class DeadThreadIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  private final Config.Database database = TestDatabase.fresh(DeadThreadIT.class);
  private final HttpClient http = HttpClient.newHttpClient();
  private final int management = FreePorts.take();

  @TempDir private Path folder;

  @Test
  void readinessNamesTheThreadThatDied() throws Exception {
    int debugging = FreePorts.take();
    Process server = serve(debugging);
    try (Debugger debugger = attached(server, debugging)) {
      assertTrue(isReady("threads"));
      for (String thread : List.of("journal", "dead-calls")) {
        debugger.letsDie(thread);
        eventually(
            thread + " is named",
            SOON,
            () -> !isReady("threads") && check("threads").toString().contains(thread));
        String died = "tamas_threads_died_total{thread=\"" + thread + "\"} 1.0";
        eventually("it is counted", SOON, () -> get("/metrics").contains(died));
      }
    } finally {
      server.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  private Process serve(int debugging) throws IOException {
    String yaml =
        """
        cell: threads
        database: {url: '%s', user: %s, password: %s}
        agi: {port: 0}
        ari: {port: 0, password: ari}
        ami: {port: %d, password: ami}
        http: {port: 0}
        management: {port: %d}
        journal: {folder: journal}
        """
            .formatted(
                database.url(),
                database.user(),
                database.password().reveal(),
                FreePorts.take(),
                management);
    Path file = Files.writeString(folder.resolve("tamas.yaml"), yaml);
    List<String> options =
        List.of(Debugger.option(debugging), "-Xmx256m", "-XX:TieredStopAtLevel=1");
    List<String> line =
        JavaCommand.ofThisProcess("io.tamas.Tamas", options)
            .line(List.of("serve", "--config", file.toString()));
    return new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log").toFile())
        .start();
  }

  private Debugger attached(Process server, int port) throws Exception {
    eventually("the journal is followed", SOON, () -> !server.isAlive() || isReady("journal"));
    return Debugger.at(port);
  }

  private boolean isReady(String part) {
    return check(part).path("ready").asBoolean();
  }

  private JsonNode check(String part) {
    String health = get("/health/ready");
    return health.isEmpty()
        ? Json.mapper().createObjectNode()
        : Json.read(health, JsonNode.class).path("checks").path(part);
  }

  /// Empty while nobody answers.
  private String get(String path) {
    URI address = URI.create("http://127.0.0.1:" + management + path);
    HttpRequest request = HttpRequest.newBuilder(address).timeout(SOON).build();
    try {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
