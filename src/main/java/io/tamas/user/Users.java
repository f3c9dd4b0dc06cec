package io.tamas.user;

import io.tamas.audit.Audit;
import io.tamas.audit.Audit.Action;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.db.Transaction;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.tamas.user.User.Content;
import io.tamas.user.User.Settings;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import io.tamas.web.Role;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The users, in the table `user_account`. There is always an administrator once there was one.
public final class Users {
  /// The maximum of users.
  static final int MAX = 10_000;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  private static final String BY_NAME = UserRows.USER + "where u.name = $1";

  private static final String PAGE = UserRows.USER + "where u.name > $1 order by u.name limit $2";

  private static final String LOGIN =
      """
      select u.id, u.name, u.password, u.one_time, c.account is not null as coded,
      """
          + UserRows.DEMANDED
          + """
          as demanded
          from user_account u
            left join user_code c on c.account = u.id and c.confirmed_at is not null
          where u.name = $1
          """;

  private static final String INSERT =
      """
      insert into user_account (
        name, display_name, mobile, email, role, settings, extension, extension_since, grants,
        one_time)
      select $1, $2, $3, $4, $5, $6::text::jsonb, $7,
        (select greatest(now(), created_at) from company_item
          where kind = 'extension' and name = $7),
        $8, $9
      where (select count(*) from user_account) < $10
      """;

  /// Whoever keeps the extension keeps what it has been theirs since.
  private static final String UPDATE =
      """
      update user_account u set
        display_name = $2, mobile = $3, email = $4, role = $5, settings = $6::text::jsonb,
        extension = $7, grants = $8,
        extension_since = case
          when i.name is null then null
          when u.extension = i.name and i.created_at <= u.extension_since then u.extension_since
          else greatest(now(), i.created_at) end,
        version = u.version + 1
      from (values (1)) one left join company_item i on i.kind = 'extension' and i.name = $7
      where u.name = $1
      """;

  private static final String SET_GROUPS =
      """
      with left_out as (
        delete from user_group g using user_account u
        where u.name = $1 and g.account = u.id and not g.name = any($2))
      insert into user_group (account, name)
      select u.id, chosen from user_account u, unnest($2::text[]) as chosen where u.name = $1
      on conflict do nothing
      """;

  /// Which of them there are, until the transaction ends.
  private static final String GROUPS =
      """
      select name from company_item where kind = 'extension-group' and name = any($1) for key share
      """;

  private static final String EXTENSION =
      "select from company_item where kind = 'extension' and name = $1 for key share";

  /// One after the other, so that two administrators cannot remove each other.
  private static final String ONE_BY_ONE = "lock table user_account in share row exclusive mode";

  private static final String ANOTHER_ADMINISTRATOR =
      "select from user_account where role = 'ADMINISTRATOR' and name <> $1 limit 1";

  private static final String COUNT = "select count(*) from user_account";

  private static final String DELETE = "delete from user_account where name = $1";

  private static final String SETTINGS =
      """
      update user_account set settings = $2::text::jsonb, version = version + 1 where name = $1
      """;

  private static final String RESET =
      """
      update user_account set password = null, one_time = $2, version = version + 1 where name = $1
      returning id
      """;

  private static final String SET_PASSWORD =
      """
      update user_account set password = $2, one_time = null, version = version + 1
      where id = $1 and password is not distinct from $3 and one_time is not distinct from $4
      """;

  private static final String END_SESSIONS = "delete from user_session where account = $1";

  static final String END_OTHER_SESSIONS =
      "delete from user_session where account = $1 and id <> $2";

  private final Database database;
  private final SecureRandom random = new SecureRandom();

  /// By what somebody signs in.
  ///
  /// @param id 0 if there is no such user
  /// @param coded whether they also need a one-time code
  /// @param demanded whether one-time codes are demanded of their role
  record Login(
      long id,
      String name,
      Optional<String> password,
      Optional<Buffer> oneTime,
      boolean coded,
      boolean demanded) {
    static Login nobody(String name) {
      return new Login(0, name, Optional.empty(), Optional.empty(), false, false);
    }

    boolean codesDue() {
      return demanded && !coded;
    }
  }

  /// @param next whether there are more
  record Page(List<User> items, boolean next) {}

