package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.CompanyYaml.Fault;
import io.tamas.company.CompanyYaml.Read.Faulty;
import io.tamas.json.Json;
import io.tamas.web.BodyCheck;
import io.tamas.web.Problem;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is written wrongly is told in the same words in the file, with its line, and in a request,
/// with its pointer: what is wanted, an example, and what was given.
class FieldFaultsTest {
  /// A part of each kind without a fault, as JSON.
  private static final Map<String, String> SOUND =
      Map.of(
          "extensions", "{'number': '101', 'name': 'Leila'}",
          "ring-groups", "{'name': 'g', 'strategy': 'RING_ALL', 'members': ['1'], 'ring': 'PT20S'}",
          "schedules",
              "{'name': 's', 'zone': 'Asia/Tehran', 'hours': [{'days': ['MONDAY'], 'from': '08:00', 'to': '17:00'}]}",
          "menus", "{'name': 'm', 'greeting': 'p', 'otherwise': 'extension:1'}",
          "inbound-routes", "{'name': 'r', 'position': 1, 'to': 'extension:1', 'ring': 'PT20S'}",
          "trunks",
              "{'name': 't', 'plan': {'country': 'IR', 'areaCode': '21'}, 'addresses': ['10.0.0.1'], 'fallback': '1'}",
          "outgoing-profiles",
              "{'name': 'o', 'title': 'O', 'plan': {'country': 'IR', 'areaCode': '21'}, 'rules': []}",
          "prompts", "{'name': 'p', 'sound': 'demo-congrats'}",
          "emergency-numbers", "{'name': 'e', 'number': '110', 'trunks': ['t']}");

