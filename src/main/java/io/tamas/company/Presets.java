package io.tamas.company;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
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

  private static final String PROFILES = "outgoing-profiles:\n";
  private static final String EMERGENCIES = "emergency-numbers:\n";
  private static final Pattern EMERGENCY =
      Pattern.compile(
          "  - \\{name: (?<name>\\S+), number: \"(?<number>\\d+)\", trunks: \\[(?<trunk>\\S+)]}\n");

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

  /// Several countries in one document: an emergency number that two of them have is one, over the
  /// trunks of both; of two with one name the second has its country's code before it.
  ///
  /// @param trunks one for all countries, or one for each
  /// @throws IllegalArgumentException if there is no such preset, or a name is not valid
  public static String text(List<String> countries, List<String> trunks) {
    require(
        trunks.size() == 1 || trunks.size() == countries.size(),
        "there must be one trunk, or one for each country");
    require(countries.size() == Set.copyOf(countries).size(), "a country is named twice");
    StringBuilder text = new StringBuilder();
    Map<String, Emergency> emergencies = new LinkedHashMap<>();
    for (int i = 0; i < countries.size(); i++) {
      String country = countries.get(i);
      String[] halves = text(country, trunks.get(trunks.size() == 1 ? 0 : i)).split(EMERGENCIES, 2);
      text.append(i == 0 ? halves[0] : halves[0].replaceFirst(PROFILES, ""));
      EMERGENCY
          .matcher(halves[1])
          .results()
          .forEach(line -> Emergency.add(emergencies, country, line));
    }
    text.append(EMERGENCIES);
    emergencies.values().forEach(one -> text.append(one.line()));
    return text.toString();
  }

  private record Emergency(String name, String number, Set<String> trunks) {
    static void add(Map<String, Emergency> to, String country, MatchResult line) {
      boolean taken = to.values().stream().anyMatch(one -> one.name.equals(line.group("name")));
      String name = taken ? country + "-" + line.group("name") : line.group("name");
      to.computeIfAbsent(
              line.group("number"), number -> new Emergency(name, number, new LinkedHashSet<>()))
          .trunks
          .add(line.group("trunk"));
    }

    String line() {
      return "  - {name: %s, number: \"%s\", trunks: [%s]}\n"
          .formatted(name, number, String.join(", ", trunks));
    }
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
