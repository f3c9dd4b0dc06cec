package io.tamas.cli;

import io.tamas.config.Config;
import io.tamas.config.ConfigException;
import io.tamas.config.Secret;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Commands for users, where nobody can sign in to make one. Exit status 0: done; 1: refused; 3:
/// the database does not answer as expected.
@Command(
    name = "user",
    description = "Add a user, or give one a one-time password for a lost password",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Needs PostgreSQL, not Tamas. The one-time password is printed, and replaced at the first",
      "sign-in. Exit status: 0 done, 1 refused, 3 the database does not answer as expected"
    })
public final class UserCommand {
  private static final int REFUSED = 1;
  private static final int NO_DATABASE = 3;

  private final Accounts accounts;

  /// Users in the database. Both return a one-time password.
  public interface Accounts {
    /// @throws IllegalArgumentException if there is such a user, or it cannot be one
    Secret add(Config config, String name, String role) throws IOException;

    /// @throws IllegalArgumentException if there is no such user
    Secret reset(Config config, String name) throws IOException;
  }

  public UserCommand(Accounts accounts) {
    this.accounts = accounts;
  }

  @Command(name = "add", description = "Add a user")
  int add(
      @Mixin ConfigOption config,
      @Parameters(paramLabel = "NAME", description = "1 to 40 of a-z, 0-9 and -") String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "operator, supervisor or administrator")
          String role) {
    return run(config, read -> accounts.add(read, name, role));
  }

  @Command(
      name = "reset",
      description = "Give a user a one-time password; all sessions of theirs end")
  int reset(
      @Mixin ConfigOption config,
      @Parameters(paramLabel = "NAME", description = "Who lost the password") String name) {
    return run(config, read -> accounts.reset(read, name));
  }

  @FunctionalInterface
  private interface Work {
    Secret on(Config config) throws IOException;
  }

  private static int run(ConfigOption config, Work work) {
    if (config.isMissing()) {
      return ConfigException.EXIT_CODE;
    }
    try {
      System.out.println("one-time password " + work.on(config.read()).reveal());
      return 0;
    } catch (ConfigException e) {
      System.err.println("tamas: " + e.getMessage());
      return ConfigException.EXIT_CODE;
    } catch (IllegalArgumentException e) {
      System.err.println("tamas: " + e.getMessage());
      return REFUSED;
    } catch (IOException e) {
      System.err.println("tamas: " + e.getMessage());
      return NO_DATABASE;
    }
  }
}
