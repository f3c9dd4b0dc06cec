package io.tamas.cli;

import io.tamas.config.Config;
import io.tamas.config.ConfigException;
import java.io.IOException;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Commands for all stored calls. Exit status 0: the records match the journal; 1: some did not; 3:
/// the database does not answer as expected.
@Command(
    name = "calls",
    description = "Check the stored call records against the journal, or recompute them",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Needs PostgreSQL, not Tamas. Exit status: 0 all records match the journal, 1 some",
      "did not, 3 the database does not answer as expected"
    })
public final class CallsCommand {
  private static final int DIFFERENT = 1;
  private static final int NO_DATABASE = 3;

  private final Refolding refolding;

  /// Recomputes the records.
  @FunctionalInterface
  public interface Refolding {
    /// @param correct whether records that differ are written
    /// @param output receives what is to be printed, line by line
    /// @return whether all records matched the journal
    boolean run(Config config, boolean correct, Consumer<String> output) throws IOException;
  }

  public CallsCommand(Refolding refolding) {
    this.refolding = refolding;
  }

  @Command(
      name = "refold",
      description = "Recompute all records of ended calls from the journal and correct them")
  int refold(
      @Mixin ConfigOption config,
      @Option(names = "--check", description = "Only report which records differ") boolean check) {
    if (config.isMissing()) {
      return ConfigException.EXIT_CODE;
    }
    try {
      return refolding.run(config.read(), !check, System.out::println) ? 0 : DIFFERENT;
    } catch (ConfigException e) {
      System.err.println("tamas: " + e.getMessage());
      return ConfigException.EXIT_CODE;
    } catch (IOException e) {
      System.err.println("tamas: " + e.getMessage());
      return NO_DATABASE;
    }
  }
}
