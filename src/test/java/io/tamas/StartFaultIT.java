package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.config.ConfigLoader;
import io.tamas.db.TestDatabase;
import io.tamas.json.Json;
import io.tamas.lab.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that starts while PostgreSQL has its tables but does not accept its work yet.
class StartFaultIT {
  private static final String KEY = "key-of-the-first-start";
  private static final Duration SOON = Duration.ofSeconds(30);

  private final Config.Database database = TestDatabase.fresh(StartFaultIT.class);
  private final HttpClient http = HttpClient.newHttpClient();
  private final int management = FreePorts.take();

  @TempDir private Path folder;

  @Test
  void storageStartsAsSoonAsPostgresqlIsReady() throws Exception {
    try (Connection holder = TestDatabase.server().connect("startfaultit");
        Statement statement = holder.createStatement()) {
      holder.setAutoCommit(false);
      statement.execute("lock table api_key");
      try (Server server = Server.start(config())) {
        assertFalse(isUp("journal"), server::toString);
        holder.rollback();
        eventually("the journal is followed", SOON, () -> isUp("journal"));
        eventually("events are read", SOON, () -> isUp("events"));
      }
    }
  }

  private Config config() throws Exception {
    String yaml =
        """
        cell: start
        agi: {port: 0}
        ari: {port: 0, password: ari}
        ami: {port: %d, password: ami}
        http: {port: 0, apiKey: %s}
        management: {port: %d}
        journal: {folder: journal}
        recordings: {folder: recordings}
        company: {snapshot: company.json}
        """
            .formatted(FreePorts.take(), KEY, management);
    Path file = Files.writeString(folder.resolve("tamas.yaml"), yaml);
    return ConfigLoader.load(
        Optional.of(file),
        Map.of(
            "TAMAS_DATABASE_URL", database.url(),
            "TAMAS_DATABASE_USER", database.user(),
            "TAMAS_DATABASE_PASSWORD", database.password().reveal()));
  }

  private boolean isUp(String part) {
    URI ready = URI.create("http://127.0.0.1:" + management + "/health/ready");
    HttpRequest request = HttpRequest.newBuilder(ready).timeout(SOON).build();
    try {
      JsonNode health =
          Json.read(http.send(request, BodyHandlers.ofString()).body(), JsonNode.class);
      return health.path("checks").path(part).path("ready").asBoolean();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
