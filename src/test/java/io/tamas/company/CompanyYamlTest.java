package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tamas.company.CompanyYaml.Fault;
import io.tamas.company.CompanyYaml.Read.Faulty;
import io.tamas.company.CompanyYaml.Read.Valid;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompanyYamlTest {
  @Test
  void theDemoCompanyIsWholeAndWithoutWarning() throws Exception {
    try (InputStream in = Company.class.getResourceAsStream("/demo-company.yaml")) {
      String yaml = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      Valid read = assertInstanceOf(Valid.class, CompanyYaml.read(yaml));
      assertEquals(List.of(), read.warnings());
      assertEquals(4, read.company().extensions().size());
      assertEquals("100", read.company().trunks().getFirst().fallback().digits());
    }
  }

  @Test
  void plainValuesAreWhatIsWritten() {
    Valid read =
        whole(
            """
            extensions:
              - {number: 007, name: 42, doNotDisturb: true}
            trunks:
              - {name: t, plan: {country: NO, areaCode: 021}, addresses: ["::1"], fallback: 007}
            schedules:
              - {name: s, zone: Asia/Tehran, holidays: [2026-03-21], hours: [{days: [MONDAY], from: 08:00, to: 17:00}]}
            inbound-routes:
              - {name: r, position: 10, numbers: [110], schedule: s, to: extension:007, closed: extension:007, ring: PT20S}
            """);
    assertEquals("007", read.company().extensions().getFirst().number().digits());
    assertEquals("42", read.company().extensions().getFirst().name());
    assertEquals("021", read.company().trunks().getFirst().plan().areaCode());
    assertEquals("NO", read.company().trunks().getFirst().plan().country());
    assertEquals(
        "08:00", read.company().schedules().getFirst().hours().getFirst().from().toString());
  }

  @Test
  void settingsAreReadAndWritten() {
    Company company = whole("settings: {zone: Asia/Tehran}").company();
    assertEquals(ZoneId.of("Asia/Tehran"), company.settings().zone());
    String written = CompanyYamlWriter.write(company);
    assertTrue(written.contains("settings: {zone: Asia/Tehran}"), written);
    assertEquals(company, whole(written).company());
    assertEquals(ZoneId.of("UTC"), whole("extensions:").company().settings().zone());
  }

  @Test
  void aNameHasOnlyWhatCanBeSeen() {
    Valid read =
        whole(
            "extensions: [{number: 1, name: \"a\\u202Eb علی\u200cرضا\\uFEFF\"}]\n"
                + "extension-groups: [{name: g, title: \"\\u200Fg\"}]");
    assertEquals("ab علی\u200cرضا", read.company().extensions().getFirst().name());
    assertEquals("g", read.company().groups().getFirst().title());
  }

  @Test
  void aFieldWithoutAValueIsLeftOut() {
    Valid read =
        whole("extensions:\n  - number: 1\n    name: x\n    groups:\n    email: ~\n    record:");
    assertEquals(Parts.extension("1", "x"), read.company().extensions().getFirst());
  }

  @Test
  void aFieldWithoutAValueIsAsIfItWereNotThere() {
    String yaml =
        """
        extension-groups:
        extensions:
          - {number: 1, name: x, outgoing: ~, mailbox: , record: null}
        """;
    assertInstanceOf(CompanyYaml.Read.Valid.class, CompanyYaml.read(yaml));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aFaultIsReportedByLineAndField(String expected, String yaml) {
    String told = faults(yaml).getFirst().text();
    assertTrue(told.startsWith(expected), told);
  }

  static Stream<Arguments> aFaultIsReportedByLineAndField() {
    return Stream.of(
        arguments(
            "line 2: /surprise is not known; known are settings, extension-groups",
            "extensions: []\nsurprise: []"),
        arguments("line 1: /settings must be fields and their values", "settings: []"),
        arguments("line 1: /settings/zone is required", "settings: {}"),
        arguments("line 1: /settings/zone must be a time zone", "settings: {zone: Iran/Tehran}"),
        arguments("line 1: /settings/zones is not known", "settings: {zones: UTC}"),
        arguments("line 1: /extensions must be a list", "extensions: {}"),
        arguments("line 2: /extensions/0 must be fields and their values", "extensions:\n  - x"),
        arguments(
            "line 3: /extensions/0/nmae is not known; did you mean name? Known are number, name,",
            "extensions:\n  - number: 1\n    nmae: x"),
        arguments(
            "line 2: /extensions/0/outgoing:abroad is not known: a space must follow the colon, as in"
                + " outgoing: abroad",
            "extensions:\n  - {number: 1, name: x, outgoing:abroad}"),
        arguments(
            "line 4: /extensions/0/nonsense is not known",
            "extensions:\n  - number: 1\n    name: x\n    nonsense:"),
        arguments(
            "line 3: /extensions/0/name is required", "extensions:\n  - number: 1\n    name: ~"),
        arguments("line 2: /nonsense is not known", "extensions: []\nnonsense:"),
        arguments("line 2: /extensions/0/number is required", "extensions:\n  - name: x"),
        arguments("line 2: /extensions/0/name is required", "extensions:\n  - number: 1\n"),
        arguments(
            "line 2: /extensions/0/number must be an extension number of 1 to 8 digits",
            "extensions:\n  - number: 1x\n    name: x"),
        arguments(
            "line 4: /extensions/0/record must be a list such as [\"INBOUND\"]",
            "extensions:\n  - number: 1\n    name: x\n    record: perhaps"),
        arguments(
            "line 4: /extensions/1 is a duplicate: there is another extension 1",
            "extensions:\n  - {number: 1, name: x}\n  # between\n  - {number: 1, name: y}"),
        arguments(
            "line 6: /ring-groups/0/members/1 must be the number of an existing extension",
            "extensions:\n  - {number: 1, name: x}\nring-groups:\n  - name: g\n    strategy: RING_ALL\n    members: [1, 2]\n    ring: PT5S"),
        arguments(
            "line 2: /ring-groups/0/ring is required",
            "ring-groups:\n  - {name: g, strategy: RING_ALL, members: [1]}"),
        arguments(
            "line 2: /ring-groups/0/ring must be a duration of ISO 8601 such as \"PT25S\", not"
                + " \"-PT20S\"",
            "ring-groups:\n  - {name: g, strategy: RING_ALL, members: [1], ring: -PT20S}"),
        arguments(
            "line 2: /ring-groups/0/ring must be a duration of ISO 8601 such as \"PT25S\", not \"P1W\"",
            "ring-groups:\n  - {name: g, strategy: RING_ALL, members: [1], ring: P1W}"),
        arguments(
            "line 2: /extensions/0/na\u200bme is not known; it holds the character U+200B, which is"
                + " not seen; did you mean name?",
            "extensions:\n  - {number: 1, na\u200bme: x}"),
        arguments(
            "line 1: must have the name of a field before the colon, not a list or a map",
            "{[a]: x}"),
        arguments(
            "line 2: /ring-groups/0/strategy must be one of",
            "ring-groups:\n  - {name: g, strategy: LOUD, members: [1], ring: PT5S}"),
        arguments(
            "line 2: /inbound-routes/0/to must be a destination such as",
            "inbound-routes:\n  - {name: r, to: hell, ring: PT5S}"),
        arguments(
            "line 2: /schedules/0/zone must be a time zone",
            "schedules:\n  - {name: r, zone: Asia/Tehran2}"),
        arguments(
            "line 3: /schedules/0/hours/0/from is required",
            "schedules:\n  - name: r\n    hours: [{days: [MONDAY], to: 08:00}]\n    zone: UTC"),
        arguments(
            "line 2: /trunks/0/plan/country must be a country of ISO 3166 in two capital letters",
            "trunks:\n  - {name: t, plan: {country: Iran, areaCode: 21}, addresses: [\"::1\"], fallback: 1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "- a list",
        "text",
        "extensions: [",
        "\u0000",
        "extensions:\n  - &a {number: 1, name: x}\n  - *a",
        "a: &a [x]\nb: [*a,*a]",
        "extensions: []\nextensions: []",
        "extensions:\n  - {number: 1, name: x, name: y}",
        "extensions: []\n---\nextensions: []",
        "extensions:\n  -\n  - {number: 1, name: x}",
        "!!javax.script.ScriptEngineManager [x]",
        "extensions:\n\t- x"
      })
  void whatYamlHidesOrBreaksIsRefused(String yaml) {
    assertEquals(1, faults(yaml).size());
  }

  @Test
  void depthAndLengthAreBounded() {
    assertTrue(faults("[".repeat(100_000)).size() == 1);
    assertTrue(faults("a: ".repeat(1) + "{b: ".repeat(13) + "c" + "}".repeat(13)).size() == 1);
    assertTrue(faults("#".repeat(9 << 20)).getFirst().rule().startsWith("is longer than"));
  }

  @Test
  void ofAThousandWrongItemsTheFirstHundredAreReported() {
    assertEquals(100, faults("extensions:\n" + "  - {number: x}\n".repeat(1000)).size());
  }

  @Test
  void whatHasNoEffectIsAWarning() {
    Valid read =
        whole(
            """
            extensions: [{number: 1, name: x}]
            inbound-routes:
              - {name: all, position: 1, to: extension:1, ring: PT5S}
              - {name: never, position: 2, numbers: [110], to: extension:1, ring: PT5S}
            """);
    assertEquals(
        List.of("line 4: /inbound-routes/1 can never match: it is shadowed by all"),
        read.warnings().stream().map(Fault::text).toList());
  }

  private static Valid whole(String yaml) {
    CompanyYaml.Read read = CompanyYaml.read(yaml);
    return assertInstanceOf(Valid.class, read, read::toString);
  }

  private static List<Fault> faults(String yaml) {
    return assertInstanceOf(Faulty.class, CompanyYaml.read(yaml)).faults();
  }
}
