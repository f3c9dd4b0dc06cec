package io.tamas.cli;

import io.tamas.ops.Components;
import io.tamas.ops.Instance;
import io.tamas.ops.InstanceLock;
import io.tamas.ops.PortClaims;
import io.tamas.ops.Secrets;
import io.tamas.ops.StartException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Writes all that the components of an instance need, for whatever starts them: the containers of
/// `docker/compose.yaml`.
@Command(
    name = "prepare",
    description = "Write the files of an instance without starting it (the containers do that)")
public final class PrepareCommand implements Callable<Integer> {
  /// A program of the same container, with little time and memory.
  private static final List<String> CONFINED =
      List.of("sh", "-c", "ulimit -t 60 -v 1048576; exec \"$@\"", "sh");

  @Mixin private final InstanceOptions options = new InstanceOptions();
  @Mixin private final StartOptions start = new StartOptions();

  @Override
  public Integer call() throws IOException {
    Instance before;
    try {
      before = start.open(options.data());
    } catch (IllegalArgumentException | StartException e) {
      return refuse(String.valueOf(e.getMessage()));
    }
    Optional<InstanceLock> lock = InstanceLock.take(before);
    if (lock.isEmpty()) {
      return refuse(UpCommand.alreadyRunning(InstanceLock.holder(before)));
    }
    try (InstanceLock held = lock.get();
        PortClaims claims = PortClaims.open(Instance.cache(System.getenv()))) {
      Instance instance = start.requested(before, claims);
      Secrets kept = Launch.secrets(instance);
      Secrets secrets = kept.toldBy(System.getenv());
      start.keep(before, instance, kept, secrets).ifPresent(PrepareCommand::warn);
      Components components = Launch.components(instance, secrets);
      components.asterisk().prepare();
      components.server().prepare(PrepareCommand::confined);
      return 0;
    } catch (IllegalArgumentException | StartException e) {
      return refuse(String.valueOf(e.getMessage()));
    }
  }

  private static List<String> confined(String program) {
    List<String> line = new ArrayList<>(CONFINED);
    line.add(program);
    return List.copyOf(line);
  }

  private static void warn(String what) {
    System.err.println("tamas: " + what);
  }

  private static int refuse(String why) {
    warn(why);
    return 1;
  }
}
