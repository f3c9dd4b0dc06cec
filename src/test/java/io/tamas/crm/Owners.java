package io.tamas.crm;

import io.tamas.db.Database;
import io.vertx.sqlclient.Tuple;

/// Users who look after profiles, for tests.
final class Owners {
  private static final String ADD =
      """
      insert into user_account (name, role, extension, extension_since, one_time)
      values ($1, 'OPERATOR', $2, now(), sha256($1::bytea))
      on conflict (name) do update set extension = excluded.extension
      """;

  private Owners() {}

  static void add(Database database, String name, String extension) {
    database.await(database.pool().preparedQuery(ADD).execute(Tuple.of(name, extension)));
  }
}
