package io.tamas.user;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.Act;
import io.tamas.web.Browsers;
import io.tamas.web.Principal;
import io.tamas.web.Principal.Owner;
import io.tamas.web.Problem;
import io.tamas.web.Role;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who has signed in, by the hash of a token of 256 random bits. Each request looks its session up:
/// one that has ended is refused at once, on all nodes.
final class Sessions implements Browsers {
  private static final int TOKEN_BYTES = 32;

  /// Sessions of one user; the one that was used longest ago gives way.
  private static final int MOST = 50;

  private static final String COOKIE = "select id from installation";

  private static final String FIND =
      """
      with found as (
        select s.hash, s.id, s.account, u.name, u.role,
          u.one_time is not null and not s.open_id as one_time, u.grants, i.name as extension, u.extension_since,
          s.last_at < now() - interval '1 minute' as aged,
          not s.open_id and not exists (
            select from user_code c where c.account = u.id and c.confirmed_at is not null)
          and
      """
          + UserRows.DEMANDED
          + """
              as codes_due
            from user_session s join user_account u on u.id = s.account
          """
          + UserRows.EXTENSION
          + """
          where s.hash = any($1)
            and s.last_at > now() - $2 * interval '1 ms' and s.started_at > now() - $3 * interval '1 ms'
          ), supervisors as (
            select g.account, array_agg(g.name) as groups from user_group g
            where g.account in (select account from found where role = 'SUPERVISOR')
            group by g.account
          ), supervised as (
            select s.account, array_agg(i.name) as numbers, array_agg(i.created_at) as since
            from supervisors s
            join company_item i on i.kind = 'extension' and i.body -> 'groups' ?| s.groups
            group by s.account
          )
          select f.*, s.numbers, s.since from found f left join supervised s using (account)
          """;

  /// Not at each request.
  private static final String USED =
      """
      update user_session set last_at = now()
      where id = $1 and last_at < now() - interval '1 minute'
      """;

  /// Unless the password was changed meanwhile, or one-time codes were set up. A change that is not
  /// committed yet is waited for: it has ended the sessions that it sees.
  private static final String START =
      """
      insert into user_session (hash, account, address, agent)
      select $1, id, $3, $4 from user_account
      where id = $2 and password is not distinct from $5 and one_time is not distinct from $6
        and $7 = exists (
          select from user_code where account = $2 and confirmed_at is not null)
      for share of user_account
      """;

  private static final String START_BY_ISSUER =
      """
      insert into user_session (hash, account, address, agent, open_id)
      select $1, account, $3, $4, true from user_open_id where account = $2
      for share
      """;

  private static final String ACCOUNT = "select id from user_account where name = $1";

  private static final String TIDY =
      """
      delete from user_session
      where account = $1 and (last_at <= now() - $2 * interval '1 ms'
        or started_at <= now() - $3 * interval '1 ms'
        or id in (select id from user_session where account = $1 order by last_at desc offset $4))
      """;

  private static final String LIST =
      """
      select s.id, s.address, s.agent, s.started_at, s.last_at
      from user_session s join user_account u on u.id = s.account
      where u.name = $1
        and s.last_at > now() - $2 * interval '1 ms' and s.started_at > now() - $3 * interval '1 ms'
      order by s.last_at desc limit $4
      """;

  private static final String END =
      """
      delete from user_session
      where id = $2 and account = (select id from user_account where name = $1)
      returning open_id
      """;

  private final Database database;
  private final Config.Sessions times;
  private final SecureRandom random = new SecureRandom();
  private volatile Optional<String> cookie = Optional.empty();

  /// A session as it is listed.
  ///
  /// @param agent what the browser says it is: untrusted text
  record Session(long id, String address, String agent, Instant startedAt, Instant lastAt) {}

  /// A session that has ended.
  ///
  /// @param byIssuer whether it was begun at an issuer of OpenID Connect
  record Ended(boolean byIssuer) {}

  Sessions(Database database, Config.Sessions times) {
    this.database = database;
    this.times = times;
  }

  @Override
  public Future<String> cookie() {
    return cookie
        .map(Future::succeededFuture)
        .orElseGet(() ->
            database
                .pool()
                .query(COOKIE)
                .execute()
                .map(rows -> "tamas-" + rows.iterator().next().getString("id"))
                .onSuccess(name -> cookie = Optional.of(name))
                .recover(cause -> Future.failedFuture(DatabaseFault.of(cause))));
  }

  @Override
  public Future<Principal> authenticate(String token) {
    Buffer hash = OneTimePassword.hash(new Secret(token));
    return find(new Buffer[] {hash})
        .compose(rows -> {
          if (rows.size() == 0) {
            return Future.failedFuture(Problem.unauthorized("the session has ended"));
          }
          Row row = rows.iterator().next();
          if (row.getBoolean("aged")) {
            database.pool().preparedQuery(USED).execute(Tuple.of(row.getLong("id")));
          }
          return Future.succeededFuture(principal(row));
        });
  }

