package io.tamas.config;

import java.util.List;
import java.util.stream.Collectors;

/// The start is refused: everything that is wrong in the configuration, told at once.
public final class ConfigException extends Exception {
  /// What the command line exits with.
  public static final int EXIT_CODE = 2;

  private final transient List<ConfigFault> faults;

  ConfigException(List<ConfigFault> faults) {
    this.faults = List.copyOf(faults);
  }

  /// A line for each fault, fit to be printed.
  @Override
  public String getMessage() {
    return faults.stream()
        .map(fault -> "  " + fault)
        .collect(Collectors.joining("\n", "the configuration is refused:\n", ""));
  }

  public List<ConfigFault> faults() {
    return faults;
  }
}
