package io.tamas.cli;

import io.tamas.ops.DemoCompany;
import io.tamas.ops.FirstAdministrator;
import io.tamas.ops.Instance;
import io.tamas.ops.Posix;
import io.tamas.ops.RestClient;
import io.tamas.ops.Secrets;
import java.io.IOException;
import java.io.PrintStream;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What `up` does by itself, for an instance in containers.
@Command(
    name = "demo",
    description =
        "Load the demonstration company into a running instance that has none, and make its first"
            + " user")
public final class DemoCommand implements Callable<Integer> {
  @Mixin private final InstanceOptions options = new InstanceOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Instance instance = options.instance();
    Secrets secrets = Launch.secrets(instance);
    try (RestClient rest = new RestClient(instance, secrets.apiKey())) {
      Secrets filled = new DemoCompany(instance, rest).loadIfEmpty(secrets);
      ShownSecrets shown = ShownSecrets.of(instance, Posix.isOutputTerminal());
      print(filled, shown, System.out);
      Secrets with = FirstAdministrator.makeIfNone(instance, rest, filled);
      if (!with.equals(filled)) {
        with.administrator()
            .ifPresent(
                oneTime -> System.out.println(Summary.administrator(shown.text(oneTime, "admin"))));
      }
      return 0;
    } catch (IOException e) {
      System.err.println("tamas: the demo company could not be loaded: " + e.getMessage());
      return 1;
    }
  }

  static void print(Secrets filled, ShownSecrets shown, PrintStream out) {
    new TreeMap<>(filled.phones())
        .forEach((extension, password) ->
            out.println("account " + extension + "    password " + shown.text(password, "phones")));
  }
}
