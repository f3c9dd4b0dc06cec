package io.tamas.ops;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Processes of an instance that continue without a supervisor.
public final class Leftovers {
  /// In the environment of each process of an instance: the folder of that instance.
  static final String MARK = "TAMAS_INSTANCE";

  private Leftovers() {}

  /// Stops the processes in the pid files, in this order, then all that have the mark.
  public static void stop(Instance instance, List<Component> inOrder, Consumer<String> output)
      throws IOException, InterruptedException {
    for (Component component : inOrder) {
      Optional<Child> running = running(instance, component);
      if (running.isPresent()) {
        boolean killed = running.get().stop(component.stopSignal(), component.stopDeadline());
        output.accept(component.title() + (killed ? " killed" : " stopped"));
      }
      component.sweep();
    }
    sweep(instance.premises(), output);
  }

  /// The process of a component, with or without a supervisor.
  public static Optional<Child> running(Instance instance, Component component) {
    return Child.read(Child.file(instance.run(), component.name())).filter(Child::alive);
  }

  /// Ends all remaining processes that were started for this instance, and deletes the pid files.
  static void sweep(Premises premises, Consumer<String> output)
      throws IOException, InterruptedException {
    for (Child child : marked(premises)) {
      output.accept("left running: " + child.name() + " (pid " + child.pid() + "), stopped");
      child.stop(Supervised.Signal.TERM, Duration.ofSeconds(3));
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(premises.run(), "*.pid")) {
      for (Path file : files) {
        if (Child.read(file).filter(Child::alive).isEmpty()) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<Child> marked(Premises premises) throws IOException {
    List<Child> marked = new ArrayList<>();
    String mark = "\0" + MARK + "=" + premises.data() + "\0";
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (environment(process).contains(mark)) {
          long pid = Long.parseLong(process.getFileName().toString());
          Child.of(program(process), pid).ifPresent(marked::add);
        }
      }
    }
    return marked;
  }

  private static String environment(Path process) {
    try {
      return "\0" + Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // It has ended meanwhile, or belongs to another user.
      return "";
    }
  }

  private static String program(Path process) throws IOException {
    try {
      return Files.readString(process.resolve("comm")).strip();
    } catch (IOException e) {
      return "process";
    }
  }
}
