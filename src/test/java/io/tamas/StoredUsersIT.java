package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Config;
import io.tamas.db.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tamas user`, against a real PostgreSQL.
class StoredUsersIT {
  @TempDir private Path folder;

  private record Run(int status, String told) {}

  @Test
  void userIsAddedAndGivenAnotherOneTimePassword() throws Exception {
    Path config = config(TestDatabase.fresh(StoredUsersIT.class));
    Run added = run(config, "add", "zahra", "--role", "supervisor");
    assertEquals(0, added.status(), added.told());
    assertTrue(
        added.told().matches("one-time password ([a-z2-9]{5}-){3}[a-z2-9]{5}\n"), added.told());
    Run again = run(config, "add", "zahra", "--role", "operator");
    assertEquals(new Run(1, "tamas: a user named zahra exists\n"), again);
    Run reset = run(config, "reset", "zahra");
    assertEquals(0, reset.status(), reset.told());
    assertFalse(reset.told().equals(added.told()));
    assertEquals(new Run(1, "tamas: user nobody does not exist\n"), run(config, "reset", "nobody"));
    assertEquals(
        new Run(1, "tamas: --role must be operator, supervisor or administrator\n"),
        run(config, "add", "reza", "--role", "root"));
    assertEquals(
        new Run(1, "tamas: name must be 1 to 40 of a-z, 0-9 and -, not starting with -\n"),
        run(config, "add", "Reza R", "--role", "operator"));
  }

  @Test
  void databaseWithoutTablesIsTold() throws Exception {
    String name = "storedusersit_earlier";
    Config.Database earlier = TestDatabase.server().fresh(name);
    try (Connection connection = TestDatabase.server().connect(name);
        Statement statement = connection.createStatement()) {
      statement.execute("drop table user_session, user_account cascade");
    }
    Run run = run(config(earlier), "reset", "zahra");
    assertEquals(3, run.status());
    assertTrue(run.told().contains("start the server once"), run.told());
  }

  private Path config(Config.Database database) throws Exception {
    return Files.writeString(
        folder.resolve("tamas.yaml"),
        """
        database: {url: '%s', user: %s, password: '%s'}
        ari: {password: ari}
        ami: {password: ami}
        """
            .formatted(database.url(), database.user(), database.password().reveal()));
  }

  private static Run run(Path config, String command, String... arguments) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(both);
    System.setErr(both);
    try {
      String[] line = new String[arguments.length + 4];
      line[0] = "user";
      line[1] = command;
      line[2] = "--config";
      line[3] = config.toString();
      System.arraycopy(arguments, 0, line, 4, arguments.length);
      int status = Tamas.commandLine().execute(line);
      return new Run(status, printed.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }
}
