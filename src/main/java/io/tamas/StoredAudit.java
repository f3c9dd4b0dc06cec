package io.tamas;

import io.tamas.audit.ChainCheck;
import io.tamas.cli.AuditCommand;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.seal.Seal;
import io.vertx.core.Vertx;
import java.io.IOException;

/// Wires the command that checks the audit log without the server.
final class StoredAudit implements AuditCommand.Chain {
  @Override
  public AuditCommand.Result check(Config config) throws IOException {
    Vertx vertx = Vertx.vertx();
    try {
      Database database = new Database(vertx, config.database());
      ChainCheck.Result result = new ChainCheck(database, Seal.of(config.sealing())).run();
      return new AuditCommand.Result(result.links(), result.hash(), result.broken());
    } catch (DatabaseFault e) {
      throw new IOException(
          e.lacksTables()
              ? "the database has no tables of this version: start the server once"
              : "the database: " + e.getMessage(),
          e);
    } finally {
      vertx.close();
    }
  }
}
