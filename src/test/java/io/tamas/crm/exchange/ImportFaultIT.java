package io.tamas.crm.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Imports whose process is killed (`kill -9`) in the middle of its work.
class ImportFaultIT {
  private static final int ROWS = 30_000;

  private static final Config.Database CONFIG = TestDatabase.fresh(ImportFaultIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);

  @TempDir Path folder;

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(5, TimeUnit.SECONDS);
    VERTX.close().await(5, TimeUnit.SECONDS);
  }

  @Test
  void whatWasKilledGoesOnAndNoRowIsTwiceOrLost() throws Exception {
    try (ImportNode node = new ImportNode(VERTX, DATABASE, folder, 64 << 20, 0)) {
      node.startImporter();
      JsonNode one = node.read(rows());
      node.map(one, one.get("suggestion").toString());
      node.stopImporter();

      killed(node, one, "/dry-run", "CHECKING");
      assertEquals(created(ROWS), ImportNode.counts(goesOn(node, one, "CHECKED")));
      assertEquals(0, count("profile"));

      killed(node, one, "/run", "RUNNING");
      long stored = count("profile");
      assertTrue(stored > 0 && stored < ROWS, () -> stored + " stored");
      assertEquals(created(ROWS), ImportNode.counts(goesOn(node, one, "DONE")));
      assertEquals(ROWS, count("profile"));
      assertEquals(ROWS, count("(select distinct name from profile) p"));
      assertEquals(ROWS, count("profile_number"));

      killed(node, one, "/undo", "UNDOING");
      goesOn(node, one, "UNDONE");
      assertEquals(0, count("profile"));
    }
  }

  private static byte[] rows() {
    return IntStream.range(0, ROWS)
        .mapToObj(i -> "Person %d,0912%07d".formatted(i, i))
        .collect(Collectors.joining("\n", "name,mobile\n", "\n"))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String created(int rows) {
    return "created %d, changed 0, unchanged 0, refused 0, repeated 0".formatted(rows);
  }

  private static long id(JsonNode one) {
    return one.get("id").asLong();
  }

  private static long count(String table) {
    Row row =
        DATABASE
            .await(DATABASE.pool().query("select count(*) from " + table).execute())
            .iterator()
            .next();
    return row.getLong(0);
  }

  /// Has a process begin with it, and kills that once it has done something and not all.
  private void killed(ImportNode node, JsonNode one, String action, String state) throws Exception {
    assertEquals(202, node.post(one, action));
    long whole = count("profile");
    Process process = ImportProcess.start(CONFIG, folder);
    try {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
      while (!isInTheMiddle(node.get(id(one)), whole)) {
        assertTrue(System.nanoTime() < end && process.isAlive(), () -> state + " has not begun");
        Thread.sleep(2);
      }
    } finally {
      process.destroyForcibly();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }
    assertEquals(state, node.get(id(one)).get("state").asText());
  }

  private static boolean isInTheMiddle(JsonNode now, long whole) {
    return now.get("state").asText().equals("UNDOING")
        ? count("profile") < whole
        : now.at("/counts/done").asLong() > 0;
  }

  private static JsonNode goesOn(ImportNode node, JsonNode one, String state) throws Exception {
    node.startImporter();
    JsonNode ended = node.reaches(id(one), Set.of(state, "FAILED"));
    node.stopImporter();
    return ended;
  }
}
