package io.tamas.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Shows the version of Tamas, and of the Java on which it runs.
@Command(name = "version", description = "Show the version")
public final class VersionCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    String version =
        Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
            .orElse("(unpackaged)");
    System.out.println("Tamas " + version + ", Java " + Runtime.version());
    return 0;
  }
}
