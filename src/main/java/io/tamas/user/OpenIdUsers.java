package io.tamas.user;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.db.Database;
import io.tamas.openid.Identity;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.Optional;

/// Which users are known to the issuer of OpenID Connect, by its subject. An e-mail address is good
/// for the first time only, since it may pass on to somebody else.
final class OpenIdUsers {
  private static final String FIND =
      """
      select u.name from user_open_id o join user_account u on u.id = o.account
      where o.issuer = $1 and o.subject = $2
      """;

  /// Only where it is the address of one user, whom no other subject has been so far.
  private static final String TIE =
      """
      with found as (select id, name from user_account where lower(email) = lower($3)),
        tied as (
          insert into user_open_id (issuer, subject, account)
          select $1, $2, id from found where (select count(*) from found) = 1
          on conflict do nothing returning account)
      select f.name from tied t join found f on f.id = t.account
      """;

  private static final String OF_USER =
      """
      select o.subject from user_open_id o join user_account u on u.id = o.account
      where u.name = $1
      """;

  private static final String SET =
      """
      insert into user_open_id (issuer, subject, account)
      select $2, $3, id from user_account where name = $1
      on conflict (account) do update set issuer = excluded.issuer, subject = excluded.subject
      """;

  private static final String HAS_ANOTHER =
      """
      select o.account from user_open_id o join user_account u on u.id = o.account
      where u.name = $1 and (o.issuer, o.subject) <> ($2, $3)
      """;

  private static final String REMOVE =
      """
      delete from user_open_id o using user_account u
      where u.id = o.account and u.name = $1 returning o.account, o.subject
      """;

  private static final String END_SESSIONS =
      "delete from user_session where account = $1 and open_id";

  private final Database database;

  OpenIdUsers(Database database) {
    this.database = database;
  }

  /// The name of a user; ties their subject if the address has to tell.
  Optional<String> find(String issuer, Identity identity) {
    return name(execute(FIND, Tuple.of(issuer, identity.subject())))
        .or(() -> identity.email().flatMap(email -> tie(issuer, identity.subject(), email)));
  }

  private Optional<String> tie(String issuer, String subject, String email) {
    return database.inTransaction(tx -> {
      Optional<String> tied = name(tx.execute(TIE, Tuple.of(issuer, subject, email)));
      tied.ifPresent(user -> Audit.record(tx, tied(user, subject)));
      return tied;
    });
  }

  private static Audit.Change tied(String user, String subject) {
    return Users.audited(user, Action.UPDATED).after(Map.of("subject", subject));
  }

  /// The subject of a user.
  Optional<String> subject(String user) {
    return execute(OF_USER, Tuple.of(user)).stream()
        .findFirst()
        .map(row -> row.getString("subject"));
  }

  /// Also ends what they have begun by another subject.
  ///
  /// @throws io.tamas.db.DatabaseFault.Refused if another user has the subject
  void set(String user, String issuer, String subject) {
    database.inTransaction(tx -> {
      Audit.record(tx, tied(user, subject));
      tx.execute(HAS_ANOTHER, Tuple.of(user, issuer, subject))
          .forEach(row -> tx.execute(END_SESSIONS, Tuple.of(row.getLong("account"))));
      return tx.execute(SET, Tuple.of(user, issuer, subject));
    });
  }

  /// Also ends what they have begun by it; false if there was none.
  boolean remove(String user) {
    return database.inTransaction(tx -> {
      RowSet<Row> removed = tx.execute(REMOVE, Tuple.of(user));
      removed.forEach(row -> {
        tx.execute(END_SESSIONS, Tuple.of(row.getLong("account")));
        Map<String, String> before = Map.of("subject", row.getString("subject"));
        Audit.record(tx, Users.audited(user, Action.UPDATED).before(before));
      });
      return removed.rowCount() == 1;
    });
  }

  private static Optional<String> name(RowSet<Row> rows) {
    return rows.stream().findFirst().map(row -> row.getString("name"));
  }

  private RowSet<Row> execute(String sql, Tuple values) {
    return database.await(database.pool().preparedQuery(sql).execute(values));
  }
}
