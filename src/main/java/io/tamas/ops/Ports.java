package io.tamas.ops;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A number for each [Port].
public record Ports(Map<Port, Integer> numbers) {
  private static final int LAST = 65_535;

  public Ports {
    numbers = Collections.unmodifiableMap(new EnumMap<>(numbers));
    for (Port port : Port.values()) {
      check(port, numbers.get(port));
    }
  }

  private static void check(Port port, @Nullable Integer number) {
    if (number == null || number < 1 || number > LAST) {
      throw new IllegalArgumentException(port.option() + " must be 1 to " + LAST + ": " + number);
    }
  }

  public int of(Port port) {
    return Objects.requireNonNull(numbers.get(port));
  }

  /// The requested ports, else the stored ones, else the defaults.
  public static Ports choose(Map<Port, Integer> requested, Map<Port, Integer> stored) {
    Map<Port, Integer> chosen = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      int kept = stored.getOrDefault(port, usual(port, chosen));
      chosen.put(port, requested.getOrDefault(port, kept));
    }
    return new Ports(chosen);
  }

  /// @param before the ports that were already chosen
  private static int usual(Port port, Map<Port, Integer> before) {
    int sip = before.getOrDefault(Port.SIP, port.usual());
    return port == Port.SIP_TLS && sip < LAST ? sip + 1 : port.usual();
  }

  /// The ports that the environment requests.
  ///
  /// @throws IllegalArgumentException if one is not a number
  public static Map<Port, Integer> fromEnvironment(Map<String, String> environment) {
    Map<Port, Integer> requested = new EnumMap<>(Port.class);
    for (Port port : Port.values()) {
      SipRequest.variable(environment, port.variable())
          .ifPresent(text -> requested.put(port, number(port, text)));
    }
    return requested;
  }

  private static int number(Port port, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(port.variable() + " is not a number: " + text, e);
    }
  }
}
