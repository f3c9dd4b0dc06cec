package io.tamas.db;

import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import org.postgresql.util.PasswordUtil;

/// The role `tamas_report`, with which dashboards read the views of the schema `report`.
///
/// PostgreSQL receives a verifier of its password only: the password is in no log of statements.
public final class ReportRole {
  private static final String FIND =
      """
      select exists (select from pg_catalog.pg_roles where rolname = 'tamas_report') as found,
        (select rolsuper or rolcreaterole from pg_catalog.pg_roles where rolname = current_user)
          as creates
      """;

  private ReportRole() {}

  /// Whether dashboards can sign in.
  public enum State {
    READY,
    /// The user of the database may not create roles.
    NOT_ALLOWED
  }

  /// Makes the role if it is missing, and gives it its rights, on a worker thread. An existing role
  /// keeps its password: several servers may share the database.
  public static Future<State> setUp(Vertx vertx, Config.Database config, Secret password) {
    return vertx.executeBlocking(() -> setUp(config, password));
  }

  static State setUp(Config.Database config, Secret password) throws SQLException {
    try (Connection connection = connect(config);
        Statement statement = connection.createStatement()) {
      boolean found;
      boolean creates;
      try (ResultSet roles = statement.executeQuery(FIND)) {
        roles.next();
        found = roles.getBoolean("found");
        creates = roles.getBoolean("creates");
      }
      if (!found && !creates) {
        return State.NOT_ALLOWED;
      }
      if (!found) {
        statement.execute(role(password));
      }
      statement.execute(resource("report-rights.sql"));
      return State.READY;
    }
  }

  /// The same as SQL, for somebody who may create roles. An existing role gets this password.
  public static String sql(Secret password) {
    return role(password) + "\n" + resource("report-rights.sql");
  }

  private static String role(Secret password) {
    String verifier = PasswordUtil.encodeScramSha256(password.reveal().toCharArray());
    return resource("report-role.sql").replace("${password}", "'" + verifier + "'");
  }

  private static Connection connect(Config.Database config) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", config.user());
    login.setProperty("password", config.password().reveal());
    String seconds = Long.toString(Math.max(1, config.timeout().toSeconds()));
    login.setProperty("connectTimeout", seconds);
    login.setProperty("socketTimeout", seconds);
    return DriverManager.getConnection("jdbc:" + config.url(), login);
  }

  private static String resource(String name) {
    try (InputStream file =
        Objects.requireNonNull(ReportRole.class.getResourceAsStream("/db/" + name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
