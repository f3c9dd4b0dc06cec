package io.tamas;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tamas.call.Refold;
import io.tamas.call.history.Calls;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.function.Consumer;

/// Wires the commands that work on stored calls without the server.
final class StoredCalls {
  private StoredCalls() {}

  /// Recomputes the records of all ended calls.
  ///
  /// @param correct whether records that differ are corrected
  /// @param output receives the outcome, line by line
  /// @return whether all records matched the journal
  /// @throws IOException if PostgreSQL does not answer as expected
  static boolean refold(Config config, boolean correct, Consumer<String> output)
      throws IOException {
    Vertx vertx = Vertx.vertx();
    var database = new Database(vertx, config.database());
    try {
      Refold.Report report =
          new Refold(database, new Calls(database, new CompositeMeterRegistry())).run(correct);
      String done = correct ? "corrected" : "different";
      report.ids().forEach(id -> output.accept(done + " " + id));
      output.accept("%d calls, %d %s".formatted(report.ended(), report.different(), done));
      return report.different() == 0;
    } catch (DatabaseFault e) {
      throw new IOException("the database: " + e.getMessage(), e);
    } finally {
      vertx.close();
    }
  }
}
