package io.tamas.cli;

import io.tamas.config.ConfigException;
import io.tamas.config.Secret;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Prints the SQL that makes the role of dashboards, for a database in which Tamas may not.
@Command(
    name = "report-role",
    description = "Print the SQL that makes the read-only role of dashboards in an own PostgreSQL",
    footer = {
      "",
      "Run it in the database of Tamas, by a user who may create roles:",
      "  ./tamas report-role | psql postgresql://postgres@db.example.net/tamas"
    })
public final class ReportRoleCommand implements Callable<Integer> {
  private static final int NO_PASSWORD = 1;

  private final Function<Secret, String> sql;

  @Mixin private final ConfigOption config = new ConfigOption();

  /// @param sql of the role with this password
  public ReportRoleCommand(Function<Secret, String> sql) {
    this.sql = sql;
  }

  @Override
  public Integer call() {
    if (config.isMissing()) {
      return ConfigException.EXIT_CODE;
    }
    try {
      Optional<Secret> password = config.read().report().password();
      if (password.isEmpty()) {
        System.err.println("tamas: report.password is missing in " + config.file());
        return NO_PASSWORD;
      }
      System.out.print(sql.apply(password.get()));
      return 0;
    } catch (ConfigException e) {
      System.err.println("tamas: " + e.getMessage());
      return ConfigException.EXIT_CODE;
    }
  }
}
