package io.tamas.company;

import io.tamas.config.Secret;
import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// The SIP passwords, stored separately from the company: those of the phones are returned only
/// once, when they are generated, those of the trunks never. They are kept in clear text for
/// provisioning, because Asterisk needs that.
final class Credentials {
  /// By extension.
  static final Credentials OF_PHONES = new Credentials("credential");

  /// By trunk.
  static final Credentials OF_TRUNKS = new Credentials("trunk-credential");

  private static final String ALL =
      """
      select name, body ->> 'password' from company_item where kind = $1
      """;

  private static final String PUT =
      """
      insert into company_item (kind, name, body, version)
      select $1, c.name, c.body::jsonb, $4
      from unnest($2::text[], $3::text[]) as c (name, body)
      on conflict (kind, name) do update
      set body = excluded.body, version = excluded.version, changed_at = now()
      """;

  private static final String DELETE =
      """
      delete from company_item where kind = $1 and name = any($2::text[])
      """;

  private final String kind;

  private record Body(String password) {}

  private Credentials(String kind) {
    this.kind = kind;
  }

  Future<Map<String, Secret>> all(SqlClient client) {
    return client
        .preparedQuery(ALL)
        .execute(Tuple.of(kind))
        .map(rows -> {
          Map<String, Secret> passwords = new HashMap<>();
          for (Row row : rows) {
            passwords.put(row.getString(0), new Secret(row.getString(1)));
          }
          return Map.copyOf(passwords);
        });
  }

  void put(Transaction tx, Map<String, Secret> passwords, long version) {
    if (passwords.isEmpty()) {
      return;
    }
    var entries = passwords.entrySet();
    Tuple tuple =
        Tuple.of(
            kind,
            entries.stream().map(Map.Entry::getKey).toArray(String[]::new),
            entries.stream()
                .map(entry -> Json.write(new Body(entry.getValue().reveal())))
                .toArray(String[]::new),
            version);
    tx.await(tx.connection().preparedQuery(PUT).execute(tuple));
  }

  void delete(Transaction tx, Collection<String> names) {
    if (names.isEmpty()) {
      return;
    }
    Tuple tuple = Tuple.of(kind).addArrayOfString(names.toArray(String[]::new));
    tx.await(tx.connection().preparedQuery(DELETE).execute(tuple));
  }
}
