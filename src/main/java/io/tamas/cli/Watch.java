package io.tamas.cli;

import io.tamas.ops.Premises;
import io.tamas.ops.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// The program that `up` becomes when everything runs: it starts again what dies, keeps the logs
/// small, and stops everything at the end. It knows no configuration: [ComponentCommand] prepares
/// what it starts. So it needs classes of the JDK only, and little memory.
final class Watch {
  private Watch() {}

  /// @param told by [Supervisor#handOver]
  static List<String> arguments(Premises premises, Timeline timeline, List<String> told) {
    List<String> arguments = new ArrayList<>();
    arguments.add(premises.data().toString());
    arguments.add(Long.toString(timeline.millis()));
    arguments.addAll(told);
    return arguments;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Premises premises = new Premises(Path.of(arguments[0]));
    Timeline timeline = new Timeline(System.out, Long.parseLong(arguments[1]));
    Supervisor supervisor = new Supervisor(premises, timeline::print);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(supervisor, timeline), "stop"));
    supervisor.adopt(
        Arrays.asList(arguments).subList(2, arguments.length),
        Launch.command().line(ComponentCommand.arguments(premises.data())));
    Files.writeString(premises.ready(), "");
    // what the start needed is given back
    System.gc();
    new CountDownLatch(1).await();
  }

  static void stop(Supervisor supervisor, Timeline timeline) {
    try {
      timeline.print("stopping");
      supervisor.stop();
      timeline.print("stopped");
    } catch (IOException | InterruptedException e) {
      timeline.print("not all could be stopped: " + e.getMessage());
    }
  }
}
