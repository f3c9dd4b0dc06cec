package io.tamas.cli;

import io.tamas.ops.Instance;
import io.tamas.ops.InstanceFolder;
import io.tamas.ops.InstanceLock;
import io.tamas.ops.Leftovers;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Stops everything that runs for an instance, also what a killed supervisor left running.
@Command(name = "down", description = "Stop an instance and leave nothing running")
public final class DownCommand implements Callable<Integer> {
  @Mixin private final InstanceOptions options = new InstanceOptions();
  private final Timeline timeline = new Timeline(System.out);

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!InstanceFolder.exists(options.data())) {
      timeline.print("there is no instance in " + options.data());
      return 0;
    }
    Instance instance = options.instance();
    if (InstanceLock.stopHolder(instance)) {
      timeline.print("supervisor stopped");
    }
    Leftovers.stop(
        instance, Launch.components(instance, Launch.secrets(instance)).all(), timeline::print);
    timeline.print("nothing of " + instance.data() + " runs");
    return 0;
  }
}