  @Override
  public Future<Map<String, Principal>> again(Set<String> tokens) {
    Map<Buffer, String> byHash = new HashMap<>();
    tokens.forEach(token -> byHash.put(OneTimePassword.hash(new Secret(token)), token));
    return find(byHash.keySet().toArray(Buffer[]::new))
        .map(rows -> {
          Map<String, Principal> found = new HashMap<>();
          rows.forEach(row ->
              Optional.ofNullable(byHash.get(row.getBuffer("hash")))
                  .ifPresent(token -> found.put(token, principal(row))));
          return found;
        });
  }

  private Future<RowSet<Row>> find(Buffer[] hashes) {
    return database
        .pool()
        .preparedQuery(FIND)
        .execute(Tuple.of(hashes, times.idle().toMillis(), times.end().toMillis()))
        .recover(cause -> Future.failedFuture(DatabaseFault.of(cause)));
  }

  /// Starts a session, with a token that is returned only once.
  ///
  /// @param login that the password was compared with
  /// @return empty if it was changed meanwhile
  Optional<Secret> start(Users.Login login, String address, String agent) {
    Secret token = token();
    Tuple values =
        Tuple.of(
            OneTimePassword.hash(token),
            login.id(),
            address,
            agent,
            login.password().orElse(null),
            login.oneTime().orElse(null),
            login.coded());
    return start(login.id(), login.name(), address, START, values)
        ? Optional.of(token)
        : Optional.empty();
  }

  /// The same for whom an issuer of OpenID Connect knows; empty if there is no such user any more.
  Optional<Secret> startByIssuer(String user, String address, String agent) {
    return database.await(database.pool().preparedQuery(ACCOUNT).execute(Tuple.of(user))).stream()
        .findFirst()
        .map(row -> row.getLong("id"))
        .flatMap(account -> {
          Secret token = token();
          Tuple values = Tuple.of(OneTimePassword.hash(token), account, address, agent);
          return start(account, user, address, START_BY_ISSUER, values)
              ? Optional.of(token)
              : Optional.empty();
        });
  }

  private boolean start(long account, String user, String address, String sql, Tuple values) {
    Tuple old = Tuple.of(account, times.idle().toMillis(), times.end().toMillis(), MOST - 1);
    return database.inTransaction(tx -> {
      tx.execute(TIDY, old);
      boolean started = tx.execute(sql, values).rowCount() == 1;
      if (started) {
        KnownAddresses.remember(tx, account, address);
        Act.current()
            .of("user:" + user, () -> Audit.record(tx, Users.audited(user, Action.SIGNED_IN)));
      }
      return started;
    });
  }

  private Secret token() {
    byte[] bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  List<Session> list(String user) {
    Tuple values = Tuple.of(user, times.idle().toMillis(), times.end().toMillis(), MOST);
    return database.await(database.pool().preparedQuery(LIST).execute(values)).stream()
        .map(Sessions::session)
        .toList();
  }

  /// Empty if the user has no such session.
  Optional<Ended> end(String user, long session) {
    return database.inTransaction(tx -> {
      Optional<Ended> ended =
          tx.execute(END, Tuple.of(user, session)).stream()
              .findFirst()
              .map(row -> new Ended(row.getBoolean("open_id")));
      if (ended.isPresent()) {
        Audit.record(tx, Users.audited(user, Action.ENDED).before(Map.of("session", session)));
      }
      return ended;
    });
  }

  /// How long a browser keeps the cookie.
  Duration longest() {
    return times.end();
  }

  private static Session session(Row row) {
    return new Session(
        row.getLong("id"),
        row.getString("address"),
        row.getString("agent"),
        row.getOffsetDateTime("started_at").toInstant(),
        row.getOffsetDateTime("last_at").toInstant());
  }

  private static Principal principal(Row row) {
    Optional<Owner> owner =
        Optional.ofNullable(row.getString("extension"))
            .map(number ->
                new Owner(
                    new ExtensionNumber(number),
                    row.getOffsetDateTime("extension_since").toInstant()));
    return Principal.of(
        new Principal.User(
            row.getString("name"),
            Role.of(row.getString("role")),
            row.getLong("id"),
            row.getBoolean("one_time"),
            row.getBoolean("codes_due")),
        UserRows.grants(row),
        owner,
        supervised(row));
  }

  private static List<Owner> supervised(Row row) {
    List<Owner> owners = new ArrayList<>();
    String[] numbers = row.getArrayOfStrings("numbers");
    OffsetDateTime[] since = row.getArrayOfOffsetDateTimes("since");
    for (int i = 0; numbers != null && i < numbers.length; i++) {
      owners.add(new Owner(new ExtensionNumber(numbers[i]), since[i].toInstant()));
    }
    return owners;
  }
}
