package io.tamas.config;

/// One fault of the configuration.
///
/// @param place the file with its line, such as `tamas.yaml:12`, or `environment`
/// @param field the option, such as `agi.port`, or the environment variable
/// @param rule what is required; never the value, which may be a secret
public record ConfigFault(String place, String field, String rule) {
  @Override
  public String toString() {
    return place + ": " + field + ": " + rule;
  }
}
