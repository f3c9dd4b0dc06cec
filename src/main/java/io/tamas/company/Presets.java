package io.tamas.company;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The dial rules of a country as outgoing profiles, and its emergency numbers; and trunks of the
/// usual kinds: YAML to be pasted into the company's.
public final class Presets {
  /// The area code of each country's largest city.
  private static final Map<String, String> AREAS =
      new TreeMap<>(Map.of("ir", "21", "ru", "495", "tr", "212"));

  /// `src/main/docs/providers.md` explains them.
  public static final List<String> TRUNKS =
      List.of("registering", "by-address", "without-plus", "own-account", "gsm-gateway", "pbx");

  private static final Pattern TRUNK = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern AREA = Pattern.compile("[0-9]{1,6}");

  private Presets() {}

  public static String text(String country, String trunk) {
    return text(country, trunk, AREAS.getOrDefault(country, "0"));
  }

  /// @param trunk for the outbound calls
  /// @param area code of local numbers, without the digit dialled before it
  /// @throws IllegalArgumentException if there is no such preset, or a name is not valid
  public static String text(String country, String trunk, String area) {
    require(
        AREAS.containsKey(country), "there are presets for " + AREAS.keySet() + " and " + TRUNKS);
    require(TRUNK.matcher(trunk).matches(), "a trunk's name is a-z, 0-9 and -");
    require(AREA.matcher(area).matches(), "an area code is 1 to 6 digits");
    return resource(country).replace("${trunk}", trunk).replace("${area}", area);
  }

  /// A trunk of a kind.
  ///
  /// @param kind one of [#TRUNKS]
  /// @throws IllegalArgumentException if there is no such preset, or the name is not valid
  public static String trunk(String kind, String trunk) {
    require(TRUNKS.contains(kind), "there are presets for " + TRUNKS);
    require(TRUNK.matcher(trunk).matches(), "a trunk's name is a-z, 0-9 and -");
    return resource("trunk-" + kind).replace("${trunk}", trunk);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }

  private static String resource(String country) {
    try (InputStream in = Presets.class.getResourceAsStream("/presets/" + country + ".yaml")) {
      if (in == null) {
        throw new IllegalStateException("the preset of " + country + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
