package io.tamas.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.call.history.Counting;
import io.tamas.company.CompanySnapshot;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls that take longer to count than anybody waits: here because another holds their table.
class SlowStatisticsIT {
  private static final String NAME = "slowstatisticsit";
  private static final String YEAR =
      "/statistics?by=DAY&from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z";

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Database database = new Database(vertx, config());
  private @Nullable RouteServer server;

  private static Config.Database config() {
    Config.Database fresh = TestDatabase.server().fresh(NAME);
    return new Config.Database(
        fresh.url(),
        fresh.user(),
        fresh.password(),
        fresh.poolSize(),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2));
  }

  @BeforeEach
  void start() throws Exception {
    CompanySnapshot company =
        new CompanySnapshot(database, folder.resolve("company.json"), new SimpleMeterRegistry());
    server = RouteServer.start(vertx, new StatisticsRoutes(database, company));
  }

  @AfterEach
  void close() throws Exception {
    server().close();
    database.close().await(5, TimeUnit.SECONDS);
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  private RouteServer server() {
    return Objects.requireNonNull(server);
  }

  @Test
  void slowIsToldApartFromAwayAndNotMoreThanFourCountAtOnce() throws Exception {
    Counting.all(database, ZoneOffset.UTC);
    try (Connection other = TestDatabase.server().connect(NAME);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      other.setAutoCommit(false);
      other.createStatement().execute("lock table call_hour in access exclusive mode");
      List<Future<HttpResponse<String>>> asked = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        asked.add(threads.submit(() -> server().get(YEAR)));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<HttpResponse<String>> one : asked) {
        HttpResponse<String> answer = one.get(30, TimeUnit.SECONDS);
        statuses.add(answer.statusCode());
        assertTrue(
            answer.body().contains("narrow the time") || answer.body().contains("for others"),
            answer::body);
      }
      statuses.sort(Integer::compare);
      assertEquals(List.of(503, 504, 504, 504, 504), statuses);
      other.rollback();
    }
    assertEquals(200, server().get(YEAR).statusCode());
  }
}
