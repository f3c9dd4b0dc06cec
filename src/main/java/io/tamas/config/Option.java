package io.tamas.config;

import java.util.Optional;

/// One option as the loader declares it.
///
/// @param path such as `agi.port`
/// @param rule what a value must be, with its unit and bounds
/// @param fallback the default as written in YAML; empty if there is none
record Option(String path, String rule, Optional<String> fallback, boolean required) {

  /// `TAMAS_AGI_MAX_SESSIONS` for `agi.maxSessions`.
  static String environmentName(String path) {
    StringBuilder name = new StringBuilder("TAMAS_");
    for (char letter : path.toCharArray()) {
      if (letter == '.') {
        name.append('_');
      } else if (Character.isUpperCase(letter)) {
        name.append('_').append(letter);
      } else {
        name.append(Character.toUpperCase(letter));
      }
    }
    return name.toString();
  }
}
