package io.tamas.company;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A server's company: the store and the snapshot, on a database that may be another node's too.
public final class CompanyNode implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  public final Database database;
  public final CompanySnapshot snapshot;
  public final Companies companies;

  public CompanyNode(Config.Database config, Path copy) throws Exception {
    database = new Database(vertx, config);
    snapshot = new CompanySnapshot(database, copy, new SimpleMeterRegistry());
    companies = new Companies(database, snapshot, new PhonePasswords(new SecureRandom()));
    snapshot.start().await(5, TimeUnit.SECONDS);
  }

  /// The faults for which nothing was changed.
  List<CompanyFault> replaceAll(Company company) {
    return companies.replace(company, Optional.empty())
            instanceof CompanyReplacement.Faulty(List<CompanyFault> faults)
        ? faults
        : List.of();
  }

  @Override
  public void close() throws Exception {
    snapshot.close().await(5, TimeUnit.SECONDS);
    database.close().await(5, TimeUnit.SECONDS);
    vertx.close().await(5, TimeUnit.SECONDS);
  }
}
