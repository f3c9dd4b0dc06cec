package io.tamas.asterisk.journal;

import static io.tamas.asterisk.journal.FollowedFolder.numbered;
import static io.tamas.asterisk.journal.FollowedFolder.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.db.Database;
import io.tamas.db.TestServer;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFollowerFaultIT {
  private static final int ROWS = 3_000;

  @Test
  void stoppedPostgresqlCostsNoRowAndBringsNoneTwice(@TempDir Path temp) throws Exception {
    Path folder = Files.createDirectory(temp.resolve("cel-custom"));
    Vertx vertx = Vertx.vertx();
    try (TestServer server = TestServer.start(Files.createDirectory(temp.resolve("postgres")))) {
      Database database = new Database(vertx, server.fresh("fault"));
      var journal = new FollowedFolder(folder, "main", database);
      journal.startWith(20_000, Duration.ofMillis(2), journal.new Collecting());

      Thread asterisk = Thread.ofVirtual().start(() -> journal.writeNumbered(0, ROWS));
      journal.awaitStored(1);
      server.stop();
      asterisk.join();
      journal.writeNumbered(ROWS, ROWS + 5);
      until("noticed", () -> journal.registry.counter("tamas.journal.failures").count() >= 2);
      assertTrue(journal.registry.get("tamas.journal.lag.seconds").gauge().value() > 0);
      server.start();
      journal.writeNumbered(ROWS + 5, ROWS + 10);
      journal.awaitStored(ROWS + 10);

      assertEquals(numbered(0, ROWS + 10), journal.stored());
      until(
          "up to date",
          () -> journal.registry.get("tamas.journal.lag.seconds").gauge().value() == 0);
      journal.stop();
      database.close().await(5, TimeUnit.SECONDS);
    } finally {
      vertx.close().await(5, TimeUnit.SECONDS);
    }
  }
}
