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

/// Puts together what works on stored calls beside the server.
final class StoredCalls {
  private StoredCalls() {}

  /// Computes the records of all ended calls again.
  ///
  /// @param correct whether records that differ are written
  /// @param told hears the outcome, line by line
  /// @return whether all records were what the journal says
  /// @throws IOException when PostgreSQL does not answer as it should
  static boolean refold(Config config, boolean correct, Consumer<String> told) throws IOException {
    Vertx vertx = Vertx.vertx();
    var database = new Database(vertx, config.database());
    try {
      Refold.Report report =
          new Refold(database, new Calls(database, new CompositeMeterRegistry())).run(correct);
      String done = correct ? "corrected" : "different";
      report.ids().forEach(id -> told.accept(done + " " + id));
      told.accept("%d calls, %d %s".formatted(report.ended(), report.different(), done));
      return report.different() == 0;
    } catch (DatabaseFault e) {
      throw new IOException("the database: " + e.getMessage(), e);
    } finally {
      vertx.close();
    }
  }
}
