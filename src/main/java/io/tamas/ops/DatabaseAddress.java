package io.tamas.ops;

import io.tamas.config.DatabaseUrl;
import io.tamas.config.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The address of the database, with user and password separately.
public record DatabaseAddress(String url, String user, Secret password) {
  private static final String PROBE_SECONDS = "2";

  /// In the place of an address: the instance's own again.
  private static final String EMBEDDED = "embedded";

  /// The external database of the environment: `TAMAS_DATABASE_URL` (see [DatabaseUrl]), and in
  /// addition `TAMAS_DATABASE_USER` and `TAMAS_DATABASE_PASSWORD`; empty if it is to be the
  /// embedded one.
  ///
  /// @param kept where the environment says nothing
  /// @throws IllegalArgumentException with a message for users, without the password
  public static Optional<DatabaseAddress> external(
      Map<String, String> environment, Optional<DatabaseAddress> kept) {
    String told = environment.getOrDefault("TAMAS_DATABASE_URL", "").strip();
    if (told.isEmpty()) {
      return kept;
    }
    return told.equals(EMBEDDED) ? Optional.empty() : Optional.of(parse(told, environment));
  }

  private static DatabaseAddress parse(String text, Map<String, String> environment) {
    DatabaseUrl url =
        DatabaseUrl.parse(text)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "TAMAS_DATABASE_URL must be " + DatabaseUrl.FORM + "; or embedded"));
    Secret password =
        url.password()
            .or(() ->
                Optional.ofNullable(environment.get("TAMAS_DATABASE_PASSWORD"))
                    .filter(apart -> !apart.isEmpty())
                    .map(Secret::new))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "TAMAS_DATABASE_URL needs a password: in it, or as TAMAS_DATABASE_PASSWORD"));
    String apart = environment.getOrDefault("TAMAS_DATABASE_USER", "tamas");
    return new DatabaseAddress(url.address(), url.user().orElse(apart), password);
  }

  /// Why this user cannot sign in; empty if it can.
  public Optional<String> fault() {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password.reveal());
    login.setProperty("connectTimeout", PROBE_SECONDS);
    login.setProperty("socketTimeout", PROBE_SECONDS);
    try (Connection connection = DriverManager.getConnection("jdbc:" + url, login)) {
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
