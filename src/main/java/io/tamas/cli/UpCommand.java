package io.tamas.cli;

import io.tamas.ops.Child;
import io.tamas.ops.Components;
import io.tamas.ops.DemoCompany;
import io.tamas.ops.FirstAdministrator;
import io.tamas.ops.Instance;
import io.tamas.ops.InstanceLock;
import io.tamas.ops.JavaCommand;
import io.tamas.ops.Leftovers;
import io.tamas.ops.Owners;
import io.tamas.ops.PortCheck;
import io.tamas.ops.PortClaims;
import io.tamas.ops.Posix;
import io.tamas.ops.Premises;
import io.tamas.ops.RestClient;
import io.tamas.ops.Secrets;
import io.tamas.ops.StartException;
import io.tamas.ops.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Starts all components of an instance, waits until they are ready, and keeps them running.
@Command(
    name = "up",
    description = "Start PostgreSQL, Asterisk and Tamas, and stay until Ctrl-C or ./tamas down")
public final class UpCommand implements Callable<Integer> {
  private static final String DETACHED = "--detached";

  @Mixin private final InstanceOptions options = new InstanceOptions();
  @Mixin private final StartOptions start = new StartOptions();

  @Option(
      names = {"-d", "--detach"},
      description = "Return when everything is ready, and continue in the background")
  private boolean detach;

  @Option(
      names = DETACHED,
      hidden = true,
      description = "This is the part in the background: what it prints becomes a log")
  private boolean detached;

  @Spec private @Nullable CommandSpec spec;

  private final Timeline timeline = new Timeline(System.out);

  /// By a stop, or by another program in this process: whichever comes first.
  private final AtomicBoolean ending = new AtomicBoolean();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Instance before;
    try {
      before = start.open(options.data());
    } catch (IllegalArgumentException | StartException e) {
      return refuse(String.valueOf(e.getMessage()));
    }
    if (detach) {
      return startInBackground(before);
    }
    Optional<InstanceLock> lock = InstanceLock.take(before);
    if (lock.isEmpty()) {
      return refuse(alreadyRunning(InstanceLock.holder(before)));
    }
    try (InstanceLock held = lock.get();
        PortClaims claims = PortClaims.open(Instance.cache(System.getenv()))) {
      return run(before, claims);
    } catch (IllegalArgumentException | StartException e) {
      return refuse(String.valueOf(e.getMessage()));
    }
  }

  /// What has secrets in it is printed here, where the user may be: what the background prints is a
  /// log, which may be sent to others.
  private int startInBackground(Instance before) throws IOException, InterruptedException {
    Secrets kept = Launch.secrets(before);
    int status = new Background(before).start(Launch.command(), attached());
    if (status == 0) {
      Instance instance = options.instance();
      Secrets secrets = Launch.secrets(instance);
      print(instance, secrets, Summary.News.since(kept, secrets));
    }
    return status;
  }

  /// This command line with another option instead of the one for the background.
  private List<String> attached() {
    CommandSpec all = Objects.requireNonNull(spec).root();
    List<String> arguments = new ArrayList<>(all.commandLine().getParseResult().originalArgs());
    arguments.removeIf(argument -> argument.equals("-d") || argument.equals("--detach"));
    arguments.add(DETACHED);
    return arguments;
  }

  static String alreadyRunning(Optional<Child> supervisor) {
    return "already running%s: see ./tamas status, stop it by ./tamas down"
        .formatted(supervisor.map(UpCommand::text).orElse(""));
  }

  private static String text(Child supervisor) {
    return " (pid " + supervisor.pid() + ", since " + supervisor.since() + ")";
  }

  private Integer run(Instance before, PortClaims claims)
      throws IOException, InterruptedException, StartException {
    Files.deleteIfExists(before.premises().ready());
    Secrets kept = Launch.secrets(before);
    Secrets secrets = kept.toldBy(System.getenv());
    Leftovers.stop(before, Launch.components(before, secrets).all(), timeline::print);
    Instance instance = start.requested(before, claims);
    Components components = Launch.components(instance, secrets);
    List<String> faults =
        PortCheck.faults(
            instance.ports(), instance.sip().address(), components.unusedPorts(), claims);
    if (!faults.isEmpty()) {
      return refuse(String.join("\ntamas: ", faults));
    }
    start.keep(before, instance, kept, secrets).ifPresent(timeline::print);
    timeline.print("Tamas starts in " + instance.data());
    Owners.change(instance.data()).ifPresent(timeline::print);
    Supervisor supervisor = new Supervisor(instance.premises(), timeline::print);
    stopAtTheEnd(supervisor);
    supervisor.startAll(components);
    Secrets filled = fill(instance, secrets);
    timeline.print("ready");
    String space = components.server().health().storage();
    if (!space.isEmpty()) {
      timeline.print(space);
    }
    if (!detached) {
      print(instance, filled, Summary.News.since(secrets, filled));
    }
    handOver(supervisor, instance.premises());
    return 0;
  }

  /// From here on there is nothing to do but to watch: a program that knows only that takes this
  /// one's place, in the same process.
  private void handOver(Supervisor supervisor, Premises premises)
      throws IOException, InterruptedException {
    if (!ending.compareAndSet(false, true)) {
      // it is being stopped
      new CountDownLatch(1).await();
    }
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.putAll(JavaCommand.ENVIRONMENT);
    List<String> told = supervisor.handOver();
    System.out.flush();
    try {
      Posix.exec(
          Launch.watch().line(Watch.arguments(premises, timeline, told)),
          environment,
          Set.of(InstanceLock.file(premises), PortClaims.file(Instance.cache(System.getenv()))));
    } finally {
      ending.set(false);
    }
  }

  private static Secrets fill(Instance instance, Secrets secrets)
      throws IOException, InterruptedException, StartException {
    try (RestClient rest = new RestClient(instance, secrets.apiKey())) {
      Secrets filled = new DemoCompany(instance, rest).loadIfEmpty(secrets);
      return FirstAdministrator.makeIfNone(instance, rest, filled);
    } catch (IOException e) {
      throw new StartException(
          "the demo company and the first user could not be made: " + e.getMessage(), e);
    }
  }

  private static void print(Instance instance, Secrets secrets, Summary.News news)
      throws IOException, InterruptedException {
    List<String> extensions = new ArrayList<>();
    boolean hasDemoTrunk;
    try (RestClient rest = new RestClient(instance, secrets.apiKey())) {
      rest.get("/extensions")
          .path("items")
          .forEach(extension -> extensions.add(extension.path("number").asText()));
      hasDemoTrunk = DemoTrunk.isIn(rest);
    }
    new Summary(instance, secrets, extensions, hasDemoTrunk, news)
        .print(System.out, Posix.isOutputTerminal());
  }

  /// Ctrl-C, SIGTERM and every failure end here, until [Watch] takes over.
  private void stopAtTheEnd(Supervisor supervisor) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (ending.compareAndSet(false, true)) {
                    Watch.stop(supervisor, timeline);
                  }
                },
                "stop"));
  }

  private static int refuse(String why) {
    System.err.println("tamas: " + why);
    return 1;
  }
}