  public Users(Database database) {
    this.database = database;
  }

  Page list(String after, int limit) {
    List<User> users =
        database
            .await(database.pool().preparedQuery(PAGE).execute(Tuple.of(after, limit + 1)))
            .stream()
            .map(UserRows::user)
            .toList();
    boolean more = users.size() > limit;
    return new Page(more ? users.subList(0, limit) : users, more);
  }

  Optional<User> find(String name) {
    return first(database.await(database.pool().preparedQuery(BY_NAME).execute(Tuple.of(name))));
  }

  Login login(String name) {
    RowSet<Row> rows = database.await(database.pool().preparedQuery(LOGIN).execute(Tuple.of(name)));
    return rows.stream()
        .findFirst()
        .map(row ->
            new Login(
                row.getLong("id"),
                row.getString("name"),
                Optional.ofNullable(row.getString("password")),
                Optional.ofNullable(row.getBuffer("one_time")),
                row.getBoolean("coded"),
                row.getBoolean("demanded")))
        .orElseGet(() -> Login.nobody(name));
  }

  /// Creates a user of whom nothing else is known yet, as [#create] does.
  ///
  /// @throws Problem also 422 if it is no name
  public Secret add(String name, Role role) {
    if (!NAME.matcher(name).matches()) {
      throw Problem.invalid(
          List.of(new Fault("/name", "must be 1 to 40 of a-z, 0-9 and -, not starting with -")));
    }
    return create(
        name,
        new Content(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            role,
            Optional.empty(),
            Set.of(),
            Set.of(),
            Settings.NONE));
  }

  /// Creates a user with a one-time password, which is returned only once.
  ///
  /// @throws Problem 409 if the name is taken or there are too many, 422 if the extension does not
  ///   exist
  Secret create(String name, Content content) {
    Secret oneTime = OneTimePassword.generate(random);
    Tuple values =
        UserRows.values(name, content).addBuffer(OneTimePassword.hash(oneTime)).addInteger(MAX);
    try {
      database.inTransaction(tx -> {
        requireExtension(tx, content);
        if (tx.execute(INSERT, values).rowCount() == 0) {
          throw Problem.conflict("there are " + MAX + " users already");
        }
        setGroups(tx, name, content);
        Audit.record(tx, audited(name, Action.CREATED).after(content));
        return tx;
      });
    } catch (DatabaseFault.Refused fault) {
      throw fault.isDuplicate() ? Problem.conflict("a user named " + name + " exists") : fault;
    }
    return oneTime;
  }

  /// @param expected the version on which the change is based; empty: any
  /// @throws Problem 404, 409 if they are the last administrator and would be none, 412 if somebody
  ///   else has changed it, 422 if the extension does not exist
  User update(String name, Optional<Long> expected, Content content) {
    return database.inTransaction(tx -> {
      User before = before(tx, name, expected);
      requireExtension(tx, content);
      if (content.role() != Role.ADMINISTRATOR) {
        requireAnother(tx, before);
      }
      tx.execute(UPDATE, UserRows.values(name, content.keeping(before.settings())));
      setGroups(tx, name, content);
      User after = first(tx.execute(BY_NAME, Tuple.of(name))).orElseThrow();
      Audit.record(tx, audited(name, Action.UPDATED).before(before).after(after));
      return after;
    });
  }

  /// Deletes a user, with all sessions.
  ///
  /// @throws Problem 404, 409 if they are the last administrator, 412 if somebody else has changed
  ///   it
  void delete(String name, Optional<Long> expected) {
    database.inTransaction(tx -> {
      User before = before(tx, name, expected);
      requireAnother(tx, before);
      DeletedUsers.keep(tx, name);
      Audit.record(tx, audited(name, Action.DELETED).before(before));
      return tx.execute(DELETE, Tuple.of(name));
    });
  }

  /// Why there can be no user of that name now; empty if there can.
  static Optional<String> hindrance(Transaction tx, String name) {
    tx.await(tx.connection().query(ONE_BY_ONE).execute());
    if (tx.execute(BY_NAME, Tuple.of(name)).size() > 0) {
      return Optional.of("another user has the name " + name);
    }
    return tx.execute(COUNT, Tuple.tuple()).iterator().next().getLong(0) >= MAX
        ? Optional.of("there are " + MAX + " users already")
        : Optional.empty();
  }

