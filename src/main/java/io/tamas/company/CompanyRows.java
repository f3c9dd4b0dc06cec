package io.tamas.company;

import io.tamas.company.Company.Part;
import io.tamas.company.CompanyStored.Key;
import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The company's rows in PostgreSQL.
final class CompanyRows {
  /// The channel of `NOTIFY` on which other nodes are notified that the company has changed.
  static final String CHANNEL = "tamas_company";

  private static final Logger log = LoggerFactory.getLogger(CompanyRows.class);

  private static final String LOCK = "select version from company_version for update";

  private static final String VERSION = "select version from company_version";

  private static final String LOAD =
      """
      select v.version, i.kind, i.body::text, i.version, i.name
      from company_version v
        left join company_item i on i.kind not in ('credential', 'trunk-credential')
      order by i.kind, i.name
      """;

  private static final String FIND =
      """
      select body::text, version from company_item where kind = $1 and name = $2
      """;

  private static final String PUT =
      """
      insert into company_item (kind, name, body, version)
      select p.kind, p.name, p.body::jsonb, $4
      from unnest($1::text[], $2::text[], $3::text[]) as p (kind, name, body)
      on conflict (kind, name) do update
      set body = excluded.body, version = excluded.version, changed_at = now()
      """;

  private static final String DELETE =
      """
      delete from company_item i
      using unnest($1::text[], $2::text[]) as d (kind, name)
      where i.kind = d.kind and i.name = d.name
      """;

  private static final String ADVANCE = "update company_version set version = $1";

  private static final String NOTIFY = "notify " + CHANNEL;

  private CompanyRows() {}

  /// Makes all other changes of the company wait until this transaction ends.
  static void lock(Transaction tx) {
    tx.await(tx.connection().query(LOCK).execute());
  }

  static Future<Long> version(SqlClient client) {
    return client.query(VERSION).execute().map(rows -> rows.iterator().next().getLong(0));
  }

  static Future<CompanyStored> load(SqlClient client) {
    return client.preparedQuery(LOAD).execute().map(CompanyRows::stored);
  }

  static Future<Optional<Stored>> find(SqlClient client, PartKind kind, String name) {
    return client
        .preparedQuery(FIND)
        .execute(Tuple.of(kind.singular(), name))
        .map(rows -> {
          for (Row row : rows) {
            return Optional.of(
                new Stored(PartReader.stored(kind, row.getString(0)), row.getLong(1)));
          }
          return Optional.empty();
        });
  }

  static void put(Transaction tx, Collection<? extends Part> parts, long version) {
    Tuple tuple =
        Tuple.of(
            parts.stream().map(part -> part.kind().singular()).toArray(String[]::new),
            parts.stream().map(Part::key).toArray(String[]::new),
            parts.stream().map(Json::write).toArray(String[]::new),
            version);
    tx.await(tx.connection().preparedQuery(PUT).execute(tuple));
  }

  static void delete(Transaction tx, Collection<Key> keys) {
    Tuple tuple =
        Tuple.tuple()
            .addArrayOfString(
                keys.stream().map(key -> key.kind().singular()).toArray(String[]::new))
            .addArrayOfString(keys.stream().map(Key::name).toArray(String[]::new));
    tx.await(tx.connection().preparedQuery(DELETE).execute(tuple));
  }

  static void advance(Transaction tx, long version) {
    tx.await(tx.connection().preparedQuery(ADVANCE).execute(Tuple.of(version)));
    tx.await(tx.connection().query(NOTIFY).execute());
  }

  private static CompanyStored stored(RowSet<Row> rows) {
    Map<Key, Stored> parts = new LinkedHashMap<>();
    long version = 0;
    for (Row row : rows) {
      version = row.getLong(0);
      Optional.ofNullable(row.getString(1))
          .flatMap(PartKind::ofSingular)
          .flatMap(kind -> readable(kind, row))
          .ifPresent(part -> parts.put(Key.of(part.part()), part));
    }
    return new CompanyStored(version, parts);
  }

  /// A part that cannot be read does not stop the others: the company is used without it.
  private static Optional<Stored> readable(PartKind kind, Row row) {
    try {
      return Optional.of(new Stored(PartReader.stored(kind, row.getString(2)), row.getLong(3)));
    } catch (IllegalStateException e) {
      log.atError()
          .setCause(e)
          .addKeyValue("kind", kind.singular())
          .addKeyValue("name", row.getString(4))
          .log("a stored part of the company cannot be read and is not used");
      return Optional.empty();
    }
  }
}
