package io.tamas.ops;

import io.tamas.config.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/// The instance's own PostgreSQL, on loopback, with its data in the instance's folder.
public final class EmbeddedPostgresServer implements Component {
  /// Name of the database and of the user that owns it.
  public static final String NAME = "tamas";

  private static final Duration INIT_DEADLINE = Duration.ofMinutes(2);

  private final Path data;
  private final Path cache;
  private final int port;
  private final Secret password;

  public EmbeddedPostgresServer(Path data, Path cache, int port, Secret password) {
    this.data = data;
    this.cache = cache;
    this.port = port;
    this.password = password;
  }

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public String title() {
    return "PostgreSQL";
  }

  @Override
  public String address() {
    return "127.0.0.1:" + port;
  }

  /// In the form of the configuration: user and password separately.
  public String url() {
    return "postgresql://127.0.0.1:" + port + "/" + NAME;
  }

  @Override
  public ProcessBuilder command() throws IOException, InterruptedException {
    Path home = PostgresBinaries.unpack(cache);
    if (!Files.exists(data)) {
      initialise(home);
    }
    return asUnprivilegedUser(
        List.of(
            home.resolve("bin/postgres").toString(),
            "-D",
            data.toString(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "port=" + port,
            // The path of a socket may not be longer than 107 bytes; a data folder's may.
            "-c",
            "unix_socket_directories=",
            "-c",
            "shared_buffers=64MB",
            "-c",
            "max_connections=60",
            "-c",
            "log_line_prefix=%m [%p] ",
            "-c",
            "timezone=UTC"));
  }

  /// In a temporary folder, renamed when complete: an interrupted start leaves nothing incomplete.
  private void initialise(Path home) throws IOException, InterruptedException {
    Path fresh = data.resolveSibling(data.getFileName() + ".new");
    if (Files.exists(fresh)) {
      Folders.delete(fresh);
    }
    Path passwordFile = data.resolveSibling(data.getFileName() + ".password");
    PrivateFiles.write(passwordFile, password.reveal() + "\n");
    try {
      run(
          "",
          List.of(
              home.resolve("bin/initdb").toString(),
              "--pgdata=" + fresh,
              "--username=" + NAME,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C"));
      run(
          "CREATE DATABASE " + NAME + "\n",
          List.of(
              home.resolve("bin/postgres").toString(),
              "--single",
              "-D",
              fresh.toString(),
              "postgres"));
    } finally {
      Files.deleteIfExists(passwordFile);
    }
    Files.move(fresh, data);
  }

  private static void run(String input, List<String> command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("tamas-initdb", ".log");
    try {
      Process process =
          asUnprivilegedUser(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try (var standardInput = process.outputWriter()) {
        standardInput.write(input);
      }
      if (!process.waitFor(INIT_DEADLINE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IOException(command.getFirst() + " did not end within " + INIT_DEADLINE);
      }
      if (process.exitValue() != 0) {
        throw new IOException(command.getFirst() + " failed:\n" + Files.readString(output));
      }
    } finally {
      Files.delete(output);
    }
  }

  /// PostgreSQL refuses to run as root; in a user namespace without a mapping root runs as nobody,
  /// and the files stay root's.
  private static ProcessBuilder asUnprivilegedUser(List<String> command) {
    List<String> line = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      line.addAll(List.of("unshare", "--user"));
    }
    line.addAll(command);
    return new ProcessBuilder(line);
  }

  @Override
  public boolean ready() {
    Properties login = new Properties();
    login.setProperty("user", NAME);
    login.setProperty("password", password.reveal());
    login.setProperty("connectTimeout", "1");
    login.setProperty("socketTimeout", "1");
    try (Connection connection = DriverManager.getConnection("jdbc:" + url(), login)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public Duration startDeadline() {
    return Duration.ofSeconds(60);
  }

  /// The fast shutdown: sessions are ended, committed data is written.
  @Override
  public Signal stopSignal() {
    return Signal.INT;
  }

  @Override
  public Duration stopDeadline() {
    return Duration.ofSeconds(15);
  }
}
