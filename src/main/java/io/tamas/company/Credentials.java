package io.tamas.company;

import io.tamas.config.Secret;
import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// The SIP passwords of the phones. They are told once, when they are made; here they are kept for
/// provisioning, because Asterisk needs them as they are.
final class Credentials {
  private static final String ALL =
      """
      select name, body ->> 'password' from company_item where kind = 'credential'
      """;

  private static final String PUT =
      """
      insert into company_item (kind, name, body, version)
      select 'credential', c.name, c.body::jsonb, $3
      from unnest($1::text[], $2::text[]) as c (name, body)
      on conflict (kind, name) do update
      set body = excluded.body, version = excluded.version, changed_at = now()
      """;

  private static final String DELETE =
      """
      delete from company_item where kind = 'credential' and name = any($1::text[])
      """;

  private record Body(String password) {}

  private Credentials() {}

  static Future<Map<ExtensionNumber, Secret>> all(SqlClient client) {
    return client
        .preparedQuery(ALL)
        .execute()
        .map(rows -> {
          Map<ExtensionNumber, Secret> passwords = new HashMap<>();
          for (Row row : rows) {
            passwords.put(new ExtensionNumber(row.getString(0)), new Secret(row.getString(1)));
          }
          return Map.copyOf(passwords);
        });
  }

  static void put(Transaction tx, Map<ExtensionNumber, Secret> passwords, long version) {
    var entries = passwords.entrySet();
    Tuple tuple =
        Tuple.of(
            entries.stream().map(entry -> entry.getKey().digits()).toArray(String[]::new),
            entries.stream()
                .map(entry -> Json.write(new Body(entry.getValue().reveal())))
                .toArray(String[]::new),
            version);
    tx.await(tx.connection().preparedQuery(PUT).execute(tuple));
  }

  static void delete(Transaction tx, Collection<ExtensionNumber> numbers) {
    String[] names = numbers.stream().map(ExtensionNumber::digits).toArray(String[]::new);
    tx.await(tx.connection().preparedQuery(DELETE).execute(Tuple.of((Object) names)));
  }
}
