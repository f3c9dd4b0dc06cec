package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.company.Company.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopRulesTest {
  /// Each row: the fields at fault, then where calls go on: `e` an extension that always forwards,
  /// `r` a ring group that overflows, `m` a menu in which nothing is chosen, `w` one in which the
  /// choice was wrong, `o` one in which 1 was chosen.
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          ''                                      | e1>e2 e2>e3
          ''                                      | e1>e3 e2>e3
          extension 1, extension 2                | e1>e2 e2>e1
          extension 1                             | e1>e1
          extension 1, extension 2, extension 3   | e1>e2 e2>e3 e3>e1
          extension 2, extension 3                | e1>e2 e2>e3 e3>e2
          ''                                      | r1>r2 r2>r3
          ring-group r1, ring-group r2            | r1>r2 r2>r1
          ring-group r1                           | r1>r1
          extension 1, ring-group r1              | r1>e1 e1>r1
          ''                                      | m1>m2 m2>m3
          menu m1, menu m2                        | m1>m2 m2>m1
          menu m1                                 | m1>m1
          menu m1, menu m2                        | w1>m2 m2>m1
          menu m1                                 | w1>m1
          ''                                      | o1>m2 o2>m1
          ''                                      | m1>m2 o2>m1
          ''                                      | o1>m1
          menu m1, ring-group r1                  | m1>r1 r1>m1
          extension 1, menu m1, ring-group r1     | m1>r1 r1>e1 e1>m1
          menu m2                                 | m1>m2 w2>m2 w1>e1
          """)
  void whatGoesRoundByItselfIsAFault(String expected, String steps) {
    assertEquals(
        expected,
        String.join(
            ", ",
            CompanyRules.faults(company(steps)).stream()
                .map(fault -> fault.kind().singular() + " " + fault.key())
                .sorted()
                .distinct()
                .toList()));
  }

  @Test
  void theRoutingLoopIsReported() {
    assertEquals(
        "menu m1: /wrong causes a routing loop: menu:m1, ring-group:r1, extension:1, menu:m1",
        CompanyRules.faults(company("w1>r1 r1>e1 e1>m1")).stream()
            .filter(fault -> fault.kind() == PartKind.MENU)
            .findFirst()
            .orElseThrow()
            .text());
  }

  @Test
  void aLoopOfAllExtensionsIsFoundQuicklyAndReportedByAFew() {
    List<Part> parts = new ArrayList<>();
    IntStream.range(0, 10_000)
        .mapToObj(n ->
            "extension: {number: %d, name: x, forwards: {always: \"extension:%d\"}}"
                .formatted(n, (n + 1) % 10_000))
        .map(Yamls::part)
        .forEach(parts::add);
    long begun = System.nanoTime();
    List<CompanyFault> faults = CompanyRules.faults(Company.of(1, parts));
    assertEquals(100, faults.size());
    assertTrue(faults.getFirst().rule().length() < 300, faults::toString);
    assertTrue(System.nanoTime() - begun < 10_000_000_000L);
  }

  private static Company company(String steps) {
    List<Part> parts = new ArrayList<>();
    parts.add(Yamls.part("prompt: {name: p, sound: beep}"));
    for (int n = 1; n <= 3; n++) {
      parts.add(
          Yamls.part(
              "extension: {number: %d, name: x%s}"
                  .formatted(n, field(steps, "e" + n, ", forwards: {always: %s}"))));
      parts.add(
          Yamls.part(
              "ring-group: {name: r%d, strategy: RING_ALL, members: [3], ring: PT5S%s}"
                  .formatted(n, field(steps, "r" + n, ", overflow: %s"))));
      String otherwise = field(steps, "m" + n, ", otherwise: %s");
      parts.add(
          Yamls.part(
              "menu: {name: m%d, greeting: p, dialExtensions: true%s%s%s}"
                  .formatted(
                      n,
                      otherwise.isEmpty() ? ", otherwise: \"announcement:p\"" : otherwise,
                      field(steps, "w" + n, ", wrong: %s"),
                      field(steps, "o" + n, ", options: {1: %s}"))));
    }
    return Company.of(1, parts);
  }

  private static String field(String steps, String from, String form) {
    return List.of(steps.split(" ")).stream()
        .filter(step -> step.startsWith(from + ">"))
        .map(step -> form.formatted('"' + destination(step.substring(3)) + '"'))
        .findFirst()
        .orElse("");
  }

  private static String destination(String name) {
    return switch (name.charAt(0)) {
      case 'e' -> "extension:" + name.substring(1);
      case 'r' -> "ring-group:" + name;
      default -> "menu:" + name;
    };
  }
}
