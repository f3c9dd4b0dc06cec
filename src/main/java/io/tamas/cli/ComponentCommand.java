package io.tamas.cli;

import io.tamas.ops.Component;
import io.tamas.ops.Instance;
import io.tamas.ops.Posix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Prepares one component of an instance and becomes it: this is how [Watch] starts one again.
@Command(
    name = ComponentCommand.NAME,
    hidden = true,
    description = "Be one component of a running instance (for up, which starts it again)")
public final class ComponentCommand implements Callable<Integer> {
  static final String NAME = "component";

  @Mixin private final InstanceOptions options = new InstanceOptions();

  @Parameters(paramLabel = "NAME")
  private String name = "";

  /// Of its command line; the component's name follows.
  static List<String> arguments(Path data) {
    return List.of(NAME, "--data", data.toString());
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Instance instance = options.instance();
    Optional<Component> component =
        Launch.components(instance, Launch.secrets(instance)).all().stream()
            .filter(one -> one.name().equals(name))
            .findFirst();
    if (component.isEmpty()) {
      System.err.println("tamas: there is no component " + name);
      return 1;
    }
    ProcessBuilder command = component.get().command();
    Posix.exec(command.command(), command.environment(), Set.of());
    return 0;
  }
}
