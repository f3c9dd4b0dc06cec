package io.tamas;

import io.tamas.cli.AuditCommand;
import io.tamas.cli.CallCommand;
import io.tamas.cli.CallsCommand;
import io.tamas.cli.CompanyCommand;
import io.tamas.cli.ComponentCommand;
import io.tamas.cli.DemoCommand;
import io.tamas.cli.DownCommand;
import io.tamas.cli.LogsCommand;
import io.tamas.cli.PrepareCommand;
import io.tamas.cli.ReportRoleCommand;
import io.tamas.cli.ServeCommand;
import io.tamas.cli.StatusCommand;
import io.tamas.cli.UpCommand;
import io.tamas.cli.UserCommand;
import io.tamas.cli.VersionCommand;
import io.tamas.db.ReportRole;
import io.tamas.ops.FileFault;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/// The command line of Tamas.
@Command(
    name = "tamas",
    description = "Telephony application server for Asterisk",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      PrepareCommand.class,
      DemoCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      CallCommand.class,
      CompanyCommand.class,
      VersionCommand.class,
      ComponentCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {"", "In a source tree also: ./tamas test, ./tamas bench NAME"})
public final class Tamas {
  /// The exit code of a command that fails unexpectedly.
  private static final int UNEXPECTED = 70;

  private Tamas() {}

  public static void main(String[] args) {
    CommandLine line = commandLine();
    System.exit(args.length == 0 ? line.execute("help") : line.execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Tamas());
    line.addSubcommand(new ServeCommand(Server::start));
    line.addSubcommand(new CallsCommand(StoredCalls::refold));
    line.addSubcommand(new UserCommand(new StoredUsers()));
    line.addSubcommand(new AuditCommand(new StoredAudit()));
    line.addSubcommand(new ReportRoleCommand(ReportRole::sql));
    addHelp(line);
    line.setExecutionStrategy(Tamas::run);
    line.setExecutionExceptionHandler((fault, command, parsed) -> {
      boolean isTold = fault instanceof IOException && fault.getMessage() != null;
      command.getErr().println("tamas: " + (isTold ? FileFault.text((IOException) fault) : fault));
      return UNEXPECTED;
    });
    return line;
  }

  /// An empty value, such as of a variable of a script that is not set, is never meant: as a path
  /// it would be the current folder.
  private static int run(ParseResult parsed) {
    for (ParseResult command = parsed; command != null; command = command.subcommand()) {
      for (OptionSpec option : command.matchedOptions()) {
        if (option.originalStringValues().stream().anyMatch(String::isBlank)) {
          String name = option.longestName();
          throw new ParameterException(
              command.commandSpec().commandLine(), name + " must not be empty");
        }
      }
    }
    return new RunLast().execute(parsed);
  }

  /// Adds `--help` to each command.
  private static void addHelp(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    if (spec.findOption("--help") == null) {
      spec.addOption(
          OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help").build());
    }
    line.getSubcommands().values().forEach(Tamas::addHelp);
  }
}
