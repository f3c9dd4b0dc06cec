package io.tamas.company;

import static io.tamas.company.Parts.extension;
import static io.tamas.company.Parts.ringGroup;
import static io.tamas.company.Parts.route;
import static io.tamas.company.Parts.trunk;
import static io.tamas.company.Parts.with;
import static io.tamas.company.Parts.workday;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tamas.company.Company.ExtensionGroup;
import io.tamas.company.Company.InboundRoute;
import io.tamas.company.Company.Part;
import io.tamas.company.Company.Prompt;
import io.tamas.company.Company.RingGroup;
import io.tamas.company.Company.Schedule;
import io.tamas.company.Company.Strategy;
import io.tamas.company.Company.Trunk;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.NumberingPlan;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CompanyRulesTest {
  private static final ExtensionNumber LEILA = new ExtensionNumber("101");
  private static final ZoneId TEHRAN = ZoneId.of("Asia/Tehran");

  @Test
  void aCompanyWithoutFaultsHasNone() {
    assertEquals(List.of(), CompanyRules.faults(Company.of(1, Parts.small())));
    assertEquals(List.of(), CompanyRules.faults(Company.empty()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void aWrongFieldIsNamed(String expected, Part wrong) {
    List<CompanyFault> faults = CompanyRules.faults(with(wrong));
    assertEquals(
        List.of(expected),
        faults.stream()
            .map(fault -> fault.kind().singular() + " " + fault.key() + fault.pointer())
            .toList(),
        faults::toString);
  }

  static Stream<Arguments> aWrongFieldIsNamed() {
    return Stream.of(
        arguments("extension-group Staff/name", new ExtensionGroup("Staff", "x")),
        arguments("extension-group 1st/name", new ExtensionGroup("1st", "x")),
        arguments("extension-group x/title", new ExtensionGroup("x", " ")),
        arguments("extension-group x/title", new ExtensionGroup("x", "a\nb")),
        arguments("extension-group x/title", new ExtensionGroup("x", "a".repeat(81))),
        arguments("extension 101/name", extension("101", "")),
        arguments(
            "extension 101/groups", person(Set.of("nobody"), "fa", "a@b.ir", "+989121234567")),
        arguments("extension 101/language", person(Set.of(), "farsi", "a@b.ir", "+989121234567")),
        arguments("extension 101/email", person(Set.of(), "fa", "a b@c", "+989121234567")),
        arguments("extension 101/mobile", person(Set.of(), "fa", "a@b.ir", "09121234567")),
        arguments("trunk demo/addresses", trunk("demo")),
        arguments("trunk demo/addresses/0", trunk("demo", "pbx.example")),
        arguments("trunk demo/addresses/0", trunk("demo", "10.0.0.1:65536")),
        arguments("trunk demo/addresses/1", trunk("demo", "10.0.0.1:5060", "10.0.0.1:5060")),
        arguments("trunk demo/addresses/1", trunk("demo", "10.0.0.0/8", "10.0.0.0/33")),
        arguments("trunk demo/addresses/1", trunk("demo", "10.0.0.1/8", "10.9.9.9/8")),
        arguments("trunk other/addresses/0", trunk("other", "127.0.0.2/32")),
        arguments(
            "trunk demo/plan/country",
            Trunk.of("demo", new NumberingPlan("XX", ""), List.of("10.0.0.1"), LEILA)),
        arguments(
            "trunk demo/fallback",
            Trunk.of(
                "demo", new NumberingPlan("IR", ""), List.of("::1"), new ExtensionNumber("999"))),
        arguments(
            "schedule office/hours/0/to",
            Schedule.of("office", TEHRAN, List.of(workday("08:00", "08:00")), List.of())),
        arguments(
            "prompt closed/sound",
            new Prompt("closed", Optional.of("../etc/passwd"), Map.of(), Map.of())),
        arguments(
            "prompt closed/sound", new Prompt("closed", Optional.of("a&b"), Map.of(), Map.of())),
        arguments(
            "prompt closed/sound",
            new Prompt("closed", Optional.of("a,${SHELL(x)}"), Map.of(), Map.of())),
        arguments("ring-group sales/members", ringGroup("sales")),
        arguments("ring-group sales/members/1", ringGroup("sales", "101", "999")),
        arguments("ring-group sales/members/1", ringGroup("sales", "101", "101")),
        arguments("ring-group sales/ring", ringing(Duration.ZERO)),
        arguments("ring-group sales/ring", ringing(Duration.ofSeconds(601))),
        arguments("ring-group sales/ring", ringing(Duration.ofMillis(1500))),
        arguments("inbound-route main/position", route("main", -1)),
        arguments("inbound-route main/numbers/0", route("main", 1, "02191001000x")),
        arguments("inbound-route main/numbers/1", route("main", 1, "110", "110")),
        arguments("inbound-route main/trunk", route("main", 1, Optional.of("x"), "extension:101")),
        arguments("inbound-route main/to", route("main", 1, Optional.empty(), "extension:999")),
        arguments("inbound-route main/to", route("main", 1, Optional.empty(), "ring-group:x")),
        arguments("inbound-route main/to", route("main", 1, Optional.empty(), "announcement:x")),
        arguments("inbound-route main/closed", scheduled(Optional.of("office"), Optional.empty())),
        arguments(
            "inbound-route main/closed", scheduled(Optional.empty(), Optional.of("extension:102"))),
        arguments(
            "inbound-route main/schedule",
            scheduled(Optional.of("x"), Optional.of("extension:102"))));
  }

  @Test
  void aNameGivenTwiceIsAFault() {
    List<Part> parts = new ArrayList<>(Parts.small());
    parts.add(extension("101", "Another"));
    assertEquals(
        List.of("extension 101: is a duplicate: there is another extension 101"),
        CompanyRules.faults(Company.of(1, parts)).stream().map(CompanyFault::text).toList());
  }

  @Test
  void whatNamesAMissingPartIsDangling() {
    assertTrue(CompanyRules.faults(with(ringGroup("sales", "999"))).getFirst().dangling());
  }

  @Test
  void ringingInOrderEndsWithTheStagesOfTheDialplan() {
    List<Part> parts = new ArrayList<>(Parts.small());
    List<ExtensionNumber> many =
        IntStream.range(200, 221).mapToObj(n -> new ExtensionNumber("" + n)).toList();
    many.forEach(number -> parts.add(extension(number.digits(), "x")));
    parts.add(RingGroup.of("all", Strategy.RING_ALL, many, Duration.ofSeconds(5)));
    assertEquals(List.of(), CompanyRules.faults(Company.of(1, parts)));
    parts.add(RingGroup.of("one-by-one", Strategy.IN_ORDER, many, Duration.ofSeconds(5)));
    assertEquals(
        List.of("ring-group one-by-one: /members must be at most 20, not 21"),
        CompanyRules.faults(Company.of(1, parts)).stream().map(CompanyFault::text).toList());
  }

  @Test
  void aCompanyHasABoundAndFaultsToo() {
    List<Part> parts = new ArrayList<>(Parts.small());
    IntStream.range(0, 500).forEach(n -> parts.add(new ExtensionGroup("g" + n, "")));
    List<CompanyFault> faults = CompanyRules.faults(Company.of(1, parts));
    assertEquals(100, faults.size());
    assertTrue(faults.getFirst().text().contains("at most 500 extension-groups"), faults::toString);
  }

  @Test
  void aNumberInsideBelongsToOnePart() {
    RingGroup sales =
        new RingGroup(
            "sales",
            Strategy.RING_ALL,
            List.of(LEILA),
            Map.of(),
            Duration.ofSeconds(20),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new ExtensionNumber("102")),
            Optional.empty());
    assertEquals(
        List.of(
            "ring-group/sales /number is the number of extension 102 already",
            "extension/102 /number is the number of ring-group sales already"),
        CompanyRules.faults(Parts.with(sales)).stream()
            .map(fault ->
                fault.kind().singular()
                    + "/"
                    + fault.key()
                    + " "
                    + fault.pointer()
                    + " "
                    + fault.rule())
            .toList());
  }

  private static Extension person(
      Set<String> groups, String language, String email, String mobile) {
    return Yamls.extension(
        "number: '%s', name: سارا احمدی, groups: %s, language: '%s', email: '%s', mobile: '%s'"
            .formatted(LEILA.digits(), groups, language, email, mobile));
  }

  private static RingGroup ringing(Duration ring) {
    return RingGroup.of("sales", Strategy.RING_ALL, List.of(LEILA), ring);
  }

  private static InboundRoute scheduled(Optional<String> schedule, Optional<String> closed) {
    return InboundRoute.of(
        "main",
        1,
        Optional.empty(),
        List.of(),
        schedule,
        Destination.parse("extension:101"),
        closed.map(Destination::parse),
        Duration.ofSeconds(20),
        false);
  }
}
