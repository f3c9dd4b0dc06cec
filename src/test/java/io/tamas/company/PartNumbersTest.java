package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tamas.company.CompanyYaml.Read.Faulty;
import io.tamas.json.Json;
import io.tamas.number.WrittenNumbers;
import io.tamas.number.WrittenPattern;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each field of a part that holds a number or a pattern, as people write it.
class PartNumbersTest {
  private static final String BESIDE =
      """
      extensions:
        - {number: 101, name: Leila}%s
      trunks:
        - {name: tehran, plan: {country: IR, areaCode: 21}, addresses: [127.0.0.2], fallback: 101, server: 10.0.0.1}
        - {name: istanbul, plan: {country: TR, areaCode: 212}, addresses: [127.0.0.3], fallback: 101, server: 10.0.0.2}
        - {name: shiraz, plan: {country: IR, areaCode: 71}, addresses: [127.0.0.4], fallback: 101, server: 10.0.0.3}%s
      outgoing-profiles:
        - {name: iran, title: x, plan: {country: IR, areaCode: 21}, rules: [{name: all, trunks: [tehran]}]}%s
      prompts:
        - {name: hello, sound: hello}
      """;

  private static String item(String fields) {
    return fields.isEmpty() ? "" : "\n  - {" + fields + "}";
  }

  private static CompanyYaml.Read read(String kind, String fields) {
    String yaml =
        BESIDE.formatted(
            kind.equals("extensions") ? item(fields) : "",
            kind.equals("trunks") ? item(fields) : "",
            kind.equals("outgoing-profiles") ? item(fields) : "");
    boolean beside = List.of("extensions", "trunks", "outgoing-profiles").contains(kind);
    return CompanyYaml.read(beside ? yaml : yaml + kind + ":" + item(fields) + "\n");
  }

