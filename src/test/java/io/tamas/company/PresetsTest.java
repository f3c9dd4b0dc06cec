package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.OutgoingProfile;
import io.tamas.company.Company.OutgoingRule;
import io.tamas.number.CallerId;
import io.tamas.number.NumberPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresetsTest {
  @Test
  void trunksAreDocumentedAsTheyArePrinted() throws IOException {
    String doc = Files.readString(Path.of("src/main/docs/providers.md"));
    for (String kind : Presets.TRUNKS) {
      assertTrue(doc.contains("```yaml\n" + Presets.trunk(kind, "provider") + "```"), kind);
      assertTrue(doc.contains("preset " + kind + " "), kind);
    }
    assertThrows(IllegalArgumentException.class, () -> Presets.trunk("ir", "provider"));
    assertThrows(IllegalArgumentException.class, () -> Presets.trunk("pbx", "a\nb"));
  }

  @Test
  void severalCountriesAreOneDocumentWithoutFaults() {
    String trunks =
        """
        extensions: [{number: 200, name: Leila, outgoing: ir-national}]
        trunks:
          - {name: tehran, plan: {country: IR, areaCode: 21}, addresses: [10.0.0.1], fallback: 200, server: 10.0.0.1}
          - {name: moscow, plan: {country: RU, areaCode: 495}, addresses: [10.0.0.2], fallback: 200, server: 10.0.0.2}
          - {name: ankara, plan: {country: TR, areaCode: 312}, addresses: [10.0.0.3], fallback: 200, server: 10.0.0.3}
        """;
    Company company =
        Yamls.company(
            trunks
                + Presets.text(List.of("ir", "ru", "tr"), List.of("tehran", "moscow", "ankara")));
    assertEquals(9, company.outgoingProfiles().size());
    assertEquals(
        List.of("110", "112", "115", "125", "101", "102", "103", "104"),
        company.emergencyNumbers().stream().map(EmergencyNumber::number).toList());
    assertEquals(
        new EmergencyNumber("emergency", "112", List.of("tehran", "moscow", "ankara")),
        company.emergencyNumbers().get(1));
    assertEquals("ru-fire", company.emergencyNumbers().get(4).name());
    assertEquals(
        9,
        Yamls.company(trunks + Presets.text(List.of("ir", "ru", "tr"), List.of("tehran")))
            .outgoingProfiles()
            .size());
    assertThrows(
        IllegalArgumentException.class, () -> Presets.text(List.of("ir", "ir"), List.of("t")));
    assertThrows(
        IllegalArgumentException.class,
        () -> Presets.text(List.of("ir", "tr", "ru"), List.of("a", "b")));
  }

  /// Each row: the country; what is dialled; how it is read; then what becomes of it in the local,
  /// the national and the international profile: the rule that allows it, or `-`.
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "ir, 88776655,         +982188776655,  local, iran, iran",
    "ir, 021 8877-6655,    +982188776655,  local, iran, iran",
    "ir, ۰۲۱۸۸۷۷۶۶۵۵,      +982188776655,  local, iran, iran",
    "ir, 09121234567,      +989121234567,  -, iran, iran",
    "ir, 05138455555,      +985138455555,  -, iran, iran",
    "ir, +98 912 123 4567, +989121234567,  -, iran, iran",
    "ir, 00989121234567,   +989121234567,  -, iran, iran",
    "ir, 0049301234567,    +49301234567,   -, -, world",
    "ir, +0049301234567,   +49301234567,   -, -, world",
    "ir, 0012125550123,    +12125550123,   -, -, world",
    "ir, 118,              118,            services, services, services",
    "ir, 09099071234,      +989099071234,  -, -, -",
    "ir, +989099071234,    +989099071234,  -, -, -",
    "ir, 00881612345678,   +881612345678,  -, -, -",
    "ir, 00979123456789,   +979123456789,  -, -, -",
    "ru, 1234567,          +74951234567,   local, russia, russia",
    "ru, 123-45-67,        +74951234567,   local, russia, russia",
    "ru, 84951234567,      +74951234567,   local, russia, russia",
    "ru, 88121234567,      +78121234567,   -, russia, russia",
    "ru, 8 (916) 123-45-67, +79161234567,  -, russia, russia",
    "ru, +79161234567,     +79161234567,   -, russia, russia",
    "ru, 88001234567,      +78001234567,   -, russia, russia",
    "ru, 88091234567,      +78091234567,   -, -, -",
    "ru, 88031234567,      +78031234567,   -, -, -",
    "ru, 8 10 7 727 2501234, +77272501234, -, -, world",
    "ru, +79401234567,     +79401234567,   -, -, russia",
    "ru, 81049301234567,   +49301234567,   -, -, world",
    "ru, 8 10 98 9121234567, +989121234567, -, -, world",
    "ru, 8108816 12345678, +881612345678,  -, -, -",
    "tr, 2345678,          +902122345678,  local, turkey, turkey",
    "tr, 02122345678,      +902122345678,  local, turkey, turkey",
    "tr, 0312 234 56 78,   +903122345678,  -, turkey, turkey",
    "tr, 05321234567,      +905321234567,  -, turkey, turkey",
    "tr, 4441234,          +904441234,     local, turkey, turkey",
    "tr, 08502345678,      +908502345678,  -, turkey, turkey",
    "tr, 09001234567,      +909001234567,  -, -, -",
    "tr, 08881234567,      +908881234567,  -, -, -",
    "tr, 0049301234567,    +49301234567,   -, -, world",
    "tr, 00881612345678,   +881612345678,  -, -, -",
  })
  void whatIsDialledIsReadAndRuledByTheHabitsOfTheCountry(
      String country,
      String dialled,
      String read,
      String local,
      String national,
      String international) {
    List<OutgoingProfile> profiles = company(country).outgoingProfiles();
    CallerId number = profiles.getFirst().plan().parse(dialled);
    assertEquals(read, number.text());
    assertEquals(
        List.of(local, national, international),
        profiles.stream().map(profile -> rule(profile, number)).toList());
  }

  @ParameterizedTest
  @CsvSource({"ir, 110 112 115 125", "ru, 101 102 103 104 112", "tr, 112"})
  void theEmergencyNumbersOfTheCountryAreThere(String country, String numbers) {
    assertEquals(
        numbers,
        String.join(
            " ",
            company(country).emergencyNumbers().stream()
                .map(EmergencyNumber::number)
                .sorted()
                .toList()));
  }

  @ParameterizedTest
  @CsvSource({"de, t, 1", "../ir, t, 1", "ir, 'a], x: [', 1", "ir, T, 1", "ir, t, x", "ir, t, ''"})
  void namesThatAreNoneAreRefused(String country, String trunk, String area) {
    assertThrows(IllegalArgumentException.class, () -> Presets.text(country, trunk, area));
  }

  private static String rule(OutgoingProfile profile, CallerId number) {
    return profile.rules().stream()
        .filter(rule ->
            rule.numbers().stream()
                .anyMatch(pattern -> new NumberPattern(pattern).matches(number.text())))
        .findFirst()
        .filter(rule -> !rule.deny())
        .map(OutgoingRule::name)
        .orElse("-");
  }

  /// A company of one trunk and the preset, which has no fault.
  private static Company company(String country) {
    return Yamls.company(
        Presets.text(country, "t")
            + "extensions: [{number: \"1000\", name: x}]\n"
            + "trunks:\n  - {name: t, plan: {country: IR, areaCode: \"\"}, addresses: [10.0.0.1],"
            + " fallback: \"1000\", server: sip.example}\n");
  }
}
