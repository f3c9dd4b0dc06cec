package io.tamas.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The state of reading a configuration: the declared options and all faults.
///
/// @param folder to which relative paths refer: that of the file
final class Reading {
  private final Map<String, String> environment;
  private final Path folder;
  private final List<Option> options = new ArrayList<>();
  private final List<ConfigFault> faults = new ArrayList<>();

  Reading(Map<String, String> environment, Path folder) {
    this.environment = environment;
    this.folder = folder;
  }

  Map<String, String> environment() {
    return environment;
  }

  Path folder() {
    return folder;
  }

  void declare(Option option) {
    options.add(option);
  }

  List<Option> options() {
    return List.copyOf(options);
  }

  void fault(Raw.Place place, String rule) {
    faults.add(new ConfigFault(place.where(), place.field(), rule));
  }

  /// A variable that names a section but none of its options is a mistake; other names that begin
  /// with `TAMAS_` belong to the runner script.
  void refuseUnknownVariables() {
    List<String> known =
        options.stream().map(option -> Option.environmentName(option.path())).toList();
    List<String> sections =
        options.stream()
            .filter(option -> option.path().contains("."))
            .map(option -> option.path().substring(0, option.path().indexOf('.') + 1))
            .map(Option::environmentName)
            .distinct()
            .toList();
    environment.keySet().stream()
        .filter(name -> sections.stream().anyMatch(name::startsWith) && !known.contains(name))
        .sorted()
        .forEach(name -> fault(new Raw.Place("environment", name), unknown(name, known)));
  }

  static String unknown(String name, List<String> known) {
    return Nearest.to(name, known)
        .map(nearest -> "unknown; did you mean " + nearest + "?")
        .orElse("unknown");
  }

  void orThrow() throws ConfigException {
    if (!faults.isEmpty()) {
      faults.sort(Comparator.comparing(ConfigFault::place, Reading::byLine));
      throw new ConfigException(faults);
    }
  }

  private static int byLine(String left, String right) {
    return Comparator.comparingInt(Reading::line).compare(left, right);
  }

  private static int line(String place) {
    String digits = place.substring(place.lastIndexOf(':') + 1);
    return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : Integer.MAX_VALUE;
  }
}
