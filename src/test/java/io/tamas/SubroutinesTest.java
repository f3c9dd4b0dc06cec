package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// A variable of the dialplan belongs to its channel, not to the place that sets it: a subroutine
/// must not set one in which whoever calls it keeps something.
class SubroutinesTest {
  private static final Pattern CONTEXT = Pattern.compile("\\[([a-z-]+)]");
  private static final Pattern EXTEN = Pattern.compile("exten => ([^,]+),1,.*");
  private static final Pattern SETS = Pattern.compile("[(,]_{0,2}([A-Z][A-Z0-9_]*)=");
  private static final Pattern READS = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)");
  private static final Pattern CALLS = Pattern.compile("Gosub\\((?:([a-z-]+),)?([a-z]+),1");

  /// What a subroutine returns in a variable that its caller may have set before.
  private static final Map<String, Set<String>> RESULTS =
      Map.of(
          "tamas-dialled s", Set.of("DIALLED"),
          "tamas-verdict s", Set.of("CREDIT", "DIALSTATUS", "PROGRESSTIME", "VERDICT"));

  /// The lines of each extension of each context.
  private final Map<String, List<String>> places = read();

  @Test
  void noSubroutineOverwritesWhatItsCallerReadsLater() {
    List<String> overwritten = new ArrayList<>();
    places.forEach((place, lines) -> {
      for (int n = 0; n < lines.size(); n++) {
        for (String subroutine : calls(place, lines.get(n))) {
          Set<String> lost = set(subroutine, new HashSet<>());
          lost.removeAll(RESULTS.getOrDefault(subroutine, Set.of()));
          lost.retainAll(sets(lines.subList(0, n)));
          lost.retainAll(readsBeforeSet(lines.subList(n + 1, lines.size())));
          lost.forEach(name -> overwritten.add(place + " loses " + name + " in " + subroutine));
        }
      }
    });
    assertEquals(List.of(), overwritten);
  }

  @Test
  void allSubroutinesAreFound() {
    Set<String> subroutines =
        places.entrySet().stream()
            .flatMap(place ->
                place.getValue().stream().flatMap(line -> calls(place.getKey(), line).stream()))
            .collect(Collectors.toSet());
    assertFalse(subroutines.isEmpty());
    assertEquals(
        Set.of(),
        subroutines.stream().filter(one -> !places.containsKey(one)).collect(Collectors.toSet()));
  }

  private Set<String> set(String subroutine, Set<String> seen) {
    Set<String> names = new HashSet<>();
    if (seen.add(subroutine)) {
      List<String> lines = places.getOrDefault(subroutine, List.of());
      names.addAll(sets(lines));
      lines.forEach(
          line -> calls(subroutine, line).forEach(inner -> names.addAll(set(inner, seen))));
    }
    return names;
  }

  /// Those that Tamas and the contexts exchange begin with `TAMAS_`.
  private static Set<String> sets(List<String> lines) {
    return lines.stream()
        .filter(line -> line.contains("Set("))
        .flatMap(line -> SETS.matcher(line).results().map(found -> found.group(1)))
        .filter(name -> !name.startsWith("TAMAS_"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Set<String> readsBeforeSet(List<String> lines) {
    Set<String> read = new HashSet<>();
    Set<String> set = new HashSet<>();
    for (String line : lines) {
      READS
          .matcher(line)
          .results()
          .map(found -> found.group(1))
          .filter(name -> !set.contains(name))
          .forEach(read::add);
      set.addAll(sets(List.of(line)));
    }
    return read;
  }

  private static List<String> calls(String place, String line) {
    List<String> calls = new ArrayList<>();
    Matcher call = CALLS.matcher(line);
    while (call.find()) {
      String context = call.group(1) == null ? place.split(" ", 2)[0] : call.group(1);
      calls.add(context + " " + call.group(2));
    }
    return calls;
  }

  private static Map<String, List<String>> read() {
    Map<String, List<String>> places = new LinkedHashMap<>();
    String context = "";
    String place = "";
    for (String line : lines()) {
      Matcher begins = CONTEXT.matcher(line);
      Matcher exten = EXTEN.matcher(line);
      if (begins.matches()) {
        context = begins.group(1);
      } else if (exten.matches()) {
        place = context + " " + exten.group(1);
      }
      if (!line.startsWith(";") && line.contains("=>")) {
        places.computeIfAbsent(place, _ -> new ArrayList<>()).add(line);
      }
    }
    return places;
  }

  private static List<String> lines() {
    try (Stream<Path> files = Files.list(Path.of("dialplan"))) {
      List<String> lines = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        Files.readAllLines(file).forEach(line -> lines.add(line.strip()));
      }
      return lines;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
