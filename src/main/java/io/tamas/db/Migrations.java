package io.tamas.db;

import io.tamas.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.flywaydb.core.Flyway;

/// Brings the database's tables to the state of this version (`src/main/resources/db/migration`;
/// only ever appended).
public final class Migrations {
  private Migrations() {}

  /// Migrates on a worker thread. Several servers may do so at once: Flyway lets one go first.
  ///
  /// Fails if PostgreSQL cannot be reached, or if the tables are those of a newer version.
  public static Future<Void> run(Vertx vertx, Config.Database config) {
    return vertx.executeBlocking(() -> {
      run(config);
      return null;
    });
  }

  static void run(Config.Database config) {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource("jdbc:" + config.url(), config.user(), config.password().reveal())
        .locations("classpath:db/migration")
        .cleanDisabled(true)
        .connectRetries(0)
        .load()
        .migrate();
  }
}
