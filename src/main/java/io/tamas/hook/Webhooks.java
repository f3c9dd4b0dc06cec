package io.tamas.hook;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.hook.Webhook.State;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// The store of webhooks.
///
/// Blocking code for virtual threads. Without PostgreSQL each method throws a retryable
/// [io.tamas.db.DatabaseFault] within the database's time-out.
public final class Webhooks {
  /// The maximum of webhooks.
  public static final int MAX = 50;

  private static final String COLUMNS =
      """
      name, url, events, enabled, suspended_reason, suspended_at,
      case when old_secret_until > now() then old_secret_until end as old_secret_until,
      version, created_at, updated_at
      """;

  /// Nobody else creates one meanwhile.
  private static final String LOCK = "lock table webhook in share row exclusive mode";

  private static final String COUNT = "select count(*) from webhook where not deleted";

  private static final String FIND =
      "select " + COLUMNS + " from webhook where name = $1 and not deleted";

  private static final String LIST =
      "select " + COLUMNS + " from webhook where not deleted order by name limit " + MAX;

  private static final String NEWEST =
      "(select greatest(r.deleted_to, (select max(id) from event)) from event_retention r)";

  private static final String INSERT =
      "insert into webhook (name, url, events, enabled, secret, read_to) values ($1, $2, $3, $4, $5, "
          + NEWEST
          + ") returning "
          + COLUMNS;

  /// What happened while it was off or suspended is not sent; what waits since before is.
  private static final String UPDATE =
      """
      update webhook
      set url = $2, events = $3, enabled = $4, suspended_at = null, suspended_reason = null,
          version = version + 1, updated_at = now(),
          read_to = case when enabled and suspended_at is null then read_to else
      """
          + NEWEST
          + " end where name = $1 and not deleted returning "
          + COLUMNS;

  private static final String DELETE =
      "update webhook set deleted = true where name = $1 and not deleted returning id";

  /// What happened since it was deleted is not sent; what waits since before is.
  private static final String RESTORE =
      "update webhook set deleted = false, version = version + 1, updated_at = now(), read_to = "
          + NEWEST
          + " where id = $1 and deleted";

  private static final String ROTATE =
      """
      update webhook
      set old_secret = secret, old_secret_until = now() + interval '24 hours', secret = $2,
          version = version + 1, updated_at = now()
      where name = $1 and not deleted and (old_secret is null or old_secret_until <= now())
      returning
      """
          + COLUMNS;

  private static final String UNSEALED =
      """
      select id, name, secret, old_secret from webhook
      where octet_length(secret) = $1 or octet_length(old_secret) = $1
      for update
      """;

  private static final String SEAL =
      "update webhook set secret = $2, old_secret = $3 where id = $1";

  private final Database database;
  private final SecureRandom random;
  private final StoredSecrets secrets;

  public Webhooks(Database database, SecureRandom random, StoredSecrets secrets) {
    this.database = database;
    this.random = random;
    this.secrets = secrets;
  }

  /// Seals what was stored before the instance had a key. May wait, and may be repeated.
  public void sealStored() {
    if (!secrets.seals()) {
      return;
    }
    database.inTransaction(tx -> {
      for (Row row : run(tx, UNSEALED, Tuple.of(WebhookSecret.BYTES))) {
        String name = row.getString("name");
        run(
            tx,
            SEAL,
            Tuple.of(row.getLong("id"), sealed(name, row.getBuffer("secret")))
                .addBuffer(
                    row.getBuffer("old_secret") == null
                        ? null
                        : sealed(name, row.getBuffer("old_secret"))));
      }
      return tx;
    });
  }

  private Buffer sealed(String name, Buffer stored) {
    byte[] bytes = stored.getBytes();
    return StoredSecrets.isSealed(bytes)
        ? stored
        : Buffer.buffer(secrets.stored(name, new WebhookSecret(bytes)));
  }

  /// All, by name.
  List<Webhook> list() {
    return database.await(database.pool().query(LIST).execute()).stream()
        .map(Webhooks::webhook)
        .toList();
  }

  Optional<Webhook> find(String name) {
    return database.await(database.pool().preparedQuery(FIND).execute(Tuple.of(name))).stream()
        .findFirst()
        .map(Webhooks::webhook);
  }

  /// Creates or replaces one; a suspended one is sent again.
  ///
  /// @param expected the version on which the change is based; empty: any, or none
  WebhookChange put(String name, WebhookDraft draft, Optional<Long> expected) {
    WebhookSecret secret = WebhookSecret.random(random);
    return database.inTransaction(tx -> {
      tx.await(tx.connection().query(LOCK).execute());
      Optional<Webhook> before = first(run(tx, FIND, Tuple.of(name)));
      Optional<WebhookChange> refused = stale(before, expected);
      if (refused.isPresent()) {
        return refused.get();
      }
      Tuple values =
          Tuple.of(name, draft.url())
              .addArrayOfString(draft.events().toArray(String[]::new))
              .addBoolean(draft.isEnabled());
      Audit.Change change =
          audited(name, before.isPresent() ? Action.UPDATED : Action.CREATED)
              .after(new Shown(draft.url(), draft.events(), draft.isEnabled()));
      if (before.isPresent()) {
        Audit.record(tx, change.before(Shown.of(before.get())));
        return new WebhookChange.Updated(first(run(tx, UPDATE, values)).orElseThrow());
      }
      if (run(tx, COUNT, Tuple.tuple()).iterator().next().getLong(0) >= MAX) {
        return new WebhookChange.Full();
      }
      values.addBuffer(Buffer.buffer(secrets.stored(name, secret)));
      Audit.record(tx, change);
      return new WebhookChange.Created(first(run(tx, INSERT, values)).orElseThrow(), secret);
    });
  }

