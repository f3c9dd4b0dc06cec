package io.tamas.cli;

import io.tamas.ops.Port;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The options of a start, and the variables of the environment that stand in for them.
final class WrittenNames {
  private static final Pattern OPTION = Pattern.compile("--[a-z]+(-[a-z]+)*");
  private static final Map<String, String> VARIABLES = variables();

  private WrittenNames() {}

  private static Map<String, String> variables() {
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "--data", "TAMAS_DATA",
                "--address", "TAMAS_ADDRESS",
                "--external-address", "TAMAS_EXTERNAL_ADDRESS",
                "--local-net", "TAMAS_LOCAL_NETS",
                "--tls-certificate", "TAMAS_TLS_CERTIFICATE",
                "--tls-key", "TAMAS_TLS_KEY",
                "--tls-ca", "TAMAS_TLS_CA",
                "--http-plain", "TAMAS_HTTP_PLAIN"));
    variables.put("--codecs", "TAMAS_MEDIA_CODECS");
    variables.put("--srtp", "TAMAS_MEDIA_SRTP");
    variables.put("--voice-ports", "TAMAS_VOICE_PORTS");
    Stream.of(Port.values()).forEach(port -> variables.put(port.option(), port.variable()));
    return Map.copyOf(variables);
  }

  /// A fault that names options, with variables instead of those that were not given, if one of
  /// them was set.
  ///
  /// @param isGiven whether an option stands on the command line
  static String in(String fault, Predicate<String> isGiven, Map<String, String> environment) {
    List<String> open =
        OPTION
            .matcher(fault)
            .results()
            .map(MatchResult::group)
            .filter(option -> VARIABLES.containsKey(option) && !isGiven.test(option))
            .toList();
    boolean areVariables =
        open.stream().anyMatch(option -> !environment.getOrDefault(name(option), "").isBlank());
    return areVariables
        ? OPTION
            .matcher(fault)
            .replaceAll(found -> open.contains(found.group()) ? name(found.group()) : found.group())
        : fault;
  }

  private static String name(String option) {
    return VARIABLES.getOrDefault(option, option);
  }
}
