package io.tamas.user;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.seal.Seal;
import io.tamas.text.Folding;
import io.tamas.web.Problem;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One-time codes that a user must give beside the password, and recovery codes for a lost
/// telephone. Each counts once.
///
/// A secret that the present key does not open is as if the telephone was lost: recovery codes go
/// on.
final class Codes {
  private static final Logger log = LoggerFactory.getLogger(Codes.class);

  /// Recovery codes of one user.
  private static final int RECOVERIES = 10;

  private static final String STATE =
      """
      select c.confirmed_at, (select count(*) from user_recovery_code r where r.account = c.account)
        as recoveries,
      """
          + UserRows.DEMANDED
          + """
          as demanded
          from user_account u
            left join user_code c on c.account = u.id and c.confirmed_at is not null
          where u.name = $1
          """;

  private static final String BEGIN =
      """
      insert into user_code (account, secret) values ($1, $2)
      on conflict (account) do update set secret = $2, created_at = now()
        where user_code.confirmed_at is null
      """;

  private static final String SECRET =
      """
      select secret from user_code
      where account = $1 and case when $2 then confirmed_at is not null
        else confirmed_at is null and created_at > now() - interval '10 minutes' end
      """;

  private static final String CONFIRM =
      """
      update user_code set confirmed_at = now(), last_step = $2
      where account = $1 and secret = $3 and confirmed_at is null
      """;

  private static final String USE =
      """
      update user_code set last_step = $2
      where account = $1 and last_step < $2 and confirmed_at is not null
      """;

  private static final String RECOVER =
      "delete from user_recovery_code where account = $1 and hash = $2";

  private static final String ONE_AT_A_TIME = "select from user_code where account = $1 for update";

  private static final String FORGET = "delete from user_recovery_code where account = $1";

  private static final String REMEMBER =
      "insert into user_recovery_code (account, hash) select $1, unnest($2::bytea[])";

  static final String REMOVE =
      """
      delete from user_code using user_account u
      where u.id = user_code.account and u.name = $1 returning account
      """;

  private final Database database;
  private final Optional<Seal> seal;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /// Whether a user has them.
  ///
  /// @param since absent without them
  /// @param recoveryCodes that are left
  /// @param demanded whether the settings of the company demand them of the user's role
  record State(boolean active, Optional<Instant> since, int recoveryCodes, boolean demanded) {
    private static final State NONE = new State(false, Optional.empty(), 0, false);
  }

  /// @param seal absent: nobody can have codes
  Codes(Database database, Optional<Seal> seal, InstantSource clock) {
    this.database = database;
    this.seal = seal;
    this.clock = clock;
  }

  State state(String user) {
    return database.await(database.pool().preparedQuery(STATE).execute(Tuple.of(user))).stream()
        .findFirst()
        .map(Codes::state)
        .orElse(State.NONE);
  }

  private static State state(Row row) {
    Optional<Instant> since =
        Optional.ofNullable(row.getOffsetDateTime("confirmed_at")).map(OffsetDateTime::toInstant);
    return new State(
        since.isPresent(),
        since,
        since.isPresent() ? row.getInteger("recoveries") : 0,
        row.getBoolean("demanded"));
  }

  /// Makes a secret, which is returned only once, and counts once a code of it was right.
  ///
  /// @throws Problem 409 if the user has codes already, or secrets cannot be sealed
  Totp begin(long account) {
    Seal by =
        seal.orElseThrow(() ->
            Problem.conflict(
                "one-time codes need the setting sealing.key, which the server lacks"));
    Totp totp = Totp.random(random);
    Buffer sealed = Buffer.buffer(by.seal(place(account), totp.key()));
    if (execute(BEGIN, Tuple.of(account, sealed)).rowCount() == 0) {
      throw Problem.conflict("the user has one-time codes already: they must be removed first");
    }
    return totp;
  }

