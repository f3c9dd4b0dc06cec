package io.tamas.ops;

import io.tamas.config.Secret;
import java.net.URI;
import java.net.URISyntaxException;
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

  /// The external database of the environment: `TAMAS_DATABASE_URL`, in which user and password may
  /// stand (`postgresql://user:password@host:port/name`), or `TAMAS_DATABASE_USER` and
  /// `TAMAS_DATABASE_PASSWORD` in addition; empty if it is to be the embedded one.
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
    URI uri = uri(text);
    String[] login = Optional.ofNullable(uri.getUserInfo()).orElse("").split(":", 2);
    String user =
        login[0].isEmpty() ? environment.getOrDefault("TAMAS_DATABASE_USER", "tamas") : login[0];
    String password =
        login.length == 2 ? login[1] : environment.getOrDefault("TAMAS_DATABASE_PASSWORD", "");
    if (password.isEmpty()) {
      throw new IllegalArgumentException(
          "TAMAS_DATABASE_URL needs a password: in it, or as TAMAS_DATABASE_PASSWORD");
    }
    int port = uri.getPort() < 0 ? 5432 : uri.getPort();
    String url = "postgresql://" + uri.getHost() + ":" + port + uri.getPath();
    return new DatabaseAddress(url, user, new Secret(password));
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

  private static URI uri(String text) {
    try {
      URI uri = new URI(text.replaceFirst("^jdbc:", "").replaceFirst("^postgres:", "postgresql:"));
      boolean complete =
          uri.getHost() != null && uri.getPath() != null && uri.getPath().length() > 1;
      if (complete && "postgresql".equals(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Reported below; the cause would contain the password.
    }
    throw new IllegalArgumentException(
        "TAMAS_DATABASE_URL must be postgresql://user:password@host:port/name, or embedded");
  }
}