  static Audit.Change audited(String name, Action action) {
    return Audit.Change.of("user", name, action);
  }

  private static User before(Transaction tx, String name, Optional<Long> expected) {
    tx.await(tx.connection().query(ONE_BY_ONE).execute());
    User before =
        first(tx.execute(BY_NAME, Tuple.of(name)))
            .orElseThrow(() -> Problem.notFound("user " + name));
    if (expected.filter(version -> version != before.version()).isPresent()) {
      throw Problem.preconditionFailed("the user has version " + before.version() + " now");
    }
    return before;
  }

  private static void requireAnother(Transaction tx, User before) {
    if (before.role() == Role.ADMINISTRATOR
        && tx.execute(ANOTHER_ADMINISTRATOR, Tuple.of(before.name())).size() == 0) {
      throw Problem.conflict(
          "the last administrator stays one: make another user an administrator first");
    }
  }

  private static void requireExtension(Transaction tx, Content content) {
    Optional<String> number = content.extension().map(ExtensionNumber::digits);
    if (number.isPresent() && tx.execute(EXTENSION, Tuple.of(number.get())).size() == 0) {
      throw Problem.invalid(
          List.of(new Fault("/extension", "must be the number of an existing extension")));
    }
  }

  private static void setGroups(Transaction tx, String user, Content content) {
    String[] groups = content.groups().toArray(String[]::new);
    Set<String> missing = new TreeSet<>(content.groups());
    tx.execute(GROUPS, Tuple.tuple().addArrayOfString(groups))
        .forEach(row -> missing.remove(row.getString("name")));
    if (!missing.isEmpty()) {
      throw Problem.invalid(
          List.of(
              new Fault(
                  "/groups",
                  "must be names of existing extension groups: there is no "
                      + String.join(", ", missing))));
    }
    tx.execute(SET_GROUPS, Tuple.tuple().addString(user).addArrayOfString(groups));
  }

  /// @throws Problem 404
  User setSettings(String name, Settings settings) {
    return database.inTransaction(tx -> {
      tx.execute(SETTINGS, Tuple.of(name, Json.write(settings)));
      Audit.record(tx, audited(name, Action.UPDATED).after(Map.of("settings", settings)));
      return first(tx.execute(BY_NAME, Tuple.of(name)))
          .orElseThrow(() -> Problem.notFound("user " + name));
    });
  }

  /// Gives a user a one-time password, which is returned only once, and ends all their sessions;
  /// empty if there is no such user.
  public Optional<Secret> reset(String name) {
    Secret oneTime = OneTimePassword.generate(random);
    boolean isDone =
        database.inTransaction(tx -> {
          RowSet<Row> changed = tx.execute(RESET, Tuple.of(name, OneTimePassword.hash(oneTime)));
          changed.forEach(row -> {
            tx.execute(END_SESSIONS, Tuple.of(row.getLong("id")));
            Audit.record(tx, audited(name, Action.SECRET));
          });
          return changed.rowCount() == 1;
        });
    return isDone ? Optional.of(oneTime) : Optional.empty();
  }

  /// The same for who has lost the telephone, too: one-time codes are not asked for any more.
  public Optional<Secret> rescue(String name) {
    database.inTransaction(tx -> tx.execute(Codes.REMOVE, Tuple.of(name)));
    return reset(name);
  }

  /// Replaces the password, and ends all sessions but one.
  ///
  /// @param before as the old password was compared with
  /// @return false if it was changed meanwhile
  boolean setPassword(Login before, String hash, long session) {
    Tuple values =
        Tuple.of(before.id(), hash, before.password().orElse(null), before.oneTime().orElse(null));
    return database.inTransaction(tx -> {
      boolean isDone = tx.execute(SET_PASSWORD, values).rowCount() == 1;
      if (isDone) {
        tx.execute(END_OTHER_SESSIONS, Tuple.of(before.id(), session));
        Audit.record(tx, audited(before.name(), Action.SECRET));
      }
      return isDone;
    });
  }

  private static Optional<User> first(RowSet<Row> rows) {
    return rows.stream().findFirst().map(UserRows::user);
  }
}
