package io.tamas;

import io.tamas.cli.UserCommand;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.user.Users;
import io.tamas.web.Act;
import io.tamas.web.Problem;
import io.tamas.web.Role;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.function.Function;

/// Wires the commands that work on users without the server.
final class StoredUsers implements UserCommand.Accounts {
  @Override
  public Secret add(Config config, String name, String role) throws IOException {
    Role asked;
    try {
      asked = Role.of(role);
    } catch (IllegalArgumentException none) {
      throw new IllegalArgumentException(
          "--role must be operator, supervisor or administrator", none);
    }
    return with(config, users -> users.add(name, asked));
  }

  @Override
  public Secret reset(Config config, String name) throws IOException {
    return with(
        config, users -> users.rescue(name).orElseThrow(() -> Problem.notFound("user " + name)));
  }

  private static Secret with(Config config, Function<Users, Secret> work) throws IOException {
    Vertx vertx = Vertx.vertx();
    try {
      Users users = new Users(new Database(vertx, config.database()));
      return Act.by("command").during(() -> work.apply(users));
    } catch (Problem refused) {
      throw new IllegalArgumentException(text(refused), refused);
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

  private static String text(Problem refused) {
    return refused.faults().stream()
        .findFirst()
        .map(fault -> fault.pointer().substring(1) + " " + fault.detail())
        .orElse(refused.detail());
  }
}
