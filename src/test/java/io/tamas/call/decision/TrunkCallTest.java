package io.tamas.call.decision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.company.Company;
import io.tamas.company.Company.Trunk;
import io.tamas.company.Directory;
import io.tamas.company.Yamls;
import io.tamas.number.CallerId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a trunk's INVITE says, by the settings of the trunk.
class TrunkCallTest {
  private static final SipHeaders UNREAD =
      name -> {
        throw new AssertionError(name + " is read");
      };

  /// Two accounts whose calls come from the same addresses: each has a number that a route names
  /// for it, and `b` shows one; a third number is nobody's.
  private static final Directory SHARED =
      Directory.of(
          Company.of(
              1,
              List.of(
                  Yamls.extension("number: '101', name: Ali"),
                  account("a", ""),
                  account("b", ", callerId: '+74951110003'"),
                  route("a", "a", "+74951110001"),
                  route("b", "b", "+74951110002"),
                  Yamls.part(
                      "inbound-route: {name: any, position: 9, trunk: a, to: 'extension:101', ring: PT20S}"))));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # account      | number from        | request line  | To              | the call is for
          office-a       |                    | office-a      | 84951234567     | 84951234567
          office-a       |                    | office-a      | office-a        | 0
          office-a       |                    | office-a      |                 | 0
          office-a       |                    | 84951234567   | unread          | 84951234567
          1234567        |                    | 1234567       | 84951234567     | 84951234567
          1234567        |                    | 1234567       | 1234567         | 0
          1234567        |                    | 1234567       | alice           | 0
          1234568        |                    | 1234568       | 1234568         | 1234568
          1234567e0      |                    | 1234567e0     | +74951234567    | +74951234567
          1234567e0      |                    | 1234567e0     | 1234567e0       | 0
          12-34          |                    | 1234          | 84951234567     | 84951234567
          74951234567    |                    | 74951234567   | 74951234567     | 74951234567
          74951234567    |                    | 74951234567   | +74951110000    | +74951110000
          office-a       |                    | s             | 84951234567     | 84951234567
          office-a       |                    | another       | 84951234567     | 84951234567
          office-a       |                    | another       | another         | 0
          office-a       | Request-Line       | office-a      | unread          | 0
          office-a       | To                 | 84951110000   | 84951234567     | 84951234567
          office-a       | to                 | 84951110000   | alice           | 84951110000
          office-a       | P-Called-Party-ID  | 84951110000   | 84952220000     | 84953330000
          office-a       | Diversion          | 84951110000   | 84952220000     | 84954440000
          office-a       | X-Number           | office-a      | 84952220000     | 84952220000
          office-a       | X-DID              | 84951110000   | 84952220000     | 84955550000
          office-a       | X-Called-Number    | 84951110000   | 84952220000     | +74956660000
          office-a       | X-Trunk            | 84951110000   | 84952220000     | 84951110000
          """)
  void numberIsWhereTheTrunkSaysElseInTheRequestLineElseInTo(
      String account, String from, String requested, String to, String number) {
    Directory company = company(account, from == null ? "" : ", numberFrom: " + from);
    boolean isNumber = requested.matches("[0-9+]+");
    SipHeaders headers =
        "unread".equals(to)
            ? UNREAD
            : headers(
                Map.of(
                    "to", to == null ? "" : "\"x\" <sip:" + to + "@provider>;tag=1",
                    "p-called-party-id", "<sip:84953330000@provider>",
                    "diversion", "<sip:84954440000@provider>;reason=busy",
                    "x-did", "84955550000",
                    "x-called-number", " +7 (495) 666-00-00 ",
                    "x-trunk", "moscow-1"));
    TrunkCall call =
        TrunkCall.read(
            company.trunk("a").orElseThrow(),
            isNumber ? requested : "0",
            isNumber ? "-|" : "-" + requested + "|",
            headers,
            company);
    assertEquals(number, call.number());
    assertEquals("a", call.trunk().name());
  }

  @Test
  void callsOfAccountsAtOneProviderAreOfTheOneThatIsCalled() {
    Directory company = company("office-a", "");
    Trunk a = company.trunk("a").orElseThrow();
    SipHeaders to = headers(Map.of("to", "<sip:84951234567@provider>"));
    TrunkCall byName = TrunkCall.read(a, "0", "-office-b|", to, company);
    assertEquals("b 84951234567", byName.trunk().name() + " " + byName.number());
    // an account elsewhere is not
    TrunkCall elsewhere = TrunkCall.read(a, "77", "-|", UNREAD, company);
    assertEquals("a 77", elsewhere.trunk().name() + " " + elsewhere.number());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # request line  | To           | the call is of
          office-b        | 84951234567  | b
          office-a        | 84951234567  | a
          84951110001     | unread       | a
          84951110002     | unread       | b
          +74951110002    | unread       | b
          84951110003     | unread       | b
          84951110000     | office-b     | b
          84951110000     | office-a     | a
          84951110000     | 84951110000  | a
          s               | office-b     | b
          """)
  void callIsOfTheAccountThatItNamesOrThatHasItsNumber(String requested, String to, String trunk) {
    boolean isNumber = requested.matches("[0-9+]+");
    SipHeaders headers =
        to.equals("unread") ? UNREAD : headers(Map.of("to", "<sip:" + to + "@provider>"));
    TrunkCall call =
        TrunkCall.read(
            SHARED.trunk("a").orElseThrow(),
            isNumber ? requested : "0",
            isNumber ? "-|" : "-" + requested + "|",
            headers,
            SHARED);
    assertEquals(trunk, call.trunk().name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          <sip:+79161234567@p>                       |           |                                    | +79161234567
          "x" <sip:89161234567@p>                    | none      | <sip:1@p>                          | +79161234567
          <tel:+79161234567>                         |           |                                    | +79161234567
          <sip:alice@p>, <tel:+79161234567>          |           |                                    | +79161234567
          <sip:+79161234567@p>,<tel:+79160000000>    |           |                                    | +79161234567
          <sip:+79161234567@p>                       | id        |                                    | anonymous
          <sip:+79161234567@p>                       | header;id |                                    | anonymous
          <sip:+79161234567@p>                       | user      | <sip:+79160000000@p>               | anonymous
          <sip:+79161234567@p>                       | critical  |                                    | +79161234567
          <sip:anonymous@anonymous.invalid>          |           | <sip:+79160000000@p>               | anonymous
          <sip:+7916%0A1234567@p>                    |           |                                    | anonymous
                                                     |           | <sip:+79161234567@p>;privacy=off   | +79161234567
                                                     |           | <sip:+79161234567@p>;Privacy=FULL  | anonymous
                                                     |           | <sip:+79161234567@p>;privacy="full"| +79161234567
                                                     | id        | <sip:+79161234567@p>;screen=yes    | +79161234567
                                                     |           |                                    | From
          """)
  void trustedTrunkSaysWhoCalls(String asserted, String privacy, String remote, String caller) {
    Directory company = company("office-a", ", callerFrom: ASSERTED");
    SipHeaders headers =
        headers(
            Map.of(
                "p-asserted-identity", asserted == null ? "" : asserted,
                "privacy", privacy == null ? "" : privacy,
                "remote-party-id", remote == null ? "" : remote));
    TrunkCall call =
        TrunkCall.read(company.trunk("a").orElseThrow(), "84951234567", "-|", headers, company);
    assertEquals(caller, call.asserted().map(CallerId::text).orElse("From"));
  }

  @Test
  void secondIdentityMayBeInAHeaderOfItsOwn() {
    Directory company = company("office-a", ", callerFrom: ASSERTED");
    SipHeaders two =
        name ->
            name.equals("P-Asserted-Identity")
                ? List.of("<sip:alice@p>", "<tel:+79161234567>")
                : List.of();
    TrunkCall call =
        TrunkCall.read(company.trunk("a").orElseThrow(), "84951234567", "-|", two, company);
    assertEquals("+79161234567", call.asserted().orElseThrow().text());
  }

  @Test
  void trunkThatIsNotTrustedIsNotAsked() {
    Directory company = company("office-a", "");
    TrunkCall call =
        TrunkCall.read(company.trunk("a").orElseThrow(), "84951234567", "-|", UNREAD, company);
    assertEquals("From", call.asserted().map(CallerId::text).orElse("From"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <sip:84951234567@p>;reason=unconditional      | +74951234567
          x<sip:+74951234567@p><sip:+74950000000@p>     | +74951234567
          <tel:112>                                     | 112
          <sip:102%0A@p>                                | nobody
          <sip:alice@p>                                 | nobody
          <sip:anonymous@p>                             | nobody
          """)
  void whoDivertedIsANumberOrNobody(String diversion, String number) {
    Directory company = company("office-a", "");
    TrunkCall call =
        TrunkCall.read(
            company.trunk("a").orElseThrow(), "84951234567", "-|" + diversion, UNREAD, company);
    assertEquals(number, call.divertedBy().map(CallerId::text).orElse("nobody"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <sip:84951234567@p>;index=1, <sip:84950000001@p;cause=302>;index=1.1                                           | +74951234567
          <sip:84951234567@p?Reason=SIP%3Bcause%3D486>;index=1,<sip:84950000001@p;cause=486>;index=1.1;mp=1              | +74951234567
          <sip:84951234567@p>;index=1, <sip:84957654321@p;cause=302>;index=1.1, <sip:84950000001@p;cause=408>;index=1.2  | +74957654321
          <sip:84951234567@p>;index=1, <sip:84957654321@p>;index=1.1, <sip:84950000001@p;cause=408>;index=1.2;mp=1       | +74951234567
          <tel:+74951234567>;index=1, <sip:84950000001@p;user=phone;cause=302>;index=1.1, <sip:84950000001@q>;index=1.1.1 | +74951234567
          # sent on by proxies only
          <sip:84951234567@p>;index=1, <sip:84950000001@p>;index=1.1;rc=1                                                | nobody
          <sip:84950000001@p;cause=302>;index=1                                                                          | nobody
          <sip:84951234567@p?Privacy=history>;index=1, <sip:84950000001@p;cause=302>;index=1.1                           | nobody
          <sip:shop@p>;index=1, <sip:84950000001@p;cause=302>;index=1.1                                                  | nobody
          <sip:84951234567@p>;index=1, <sip:84950000001@p>;index=1.1;mp=7                                                | nobody
          """)
  void whoDivertedMayBeInTheHistoryOfTheCall(String history, String number) {
    Directory company = company("office-a", "");
    SipHeaders headers = name -> name.equals("History-Info") ? List.of(history) : List.of();
    TrunkCall call =
        TrunkCall.read(company.trunk("a").orElseThrow(), "84951234567", "-|?", headers, company);
    assertEquals(number, call.divertedBy().map(CallerId::text).orElse("nobody"));
  }

  /// The trunks `a` and `b` have accounts at one provider, `c` elsewhere.
  private static Directory company(String account, String settings) {
    String route =
        "inbound-route: {name: own, position: 1, numbers: ['+74951234568'], to: 'extension:101',"
            + " ring: PT20S}";
    return Directory.of(
        Company.of(
            1,
            List.of(
                Yamls.extension("number: '101', name: Ali"),
                trunk("a", "sip.example", account, settings),
                trunk("b", "SIP.example", "office-b", ""),
                trunk("c", "other.example", "77", ""),
                Yamls.part(route))));
  }

  private static Company.Part trunk(String name, String server, String user, String settings) {
    return Yamls.part(
        """
        trunk: {name: %s, plan: {country: RU, areaCode: '495'}, addresses: [], fallback: '101',
          registration: {server: %s, user: '%s'}%s}
        """
            .formatted(name, server, user, settings));
  }

  private static Company.Part account(String name, String settings) {
    return Yamls.part(
        """
        trunk: {name: %s, plan: {country: RU, areaCode: '495'}, addresses: [192.0.2.1], fallback: '101',
          registration: {server: sip.example, user: 'office-%s'}%s}
        """
            .formatted(name, name, settings));
  }

  private static Company.Part route(String name, String trunk, String number) {
    return Yamls.part(
        "inbound-route: {name: %s, position: 1, trunk: %s, numbers: ['%s'], to: 'extension:101', ring: PT20S}"
            .formatted(name, trunk, number));
  }

  private static SipHeaders headers(Map<String, String> values) {
    return name -> {
      String value = values.getOrDefault(name.toLowerCase(Locale.ROOT), "");
      return value.isEmpty() ? List.of() : List.of(value);
    };
  }
}
