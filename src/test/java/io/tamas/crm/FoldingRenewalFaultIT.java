package io.tamas.crm;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.db.Database;
import io.tamas.db.TestServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldingRenewalFaultIT {
  private static final Duration WITHIN = Duration.ofSeconds(60);

  @TempDir private static Path folder;

  @Test
  void goesOnWhenPostgresqlIsBack() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (TestServer postgres = TestServer.start(folder)) {
      Database database = new Database(vertx, postgres.fresh("folding"));
      OldProfiles old = new OldProfiles(database);
      old.make(5_000);
      SimpleMeterRegistry metrics = new SimpleMeterRegistry();
      FoldingRenewal renewal = new FoldingRenewal(database, metrics);

      renewal.start();
      eventually("begun", WITHIN, () -> renewed(metrics) > 0);
      postgres.stop();
      assertTrue(renewed(metrics) < 5_000);
      postgres.start();
      eventually("done", WITHIN, () -> old.left() == 0);

      renewal.close().await(5, TimeUnit.SECONDS);
      database.close().await(5, TimeUnit.SECONDS);
    } finally {
      vertx.close().await(5, TimeUnit.SECONDS);
    }
  }

  private static double renewed(SimpleMeterRegistry metrics) {
    return metrics.get("tamas.profiles.refolded").counter().count();
  }
}
