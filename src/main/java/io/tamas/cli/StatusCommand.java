package io.tamas.cli;

import io.tamas.ops.Child;
import io.tamas.ops.Component;
import io.tamas.ops.Components;
import io.tamas.ops.Instance;
import io.tamas.ops.InstanceFolder;
import io.tamas.ops.InstanceLock;
import io.tamas.ops.Leftovers;
import io.tamas.ops.ServerProcess;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows which components of an instance run and whether they are ready. Exit status 0 if all are.
@Command(
    name = "status",
    description = "Show what runs, where, since when, and whether it is ready")
public final class StatusCommand implements Callable<Integer> {
  private static final String ROW = "%-11s %-10s %8s  %-26s %s%n";

  @Mixin private final InstanceOptions options = new InstanceOptions();

  @Override
  public Integer call() throws IOException {
    if (!InstanceFolder.exists(options.data())) {
      System.out.println("there is no instance in " + options.data());
      return 1;
    }
    Instance instance = options.instance();
    Components components = Launch.components(instance, Launch.secrets(instance));
    System.out.printf(ROW, "component", "state", "pid", "address", "since");
    row("supervisor", InstanceLock.holder(instance), "", "running", "stopped");
    boolean unseen = InstanceLock.isUnseen(instance);
    boolean ready = true;
    for (Component component : components.all().reversed()) {
      ready &= row(instance, component, unseen ? "unknown" : "stopped");
    }
    if (unseen) {
      System.out.println(
          "whether they run cannot be told: "
              + instance.run()
              + " is another folder than at the start, as a file system was mounted there or taken"
              + " away. Undo that, or stop all by ./tamas down");
    }
    new ForOthers(instance).lines().forEach(System.out::println);
    ServerProcess.Health health = components.server().health();
    if (health.status() != 0 && health.status() != 200) {
      System.out.println(health.body());
    }
    if (!health.storage().isEmpty()) {
      System.out.println(health.storage());
    }
    if (health.status() != 0) {
      components
          .server()
          .reportFault()
          .ifPresent(why ->
              System.out.println("dashboards are not set up, see ./tamas report-role: " + why));
    }
    return ready ? 0 : 1;
  }

  private static boolean row(Instance instance, Component component, String absent) {
    boolean ready = component.ready();
    Optional<Child> running = Leftovers.running(instance, component);
    row(component.title(), running, component.address(), ready ? "ready" : "not ready", absent);
    return ready && running.isPresent();
  }

  /// @param absent the state of one that is not there
  private static void row(
      String title, Optional<Child> child, String address, String state, String absent) {
    System.out.printf(
        ROW,
        title,
        child.isPresent() ? state : absent,
        child.map(running -> Long.toString(running.pid())).orElse("-"),
        address,
        child.map(running -> text(running.since())).orElse("-"));
  }

  private static String text(Instant since) {
    return since.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
