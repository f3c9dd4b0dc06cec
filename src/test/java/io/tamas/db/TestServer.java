package io.tamas.db;

import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.lab.FreePorts;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL server of the test's own, which it may stop and start again: same port, same
/// data. Or one that runs elsewhere, in which the test only makes databases.
public final class TestServer implements AutoCloseable {
  private static final String TEMPLATE = "tamas_template";

  private final Path folder;
  private final boolean throwAway;
  private final boolean durable;
  private final String host;
  private final int port;
  private final String user;
  private final String password;
  private @Nullable EmbeddedPostgres running;

  private TestServer(Path folder, boolean throwAway, boolean durable) {
    this.folder = folder;
    this.throwAway = throwAway;
    this.durable = durable;
    this.host = "127.0.0.1";
    this.port = FreePorts.take();
    this.user = "postgres";
    this.password = "postgres";
  }

  private TestServer(URI address) {
    String[] login = address.getUserInfo().split(":", 2);
    this.folder = Path.of("nowhere");
    this.throwAway = false;
    this.durable = true;
    this.host = address.getHost();
    this.port = address.getPort();
    this.user = login[0];
    this.password = login[1];
  }

  /// A server that runs already, as `postgresql://user:password@host:port`; the user may create
  /// databases.
  static TestServer elsewhere(URI address) {
    return withTemplate(new TestServer(address));
  }

  /// Starts an empty server with its data in `folder`, which outlives it.
  public static TestServer start(Path folder) {
    return start(new TestServer(folder, false, false));
  }

  /// Starts an empty server whose data goes when it or the JVM stops.
  public static TestServer startThrowAway(Path folder) {
    return start(new TestServer(folder, true, false));
  }

  /// Starts an empty server that waits for the disk at each commit, as in production.
  public static TestServer startDurable(Path folder) {
    return start(new TestServer(folder, false, true));
  }

  private static TestServer start(TestServer server) {
    server.start();
    return withTemplate(server);
  }

  private static TestServer withTemplate(TestServer server) {
    Migrations.run(server.empty(TEMPLATE));
    return server;
  }

  public void start() {
    try {
      running =
          EmbeddedPostgres.builder()
              .setPort(port)
              .setDataDirectory(folder)
              .setCleanDataDirectory(throwAway)
              .setLocaleConfig("locale-provider", "builtin")
              .setLocaleConfig("builtin-locale", "C.UTF-8")
              .setServerConfig("fsync", durable ? "on" : "off")
              .setServerConfig("synchronous_commit", durable ? "on" : "off")
              .setServerConfig("max_connections", "100")
              .setPGStartupWait(Duration.ofSeconds(30))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Stops the server; its clients lose their connections.
  public void stop() {
    EmbeddedPostgres server = running;
    if (server != null) {
      running = null;
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    stop();
  }

  /// The process whose children serve the connections.
  public ProcessHandle handle() {
    try (Stream<String> lines = Files.lines(folder.resolve("postmaster.pid"))) {
      long pid = Long.parseLong(lines.findFirst().orElseThrow());
      return ProcessHandle.of(pid).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /// Makes a database with all migrations done, in place of one with the same name.
  public Config.Database fresh(String name) {
    return create(name, " template " + TEMPLATE);
  }

  /// Makes a database without any table, in place of one with the same name.
  Config.Database empty(String name) {
    return create(name, "");
  }

  private Config.Database create(String name, String how) {
    try (Connection connection = connect("postgres")) {
      execute(connection, "drop database if exists " + name + " with (force)");
      execute(connection, "create database " + name + how);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return config(name);
  }

  /// How to reach a database of this server.
  public Config.Database config(String name) {
    return config(name, port);
  }

  /// The same through another port, such as that of a proxy.
  public Config.Database config(String name, int throughPort) {
    return new Config.Database(
        "postgresql://" + host + ":" + throughPort + "/" + name,
        user,
        new Secret(password),
        8,
        Duration.ofSeconds(5),
        Duration.ofSeconds(30));
  }

  /// A plain JDBC connection, for looking at what the product did.
  public Connection connect(String database) throws SQLException {
    return connect(database, user, password);
  }

  /// The same, as another user.
  public Connection connect(String database, String as, String withPassword) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + host + ":" + port + "/" + database, as, withPassword);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
