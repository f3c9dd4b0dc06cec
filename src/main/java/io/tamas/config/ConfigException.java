package io.tamas.config;

import java.util.List;
import java.util.stream.Collectors;

/// The start is refused: all faults of the configuration.
public final class ConfigException extends Exception {
  /// The exit status of the command line.
  public static final int EXIT_CODE = 2;

  private final transient List<ConfigFault> faults;

  ConfigException(List<ConfigFault> faults) {
    this.faults = List.copyOf(faults);
  }

  /// One line for each fault, for printing.
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