  static Stream<Arguments> faults() {
    String destinations =
        ": extension:<number>, ring-group:<name>, menu:<name>, announcement:<prompt>,"
            + " voicemail:<extension> or number:<external number>";
    return Stream.of(
        // durations
        row(
            "ring-groups",
            "ring",
            "'25s'",
            "a duration of ISO 8601 such as \"PT25S\", not \"25s\""),
        row(
            "ring-groups",
            "ring",
            "'2 min'",
            "a duration of ISO 8601 such as \"PT2M\", not \"2 min\""),
        row(
            "ring-groups",
            "ring",
            "'pt8s'",
            "a duration of ISO 8601 such as \"PT8S\", not \"pt8s\""),
        row("ring-groups", "ring", "'40'", "a duration of ISO 8601 such as \"PT40S\", not \"40\""),
        row(
            "ring-groups",
            "ring",
            "'soon'",
            "a duration of ISO 8601 such as \"PT25S\", not \"soon\""),
        row(
            "ring-groups",
            "ring",
            "['PT5S']",
            "a duration of ISO 8601 such as \"PT25S\", not a list"),
        row(
            "ring-groups",
            "ring",
            "'PT11M'",
            "1 s to 10 min in whole seconds, such as PT25S, not \"PT11M\""),
        row("menus", "patience", "'5 s'", "a duration of ISO 8601 such as \"PT5S\", not \"5 s\""),
        row(
            "extensions",
            "sip",
            "{'rtpSilence': '1h'}",
            "/rtpSilence",
            "a duration of ISO 8601 such as \"PT1H\", not \"1h\""),
        // times and days
        row(
            "schedules",
            "hours",
            hours("['MONDAY']", "8:30", "17:00"),
            "/0/from",
            "a time of two digits each such as \"08:30\", not \"8:30\""),
        row(
            "schedules",
            "hours",
            hours("['MONDAY']", "8", "17:00"),
            "/0/from",
            "a time of two digits each such as \"08:00\", not \"8\""),
        row(
            "schedules",
            "hours",
            hours("['MONDAY']", "08:00", "25:00"),
            "/0/to",
            "a time of two digits each such as \"08:30\", not \"25:00\""),
        row(
            "schedules",
            "hours",
            hours("['MONDAY']", "00:00", "24:00"),
            "/0/to",
            "a time from \"00:00\" to \"23:59\"; midnight at the end of a day is \"00:00\", and a whole day is from \"00:00\" to \"00:00\", not \"24:00\""),
        row(
            "schedules",
            "hours",
            hours("['sat']", "08:00", "17:00"),
            "/0/days/0",
            days("such as \"SATURDAY\", not \"sat\"")),
        row(
            "schedules",
            "hours",
            hours("['Firday']", "08:00", "17:00"),
            "/0/days/0",
            days("such as \"FRIDAY\", not \"Firday\"")),
        row(
            "schedules",
            "hours",
            hours("'MONDAY'", "08:00", "17:00"),
            "/0/days",
            "a list such as [\"MONDAY\"], not \"MONDAY\""),
        row(
            "schedules",
            "switchGroups",
            "'reception'",
            "a list such as [\"sales\"], not \"reception\""),
        row(
            "schedules",
            "override",
            "{'state': 'CLOSED', 'until': '2026-12-01T05:30:00'}",
            "/until",
            "a time with its offset from UTC, which is missing, such as \"2026-12-01T05:30:00+03:30\", not \"2026-12-01T05:30:00\""),
        row(
            "schedules",
            "override",
            "{'state': 'CLOSED', 'until': 'tomorrow'}",
            "/until",
            "a time with its offset from UTC such as \"2026-12-01T05:30:00+03:30\", not \"tomorrow\""),
        row("menus", "greeting", "['p']", "a text such as \"welcome\", not a list"),
        row(
            "schedules",
            "holidays",
            "['1405/01/13']",
            "/0",
            "a day that exists such as \"2026-03-21\" or \"1405-01-01\", or each year's \"*-03-21\" or \"jalali:*-01-01\", not \"1405/01/13\""),
        row(
            "schedules",
            "holidays",
            "['2026-02-30']",
            "/0",
            "a day that exists such as \"2026-03-21\" or \"1405-01-01\", or each year's \"*-03-21\" or \"jalali:*-01-01\", not \"2026-02-30\""),
        // zones
        row(
            "schedules",
            "zone",
            "'Iran/Tehran'",
            "a time zone of the IANA database such as \"Asia/Tehran\", not \"Iran/Tehran\""),
        row(
            "schedules",
            "zone",
            "'istanbul'",
            "a time zone of the IANA database such as \"Asia/Istanbul\", not \"istanbul\""),
        row(
            "schedules",
            "zone",
            "'+03:30'",
            "a time zone of the IANA database such as \"Asia/Tehran\", not \"+03:30\""),
        // choices
        row(
            "ring-groups",
            "strategy",
            "'all'",
            "one of \"RING_ALL\", \"IN_ORDER\", \"ROUND_ROBIN\", \"RANDOM\", \"LONGEST_IDLE\", not \"all\""),
        row(
            "ring-groups",
            "strategy",
            "'ring-all'",
            "one of \"RING_ALL\", \"IN_ORDER\", \"ROUND_ROBIN\", \"RANDOM\", \"LONGEST_IDLE\", such as \"RING_ALL\", not \"ring-all\""),
        row(
            "trunks",
            "transport",
            "'tls'",
            "one of \"UDP\", \"TCP\", \"TLS\", such as \"TLS\", not \"tls\""),
        row(
            "extensions",
            "record",
            "['IN']",
            "/0",
            "one of \"INBOUND\", \"OUTBOUND\", \"INTERNAL\", such as \"INBOUND\", not \"IN\""),
        // numbers and booleans
        row("inbound-routes", "position", "'first'", "a whole number such as 5, not \"first\""),
        row("extensions", "devices", "'two'", "a whole number such as 5, not \"two\""),
        row("extensions", "devices", "11", "1 to 10, not 11"),
        row("extensions", "doNotDisturb", "'yes'", "true or false, not \"yes\""),
        row(
            "extensions",
            "mailbox",
            "true",
            "fields and their values such as {\"byEmail\": true}, not true"),
        row(
            "schedules",
            "override",
            "'CLOSED'",
            "fields and their values such as {\"state\": \"OPEN\"}, not \"CLOSED\""),
        row("schedules", "hours", "'8-17'", "a list such as [{\"from\": \"08:30\"}], not \"8-17\""),
        row(
            "ring-groups",
            "delays",
            "'5s'",
            "keys and their values such as {\"101\": \"PT25S\"}, not \"5s\""),
        row(
            "menus",
            "options",
            "['sales']",
            "keys and their values such as {\"1\": \"extension:101\"}, not a list"),
        row(
            "extensions",
            "number",
            "'10 1a'",
            "an extension number of 1 to 8 digits such as \"101\", not \"10 1a\""),
        row(
            "ring-groups",
            "members",
            "['1 01']",
            "/0",
            "an extension number of 1 to 8 digits such as \"101\", not \"1 01\""),
        row(
            "ring-groups",
            "delays",
            "{'1': '5s'}",
            "/1",
            "a duration of ISO 8601 such as \"PT5S\", not \"5s\""),
        // destinations and names
        row(
            "inbound-routes",
            "to",
            "'101'",
            "a destination such as \"extension:101\"" + destinations + ", not \"101\""),
        row(
            "menus",
            "options",
            "{'1': 'sales'}",
            "/1",
            "a destination such as \"extension:101\"" + destinations + ", not \"sales\""),
        row(
            "menus",
            "otherwise",
            "'extension:leila'",
            "a destination such as \"extension:101\"" + destinations + ", not \"extension:leila\""),
        row(
            "trunks",
            "plan",
            "{'country': 'Iran', 'areaCode': '21'}",
            "/country",
            "a country of ISO 3166 in two capital letters such as \"IR\", not \"Iran\""),
        row(
            "trunks",
            "plan",
            "{'country': 'IR', 'areaCode': 'Tehran'}",
            "/areaCode",
            "an area code of at most 6 digits such as \"21\", not \"Tehran\""),
        row(
            "trunks",
            "plan",
            "'IR'",
            "fields and their values such as {\"country\": \"IR\"}, not \"IR\""));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("faults")
  void isToldInTheFileByItsLine(
      String kind, String field, String given, String inside, String rule) {
    String yaml = yaml(kind, field, given);
    Fault told = fault(yaml, "/" + kind + "/0/" + field + inside);
    assertEquals("must be " + rule, told.rule());
    assertTrue(yaml.lines().toList().get(told.line() - 1).startsWith("    " + field), told::text);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @MethodSource("faults")
  void isToldInARequestByItsPointer(
      String kind, String field, String given, String inside, String rule) {
    JsonNode body = changed(kind, field, json(given));
    assertEquals("must be " + rule, told(kind, body).get("/" + field + inside), body::toString);
  }

  /// Refused only where the text of digits must be one.
  @Test
  void digitsWithoutQuotesAreTextsInTheFileAndNoneInARequest() {
    assertEquals(
        "must be an extension number of 1 to 8 digits such as \"101\", in quotes, not 101",
        told("extensions", changed("extensions", "number", json("101"))).get("/number"));
    assertEquals(
        "must be a duration of ISO 8601 such as \"PT25S\", in quotes, not 25",
        told("ring-groups", changed("ring-groups", "ring", json("25"))).get("/ring"));
    assertEquals(
        "must be a whole number such as 5, not \"5\"",
        told("extensions", changed("extensions", "devices", json("'5'"))).get("/devices"));
  }

  @Test
  void anUnknownFieldNamesTheNearestOne() {
    JsonNode body = changed("extensions", "no-not-disturb", json("true"));
    String told = String.valueOf(told("extensions", body).get("/no-not-disturb"));
    assertTrue(
        told.startsWith("is not known; did you mean doNotDisturb? Known are number, name, "), told);
    assertEquals(
        told,
        fault(yaml("extensions", "no-not-disturb", "true"), "/extensions/0/no-not-disturb").rule());
    assertTrue(
        fault("extension:\n  - {number: 1, name: x}", "/extension")
            .rule()
            .startsWith("is not known; did you mean extensions? Known are settings, "));
  }

  @Test
  void whatIsMissingSaysWhatItIs() {
    JsonNode body = Json.tree(Map.of("name", "g", "strategy", "RANDOM", "members", List.of("1")));
    assertEquals(
        Map.of("/ring", "is required: a duration of ISO 8601 such as \"PT25S\""),
        told("ring-groups", body));
  }

  /// A name of a part is no name of a person.
  @Test
  void examplesFitTheField() {
    assertEquals(
        "is required: a text such as \"sales\"",
        told("ring-groups", json("{'strategy': 'RANDOM', 'members': ['1'], 'ring': 'PT5S'}"))
            .get("/name"));
    assertEquals(
        "is required: a text such as \"Leila\"",
        told("extensions", json("{'number': '1'}")).get("/name"));
  }

  @Test
  void allFaultsOfOnePartAreTold() {
    JsonNode body = json("{'name': 'Sales Team', 'strategy': 'all', 'members': '101', 'rings': 5}");
    assertEquals(
        List.of("/members", "/ring", "/rings", "/strategy"),
        told("ring-groups", body).keySet().stream()
            .filter(at -> !at.equals("/name"))
            .sorted()
            .toList());
  }

  @Test
  void aNameThatIsNotThereIsToldWithTheNearest() {
    String yaml =
        "extensions:\n  - {number: 1, name: x, groups: [slaes]}\nextension-groups:\n  - {name: sales, title: Sales}";
    assertEquals(
        "must be the name of an existing extension-group such as \"sales\", not \"slaes\"",
        fault(yaml, "/extensions/0/groups").rule());
  }

  @ParameterizedTest
  @MethodSource
  void whatIsNotYamlIsToldByItsLine(String expected, String yaml) {
    assertEquals(expected, fault(yaml, "").text());
  }

  static Stream<Arguments> whatIsNotYamlIsToldByItsLine() {
    return Stream.of(
        arguments(
            "line 3: tabs cannot indent YAML: use spaces", "extensions:\n  - number: 1\n\tname: x"),
        arguments("line 2: tabs cannot indent YAML: use spaces", "extensions:\n\t- number: 1"),
        arguments(
            "line 2: a tab cannot stand between a field and its value: use a space",
            "extensions:\n  - number:\t1"),
        arguments(
            "line 2: holds the character U+00A0, which looks like a space and is none: use spaces",
            "extensions:\n  - number:\u00a01\n    name: x: y"),
        arguments(
            "line 3: holds the character U+0000, which YAML does not allow",
            "extensions:\n  - number: 1\n    name: a\u0000"),
        arguments(
            "line 3: anchors and aliases are not allowed; put a value that begins with * or & in quotes: '*2'",
            "extensions:\n  - number: 1\n    name: &n a"),
        arguments(
            "line 3: tags are not allowed; put a value that begins with ! in quotes: '!2'",
            "extensions:\n  - number: 1\n    name: !!str a"),
        arguments(
            "line 1: tags are not allowed; put a value that begins with ! in quotes: '!2'",
            "extensions: !!seq\n  - number: 1\n    name: a"),
        arguments("line 2: tabs cannot indent YAML: use spaces", "extensions:\n  \t- number: 1"),
        arguments(
            "line 3: is not YAML: mapping values are not allowed here",
            "extensions:\n  - number: 1\n    name: x: y"));
  }

  private static Arguments row(String kind, String field, String given, String rule) {
    return row(kind, field, given, "", rule);
  }

  private static Arguments row(
      String kind, String field, String given, String inside, String rule) {
    return arguments(kind, field, given, inside, rule);
  }

  private static String hours(String days, String from, String to) {
    return "[{'days': %s, 'from': '%s', 'to': '%s'}]".formatted(days, from, to);
  }

  private static String days(String rest) {
    return "one of \"MONDAY\", \"TUESDAY\", \"WEDNESDAY\", \"THURSDAY\", \"FRIDAY\", \"SATURDAY\","
        + " \"SUNDAY\", "
        + rest;
  }

  private static JsonNode json(String text) {
    return Json.read(text.replace('\'', '"'), JsonNode.class);
  }

  private static JsonNode changed(String kind, String field, JsonNode given) {
    var body =
        (com.fasterxml.jackson.databind.node.ObjectNode) json(SOUND.getOrDefault(kind, "{}"));
    body.set(field, given);
    return body;
  }

  /// A field on each line.
  private static String yaml(String kind, String field, String given) {
    StringBuilder yaml = new StringBuilder(kind + ":\n  -\n");
    changed(kind, field, json(given))
        .properties()
        .forEach(one -> yaml.append("    %s: %s\n".formatted(one.getKey(), one.getValue())));
    return yaml.toString();
  }

  private static Fault fault(String yaml, String pointer) {
    CompanyYaml.Read read = CompanyYaml.read(yaml);
    List<Fault> faults = assertInstanceOf(Faulty.class, read, read::toString).faults();
    return faults.stream()
        .filter(fault -> fault.field().equals(pointer))
        .findFirst()
        .orElseThrow(() -> new AssertionError(pointer + " is not told: " + faults));
  }

  /// What a request is answered, by pointer.
  private static Map<String, String> told(String plural, JsonNode body) {
    PartKind kind = PartKind.ofPlural(plural).orElseThrow();
    String operation =
        (kind == PartKind.EXTENSION ? "create" : "put") + kind.type().getSimpleName();
    PartAnswers answers = new PartAnswers(kind);
    Company company =
        Yamls.company(
            "extensions: [{number: 1, name: x}]\nprompts: [{name: p, sound: beep}]\ntrunks: [{name: t, plan: {country: IR, areaCode: 21}, addresses: [10.0.0.1], fallback: 1, server: 10.0.0.1}]");
    return BodyCheck.told(operation, body.toString(), one -> answers.explained(one, company))
        .stream()
        .collect(java.util.stream.Collectors.toMap(Problem.Fault::pointer, Problem.Fault::detail));
  }
}
