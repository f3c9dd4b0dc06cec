package io.tamas.cli;

import io.tamas.config.Config;
import io.tamas.config.ConfigException;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Commands for the audit log. Exit status 0: it is whole; 1: it was changed; 3: the database does
/// not answer as expected.
@Command(
    name = "audit",
    description = "Check the audit log",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Needs PostgreSQL, not Tamas. Exit status: 0 it is whole, 1 it was changed, 3 the database",
      "does not answer as expected"
    })
public final class AuditCommand {
  private static final int CHANGED = 1;
  private static final int NO_DATABASE = 3;

  private final Chain chain;

  /// The chain of hashes of the log in the database.
  @FunctionalInterface
  public interface Chain {
    Result check(Config config) throws IOException;
  }

  /// @param links that were followed
  /// @param hash of the last one
  /// @param broken where the chain does not hold
  public record Result(long links, String hash, Optional<String> broken) {}

  public AuditCommand(Chain chain) {
    this.chain = chain;
  }

  @Command(
      name = "check",
      description =
          "Follow the chain of hashes from its beginning to its end, and tell the last hash")
  int check(@Mixin ConfigOption config) {
    if (config.isMissing()) {
      return ConfigException.EXIT_CODE;
    }
    try {
      Result result = chain.check(config.read());
      System.out.println(result.links() + " links, hash " + result.hash());
      result.broken().ifPresent(where -> System.out.println("changed: " + where));
      return result.broken().isPresent() ? CHANGED : 0;
    } catch (ConfigException e) {
      System.err.println("tamas: " + e.getMessage());
      return ConfigException.EXIT_CODE;
    } catch (IOException e) {
      System.err.println("tamas: " + e.getMessage());
      return NO_DATABASE;
    }
  }
}