  @ParameterizedTest(name = "{0} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          extensions        | number: 102, name: x, outgoing: iran              | /callerId             | 021 9100 1000       | +982191001000
          extensions        | number: 102, name: x, outgoing: iran              | /mobile               | 0912-123-4567       | +989121234567
          extensions        | number: 102, name: x, outgoing: iran              | /mobile               | tel:+98-912-1234567 | +989121234567
          extensions        | number: 102, name: x                              | /mobile               | 0098 912 123 4567   | +989121234567
          extensions        | number: 102, name: x, outgoing: iran              | /forwards/always      | number:0912 123 4567 | number:+989121234567
          extensions        | number: 102, name: x, outgoing: iran              | /forwards/busy        | number:۹۱۰۰۱۰۰۰     | number:+982191001000
          extensions        | number: 102, name: x, outgoing: iran              | /forwards/noAnswer    | number:+98 (0) 912 1234567 | number:+989121234567
          extensions        | number: 102, name: x, outgoing: iran              | /forwards/unreachable | number:00905321234567 | number:+905321234567
          trunks            | name: a, plan: {country: TR, areaCode: 212}, addresses: [127.0.0.5], fallback: 101 | /callerId | 0212 123 45 67 | +902121234567
          outgoing-profiles | name: a, title: x, plan: {country: IR, areaCode: 21}, rules: [{name: a, deny: true, numbers: [NUMBER]}] | /rules/0/numbers/0 | 0909* | +98909*
          outgoing-profiles | name: a, title: x, plan: {country: RU, areaCode: 495}, rules: [{name: a, deny: true, numbers: [NUMBER]}] | /rules/0/numbers/0 | 8 (900) XXX-XX-XX | +7900XXXXXXX
          outgoing-profiles | name: a, title: x, plan: {country: IR, areaCode: 21}, rules: [{name: a, deny: true, numbers: [NUMBER]}] | /rules/0/numbers/0 | 1XX | 1XX
          menus             | name: a, greeting: hello, otherwise: "extension:101", options: {"1": NUMBER} | /options/1 | number:+98 912 123 4567 | number:+989121234567
          menus             | name: a, greeting: hello, dialExtensions: true    | /otherwise            | number:00989121234567 | number:+989121234567
          menus             | name: a, greeting: hello, otherwise: "extension:101", dialExtensions: true | /wrong | number:0098 9121234567 | number:+989121234567
          ring-groups       | name: a, strategy: RING_ALL, members: [101], ring: PT5S | /overflow       | number:+98-912-1234567 | number:+989121234567
          inbound-routes    | name: a, position: 1, trunk: tehran, to: "extension:101", ring: PT5S, numbers: [NUMBER] | /numbers/0 | 021-9100 1000 | +982191001000
          inbound-routes    | name: a, position: 1, trunk: tehran, to: "extension:101", ring: PT5S, numbers: [NUMBER] | /numbers/0 | 91001000 | +982191001000
          inbound-routes    | name: a, position: 1, trunk: shiraz, to: "extension:101", ring: PT5S, numbers: [NUMBER] | /numbers/0 | 32291000 | +987132291000
          inbound-routes    | name: a, position: 1, to: "extension:101", ring: PT5S, numbers: [NUMBER] | /numbers/0 | 1540 | 1540
          inbound-routes    | name: a, position: 1, to: "extension:101", ring: PT5S, numbers: [NUMBER] | /numbers/0 | +98 21 91001000 | +982191001000
          inbound-routes    | name: a, position: 1, trunk: tehran, to: "extension:101", ring: PT5S, callers: [NUMBER] | /callers/0 | 0912* | +98912*
          inbound-routes    | name: a, position: 1, trunk: istanbul, to: "extension:101", ring: PT5S, callers: [NUMBER] | /callers/0 | 0532* | +90532*
          inbound-routes    | name: a, position: 1, trunk: tehran, to: "extension:101", ring: PT5S, callers: [NUMBER] | /callers/0 | 3000* | 3000*
          inbound-routes    | name: a, position: 1, trunk: tehran, ring: PT5S   | /to                   | number:0912 1234567 | number:+989121234567
          """)
  void numbersAreStoredInInternationalForm(
      String kind, String fields, String pointer, String written, String stored) {
    CompanyYaml.Read read = read(kind, withNumber(fields, pointer, written));
    Company company =
        assertInstanceOf(CompanyYaml.Read.Valid.class, read, read::toString).company();
    PartKind of = PartKind.ofPlural(kind).orElseThrow();
    assertEquals(stored, Json.tree(company.parts(of).getLast()).at(pointer).asText());
  }

  @ParameterizedTest(name = "{0} {2} {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          extensions        | number: 102, name: x, outgoing: iran              | /callerId             | 110                 | number
          extensions        | number: 102, name: x                              | /mobile               | 0912 123 4567       | ambiguous
          extensions        | number: 102, name: x, outgoing: iran              | /forwards/always      | number:call me      | number
          extensions        | number: 102, name: x                              | /forwards/busy        | number:09121234567  | ambiguous
          trunks            | name: a, plan: {country: TR, areaCode: 212}, addresses: [127.0.0.5], fallback: 101 | /callerId | 0212 | number
          outgoing-profiles | name: a, title: x, plan: {country: IR, areaCode: 21}, rules: [{name: a, deny: true, numbers: [NUMBER]}] | /rules/0/numbers/0 | 0* | pattern
          outgoing-profiles | name: a, title: x, plan: {country: RU, areaCode: 495}, rules: [{name: a, deny: true, numbers: [NUMBER]}] | /rules/0/numbers/0 | 8* | pattern
          outgoing-profiles | name: a, title: x, plan: {country: RU, areaCode: 495}, rules: [{name: a, deny: true, numbers: [NUMBER]}] | /rules/0/numbers/0 | mobile | pattern
          menus             | name: a, greeting: hello, dialExtensions: true    | /otherwise            | number:09121234567  | ambiguous
          ring-groups       | name: a, strategy: RING_ALL, members: [101], ring: PT5S | /overflow       | number:09121234567  | ambiguous
          inbound-routes    | name: a, position: 1, to: "extension:101", ring: PT5S, numbers: [NUMBER] | /numbers/0 | 0212 123 4567 | ambiguous
          inbound-routes    | name: a, position: 1, trunk: tehran, to: "extension:101", ring: PT5S, numbers: [NUMBER] | /numbers/0 | 02191001000x | number
          inbound-routes    | name: a, position: 1, to: "extension:101", ring: PT5S, callers: [NUMBER] | /callers/0 | 0912* | pattern
          """)
  void whatIsNoNumberIsRefusedByFieldAndRule(
      String kind, String fields, String pointer, String written, String rule) {
    Faulty faulty =
        assertInstanceOf(Faulty.class, read(kind, withNumber(fields, pointer, written)));
    CompanyYaml.Fault fault = faulty.faults().getFirst();
    assertEquals(
        switch (rule) {
          case "ambiguous" -> WrittenNumbers.AMBIGUOUS;
          case "pattern" -> WrittenPattern.RULE;
          default -> WrittenNumbers.RULE;
        },
        fault.rule().replaceFirst(", not \".*", ""));
    assertEquals(pointer, fault.field().replaceFirst("^/[a-z-]+/[0-9]+", ""));
    assertEquals(1, faulty.faults().size());
  }

  @Test
  void twoWritingsOfOneNumberAreADuplicate() {
    String rules = "rules: [{name: a, deny: true, numbers: ['0909*', '+98909*', '0098909*']}]";
    Faulty faulty =
        assertInstanceOf(
            Faulty.class,
            read(
                "outgoing-profiles",
                "name: a, title: x, plan: {country: IR, areaCode: 21}, " + rules));
    assertEquals(
        List.of("is a duplicate", "is a duplicate"),
        faulty.faults().stream().map(CompanyYaml.Fault::rule).toList());
  }

  @Test
  void anEmergencyNumberMayBeInDigitsOfAnyScript() {
    CompanyYaml.Read read =
        read("emergency-numbers", "name: police, number: ۱۱۰, trunks: [tehran]");
    Company company =
        assertInstanceOf(CompanyYaml.Read.Valid.class, read, read::toString).company();
    assertEquals("110", company.emergencyNumbers().getFirst().number());
  }

  private static String withNumber(String fields, String pointer, String written) {
    String quoted = "'" + written + "'";
    if (fields.contains("NUMBER")) {
      return fields.replace("NUMBER", quoted);
    }
    String name = pointer.substring(pointer.lastIndexOf('/') + 1) + ": " + quoted;
    return fields + ", " + (pointer.startsWith("/forwards") ? "forwards: {" + name + "}" : name);
  }
}
