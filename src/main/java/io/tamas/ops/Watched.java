package io.tamas.ops;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A component as another process watches it that knows neither configuration nor secrets: it is
/// started by a command that prepares it first.
///
/// @param starter the command to which the component's name is appended
record Watched(
    String name, String title, Signal stopSignal, Duration stopDeadline, List<String> starter)
    implements Supervised {

  /// As one word of a command line.
  static String text(Supervised component) {
    return String.join(
        ",",
        component.name(),
        component.title(),
        component.stopSignal().name(),
        Long.toString(component.stopDeadline().toMillis()));
  }

  static Watched of(String text, List<String> starter) {
    String[] parts = text.split(",", -1);
    return new Watched(
        parts[0],
        parts[1],
        Signal.valueOf(parts[2]),
        Duration.ofMillis(Long.parseLong(parts[3])),
        starter);
  }

  @Override
  public ProcessBuilder command() {
    List<String> line = new ArrayList<>(starter);
    line.add(name);
    return new ProcessBuilder(line);
  }
}