  /// Codes count from now on, and all sessions but one end.
  ///
  /// @return the recovery codes, which are returned only once; empty if the code is wrong
  /// @throws Problem 409 if none were begun, or too long ago
  Optional<List<Secret>> confirm(String user, long account, String code, long session) {
    Buffer secret =
        secret(account, false)
            .orElseThrow(() ->
                Problem.conflict(
                    "there are no codes to be confirmed: begin with POST /api/v1/me/otp, at most 10"
                        + " minutes before"));
    OptionalLong step = totp(account, secret).step(plain(code), clock.instant());
    if (step.isEmpty()) {
      return Optional.empty();
    }
    List<Secret> recoveries = recoveries();
    boolean isDone =
        database.inTransaction(tx -> {
          boolean first =
              tx.execute(CONFIRM, Tuple.of(account, step.getAsLong(), secret)).rowCount() == 1;
          if (first) {
            remember(tx, account, recoveries);
            tx.execute(Users.END_OTHER_SESSIONS, Tuple.of(account, session));
            note(tx, user, Map.of("oneTimeCodes", true));
          }
          return first;
        });
    return isDone ? Optional.of(recoveries) : Optional.empty();
  }

  /// Whether a code is right, or a recovery code. It is used up by that.
  ///
  /// @throws Problem 503 if the secret cannot be read
  boolean use(long account, String code) {
    String plain = plain(code);
    if (!plain.matches("[0-9]{6}")) {
      String recovery = OneTimePassword.grouped(plain.replaceAll("[^a-z0-9]", ""));
      return execute(RECOVER, Tuple.of(account, hash(recovery))).rowCount() == 1;
    }
    Optional<Buffer> secret = secret(account, true);
    OptionalLong step =
        secret.isPresent()
            ? totp(account, secret.get()).step(plain, clock.instant())
            : OptionalLong.empty();
    return step.isPresent() && execute(USE, Tuple.of(account, step.getAsLong())).rowCount() == 1;
  }

  /// Other recovery codes take the place of what is left of those before.
  List<Secret> renewRecoveries(String user, long account) {
    List<Secret> recoveries = recoveries();
    database.inTransaction(tx -> {
      tx.execute(ONE_AT_A_TIME, Tuple.of(account));
      tx.execute(FORGET, Tuple.of(account));
      note(tx, user, Map.of("recoveryCodes", RECOVERIES));
      return remember(tx, account, recoveries);
    });
    return recoveries;
  }

  /// From now on the password is enough; all sessions end but one.
  ///
  /// @param session 0: all end
  /// @return false if the user has no codes
  boolean remove(String user, long session) {
    return database.inTransaction(tx -> {
      RowSet<Row> removed = tx.execute(REMOVE, Tuple.of(user));
      removed.forEach(
          row -> tx.execute(Users.END_OTHER_SESSIONS, Tuple.of(row.getLong("account"), session)));
      boolean isDone = removed.rowCount() == 1;
      if (isDone) {
        note(tx, user, Map.of("oneTimeCodes", false));
      }
      return isDone;
    });
  }

  private static void note(Transaction tx, String user, Map<String, Object> after) {
    Audit.record(tx, Users.audited(user, Action.UPDATED).after(after));
  }

  private static RowSet<Row> remember(Transaction tx, long account, List<Secret> recoveries) {
    Buffer[] hashes = recoveries.stream().map(OneTimePassword::hash).toArray(Buffer[]::new);
    return tx.execute(REMEMBER, Tuple.of(account).addArrayOfBuffer(hashes));
  }

  private List<Secret> recoveries() {
    return Stream.generate(() -> OneTimePassword.generate(random, 3)).limit(RECOVERIES).toList();
  }

  private Optional<Buffer> secret(long account, boolean confirmed) {
    return execute(SECRET, Tuple.of(account, confirmed)).stream()
        .findFirst()
        .map(row -> row.getBuffer("secret"));
  }

  private Totp totp(long account, Buffer secret) {
    return seal.flatMap(by -> by.open(place(account), secret.getBytes()))
        .map(Totp::new)
        .orElseThrow(() -> {
          log.atError()
              .addKeyValue("account", account)
              .log("one-time codes cannot be read: sealing.key is not the one of their secret");
          return Problem.unavailable(
              "one-time codes cannot be read, since the setting sealing.key was changed; recovery"
                  + " codes are accepted");
        });
  }

  private RowSet<Row> execute(String sql, Tuple values) {
    return database.await(database.pool().preparedQuery(sql).execute(values));
  }

  private static String place(long account) {
    return "user_code " + account;
  }

  /// As people type it: digits of any script, and parted.
  private static String plain(String code) {
    return Folding.fold(code).replace(" ", "");
  }

  private static Buffer hash(String recovery) {
    return OneTimePassword.hash(new Secret(recovery));
  }
}
