package io.tamas.cli;

import io.tamas.ops.Instance;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows the logs of the components of an instance.
@Command(name = "logs", description = "Show the logs of all components, or of one")
public final class LogsCommand implements Callable<Integer> {
  private static final long POLL_MILLIS = 200;

  @Mixin private final InstanceOptions options = new InstanceOptions();

  @Option(names = "-f", description = "Keep showing new lines, until Ctrl-C")
  private boolean follow;

  @Option(names = "-n", paramLabel = "N", description = "Lines from the end of each (50)")
  private int lines = 50;

  @Parameters(
      arity = "0..1",
      paramLabel = "COMPONENT",
      description = "postgres, asterisk or tamas. Default: all")
  private @Nullable String component;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (options.areMissing()) {
      return 1;
    }
    Instance instance = options.instance();
    List<LogReader> readers = new ArrayList<>();
    for (Path file : files(instance)) {
      readers.add(new LogReader(file, component == null ? label(file) + "  " : ""));
    }
    if (readers.isEmpty()) {
      System.err.println("tamas: no such log in " + instance.logs());
      return 1;
    }
    for (LogReader reader : readers) {
      reader.printEnd(lines, System.out);
    }
    while (follow) {
      Thread.sleep(POLL_MILLIS);
      for (LogReader reader : readers) {
        reader.printNew(System.out);
      }
    }
    return 0;
  }

  private List<Path> files(Instance instance) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(instance.logs())) {
      try (DirectoryStream<Path> logs = Files.newDirectoryStream(instance.logs(), "*.log")) {
        logs.forEach(files::add);
      }
    }
    files.removeIf(file -> component != null && !label(file).equals(component));
    files.sort(null);
    return files;
  }

  private static String label(Path file) {
    return file.getFileName().toString().replaceFirst("\\.log$", "");
  }
}