  /// @param expected the version to be deleted; empty: any
  WebhookChange delete(String name, Optional<Long> expected) {
    return database.inTransaction(tx -> {
      tx.await(tx.connection().query(LOCK).execute());
      Optional<Webhook> before = first(run(tx, FIND, Tuple.of(name)));
      if (before.isEmpty()) {
        return new WebhookChange.Absent();
      }
      Optional<WebhookChange> refused = stale(before, expected);
      if (refused.isEmpty()) {
        long id = run(tx, DELETE, Tuple.of(name)).iterator().next().getLong("id");
        DeletedWebhooks.keep(tx, id, name);
        Audit.record(tx, audited(name, Action.DELETED).before(Shown.of(before.get())));
      }
      return refused.orElseGet(() -> new WebhookChange.Updated(before.get()));
    });
  }

  /// Brings a deleted one back.
  ///
  /// @return what has changed since, so that it cannot be
  static Optional<String> restore(Transaction tx, long id, String name) {
    tx.await(tx.connection().query(LOCK).execute());
    if (run(tx, FIND, Tuple.of(name)).size() > 0) {
      return Optional.of("another webhook has the name " + name);
    }
    if (run(tx, COUNT, Tuple.tuple()).iterator().next().getLong(0) >= MAX) {
      return Optional.of("there are " + MAX + " webhooks already");
    }
    if (run(tx, RESTORE, Tuple.of(id)).rowCount() == 0) {
      return Optional.of("its deliveries are deleted");
    }
    Audit.record(tx, audited(name, Action.RESTORED));
    return Optional.empty();
  }

  /// Gives it a new secret; the one before signs for 24 hours more. Until then it is not renewed
  /// again.
  SecretRenewal rotate(String name) {
    WebhookSecret secret = WebhookSecret.random(random);
    Tuple values = Tuple.of(name, Buffer.buffer(secrets.stored(name, secret)));
    return database.inTransaction(tx -> {
      Optional<Instant> until = first(run(tx, ROTATE, values)).flatMap(Webhook::oldSecretUntil);
      if (until.isEmpty()) {
        return notRotated(first(run(tx, FIND, Tuple.of(name))));
      }
      Audit.record(tx, audited(name, Action.SECRET));
      return new SecretRenewal.Renewed(secret, until.get());
    });
  }

  private static SecretRenewal notRotated(Optional<Webhook> webhook) {
    return webhook
        .flatMap(Webhook::oldSecretUntil)
        .<SecretRenewal>map(SecretRenewal.TooSoon::new)
        .orElseGet(SecretRenewal.Absent::new);
  }

  private static Audit.Change audited(String name, Action action) {
    return Audit.Change.of("webhook", name, action);
  }

  /// A webhook in the audit log: what is behind the path of its address may be a secret.
  private record Shown(String url, List<String> events, boolean enabled) {
    Shown {
      url = url.replaceFirst("[?#].*", "?…");
    }

    static Shown of(Webhook webhook) {
      return new Shown(webhook.url(), webhook.events(), webhook.state() != State.DISABLED);
    }
  }

  private static Optional<WebhookChange> stale(Optional<Webhook> before, Optional<Long> expected) {
    long version = before.map(Webhook::version).orElse(0L);
    return expected.filter(wanted -> wanted != version).map(_ -> new WebhookChange.Stale(version));
  }

  private static Optional<Webhook> first(RowSet<Row> rows) {
    return rows.stream().findFirst().map(Webhooks::webhook);
  }

  private static RowSet<Row> run(Transaction tx, String sql, Tuple values) {
    return tx.await(tx.connection().preparedQuery(sql).execute(values));
  }

  private static Webhook webhook(Row row) {
    Optional<Instant> suspendedAt = instant(row, "suspended_at");
    return new Webhook(
        row.getString("name"),
        row.getString("url"),
        List.of(row.getArrayOfStrings("events")),
        !row.getBoolean("enabled")
            ? State.DISABLED
            : suspendedAt.isPresent() ? State.SUSPENDED : State.ACTIVE,
        Optional.ofNullable(row.getString("suspended_reason")),
        suspendedAt,
        instant(row, "old_secret_until"),
        row.getLong("version"),
        row.getOffsetDateTime("created_at").toInstant(),
        row.getOffsetDateTime("updated_at").toInstant());
  }

  private static Optional<Instant> instant(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }
}
