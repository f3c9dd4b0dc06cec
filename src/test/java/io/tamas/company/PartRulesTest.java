package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.company.CompanyYaml.Read.Valid;
import io.tamas.number.SipValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each row: the fault that is told, or `ok`; then the part as people write it, which takes the
/// place of the one with its name in a company without a fault.
class PartRulesTest {
  @Test
  void aCompanyWithEveryFieldHasNeitherFaultNorWarning() {
    assertEquals(
        new Valid(Yamls.whole(), List.of()), CompanyYaml.read(Yamls.text("/company/whole.yaml")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ok                                        | extension: {number: 101, name: x, mailbox: {}}
          /mayCall must be the name of an existing extension-group such as "bosses" | extension: {number: 102, name: x, mayCall: [staff, nobody]}
          /outgoing must be the name of an existing outgoing-profile such as "national" | extension: {number: 102, name: x, outgoing: world}
          /callerId must be an E.164 number, + and 7 to 15 digits, such as +982191001000 | extension: {number: 102, name: x, callerId: 02191001000}
          /name must be 1 to 80 characters without control characters or line separators | extension: {number: 102, name: "a\\u0085b"}
          /name must be 1 to 80 characters without control characters or line separators | extension: {number: 102, name: "a\\ud800b"}
          /name must be 1 to 80 characters without control characters or line separators | extension: {number: 102, name: "a\\u2028"}
          /name must be 1 to 80 characters without control characters or line separators | extension: {number: 102, name: "a\\u2029b"}
          /email must be one e-mail address of at most 254 characters, such as leila@example.com | extension: {number: 102, name: x, email: "a@b.ir,c@d.ir"}
          /email must be one e-mail address of at most 254 characters, such as leila@example.com | extension: {number: 102, name: x, email: "a@b.ir\\r\\nBcc: c@d.ir"}
          /email must be one e-mail address of at most 254 characters, such as leila@example.com | extension: {number: 102, name: x, email: "<a@b.ir>"}
          ok                                        | extension: {number: 102, name: x, devices: 10}
          ok                                        | extension: {number: 102, name: x, callWaiting: false, transferKey: "##"}
          ok                                        | extension: {number: 102, name: x, callWaiting: true, transferKey: none}
          /devices must be 1 to 10                  | extension: {number: 102, name: x, devices: 0}
          /devices must be 1 to 10                  | extension: {number: 102, name: x, devices: 11}
          ok                                        | extension: {number: 102, name: x, forwards: {busy: "extension:101", noAnswer: "menu:main", unreachable: "ring-group:late"}}
          ok                                        | extension: {number: 102, name: x, forwards: {}}
          /forwards/busy must not be the extension itself | extension: {number: 102, name: x, forwards: {busy: "extension:102"}}
          /forwards/noAnswer must not be the extension itself | extension: {number: 102, name: x, forwards: {noAnswer: "extension:102"}}
          /forwards/unreachable must not be the extension itself | extension: {number: 102, name: x, forwards: {unreachable: "extension:102"}}
          /forwards/always must be the number of an existing extension such as "101" | extension: {number: 102, name: x, forwards: {always: "extension:999"}}
          /forwards/noAnswer must be the voicemail of an extension that has a mailbox such as "101" | extension: {number: 102, name: x, forwards: {noAnswer: "voicemail:102"}}
          /forwards/noAnswerAfter must be 1 s to 10 min in whole seconds, such as PT25S | extension: {number: 102, name: x, forwards: {noAnswerAfter: PT0.5S}}
          /mailbox/greeting must be the name of an existing prompt such as "away" | extension: {number: 102, name: x, mailbox: {greeting: none}}
          /mailbox/longest must be 1 s to 10 min in whole seconds, such as PT25S | extension: {number: 102, name: x, mailbox: {longest: PT1H}}
          /mailbox/byEmail requires the email of the extension, such as leila@example.com | extension: {number: 102, name: x, mailbox: {byEmail: true}}
          /mailbox/bySms requires the mobile of the extension, such as +989121234567 | extension: {number: 102, name: x, mailbox: {bySms: true}}
          /title must be 1 to 80 characters without control characters or line separators | pickup-group: {name: room, title: " ", members: [101]}
          /title must have a visible character | pickup-group: {name: room, title: "\\u200d", members: [101]}
          /name must have a visible character | extension: {number: 102, name: "\\u3164 \\ufe0f"}
          /members must name an extension, such as "101" | pickup-group: {name: room, title: x, members: []}
          /members/1 is a duplicate                 | pickup-group: {name: room, title: x, members: [101, 101]}
          /members/1 must be the number of an existing extension such as "101" | pickup-group: {name: room, title: x, members: [101, 999]}
          """)
  void extensionsAndPickupGroups(String expected, String part) {
    assertEquals(expected, told(part));
  }

  @Test
  void boundsOfTextsCountCharactersAndNotTheUnitsInWhichTheyAreStored() {
    assertEquals("ok", told("extension: {number: 102, name: " + "😀".repeat(80) + "}"));
    assertEquals(
        "/name must be 1 to 80 characters without control characters or line separators",
        told("extension: {number: 102, name: " + "😀".repeat(81) + "}"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ok | 10.0.0.1
          ok | 10.0.0.1:5060
          ok | sip.provider.example
          ok | provider
          ok | sip-1.provider.example:65535
          ok | [fd00::1]
          ok | [::1]:5061
          no | ''
          no | " "
          no | sip.provider.example:0
          no | sip.provider.example:65536
          no | sip.provider.example:
          no | sip.provider.example:50x
          no | "sip.provider.example; transport=tcp"
          no | sip.provider.example;maddr=10.0.0.1
          no | "a,b"
          no | user@host
          no | "a&PJSIP/101"
          no | "host\\n"
          no | fd00::1
          no | "[fd00::1"
          no | "[fd00::x]"
          no | "[10.0.0.1]"
          no | -host
          no | a..b
          no | sip:host
          no | host/path
          no | ${SHELL(x)}
          no | هاست
          """)
  void aServerIsAHostAndAPort(String expected, String server) {
    String rule = "must be " + SipValue.SERVER.rule();
    String trunk =
        "trunk: {name: provider, plan: {country: IR, areaCode: 21}, addresses: [\"::1\"], ";
    String quoted = !server.startsWith("\"") ? '"' + server + '"' : server;
    assertEquals(
        expected.equals("ok") ? "ok" : "/server " + rule,
        told(trunk + "fallback: 101, server: " + quoted + "}"));
    assertEquals(
        expected.equals("ok") ? "ok" : "/registration/server " + rule,
        told(trunk + "fallback: 101, registration: {user: a, server: " + quoted + "}}"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ok                                             | registration: {server: "[FD00::1]:5060", user: other}
          /addresses/0 already belongs to trunk provider | registration: {server: sip.example, user: other}
          /addresses/0 already belongs to trunk provider | server: "[fd00::1]:5060"
          """)
  void accountsAtOneProviderHaveItsAddressesInCommon(String expected, String fields) {
    assertEquals(
        expected,
        told(
            "trunk: {name: second, plan: {country: IR, areaCode: 21}, addresses: [127.0.0.2],"
                + " fallback: 101, "
                + fields
                + "}"));
  }

  @Test
  void aProxyIsThatOfAServer() {
    assertEquals(
        "/proxy must belong to a server or a registration",
        told(
            "trunk: {name: second, plan: {country: IR, areaCode: 21}, addresses: [127.0.0.9],"
                + " fallback: 101, proxy: b}"));
  }

  @Test
  void aTrunkThatRegistersNeedsNoAddress() {
    String trunk =
        "trunk: {name: provider, plan: {country: IR, areaCode: 21}, addresses: [], fallback: 101";
    assertEquals("ok", told(trunk + ", registration: {server: a, user: b}}"));
    assertEquals(
        "/addresses must name an address, such as 198.51.100.7, if the trunk does not register",
        told(trunk + ", server: a}"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ok | registration: {server: a, user: "0219100_1000.x~y+z*"}
          /registration/user must be 1 to 80 letters, digits and - _ . ! ~ * ' +, such as 02191001000 | server: a, registration: {server: a, user: "a@b"}
          /registration/user must be 1 to 80 letters, digits and - _ . ! ~ * ' +, such as 02191001000 | server: a, registration: {server: a, user: "a;b"}
          ok | registration: {server: a, user: b, authUser: "b@a.example"}
          /registration/authUser must be 1 to 128 letters, digits and - _ . ! ~ * ' + @, such as 02191001000@example.com | server: a, registration: {server: a, user: b, authUser: "b:a"}
          ok | server: a, proxy: "b.example:5070"
          /proxy must be a host name of at most 245 characters or an IP address (IPv6 in brackets), optionally with :port, such as sip.example.com | server: a, proxy: "b;lr"
          /proxy must be a host name of at most 245 characters or an IP address (IPv6 in brackets), optionally with :port, such as sip.example.com | server: a, proxy: "b, <sip:c>"
          /callerId must be an E.164 number, + and 7 to 15 digits, such as +982191001000 | server: a, callerId: "02191001000"
          /calls must be 0 to 10000 | server: a, calls: -1
          /calls must be 0 to 10000 | server: a, calls: 10001
          ok | server: a, site: tehran-2, callerFormat: NATIONAL
          /site must be 1 to 40 of a-z, 0-9 and -, with a letter first, such as sales | server: a, site: Tehran
          /site must be 1 to 40 of a-z, 0-9 and -, with a letter first, such as sales | server: a, site: "te/hran"
          /site must be 1 to 40 of a-z, 0-9 and -, with a letter first, such as sales | server: a, site: ""
          ok | server: a, numberFrom: P-Called-Party-ID, callerFrom: ASSERTED
          ok | server: a, numberFrom: request-line, callerFrom: FROM
          /numberFrom must be the name of a SIP header, such as To, Diversion or P-Called-Party-ID, or Request-Line | server: a, numberFrom: "To,x"
          /numberFrom must be the name of a SIP header, such as To, Diversion or P-Called-Party-ID, or Request-Line | server: a, numberFrom: "${X}"
          """)
  void trunks(String expected, String fields) {
    assertEquals(
        expected,
        told(
            "trunk: {name: provider, plan: {country: IR, areaCode: 21}, addresses: [\"::1\"], fallback: 101, "
                + fields
                + "}"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ok                            | rules: [{name: all, trunks: [provider]}]
          ok                            | rules: []
          ok                            | rules: [{name: all, deny: true}]
          ok                            | rules: [{name: a, numbers: ["+98*", 1XX, "110", anonymous, "+*", "*"], deny: true}]
          /plan/country must be a country of ISO 3166, such as IR | plan: {country: XX, areaCode: ""}, rules: []
          /rules/0/trunks must name a trunk, such as "provider", or the rule must have deny: true | rules: [{name: all}]
          /rules/0/trunks/0 must be the name of an existing trunk such as "provider" | rules: [{name: all, trunks: [none]}]
          /rules/0/trunks/0 must be the name of an existing trunk such as "provider" | rules: [{name: all, deny: true, trunks: [none]}]
          /rules/0/trunks/1 is a duplicate | rules: [{name: all, trunks: [provider, provider]}]
          /rules/0/trunks/1 must be a trunk with a server or a registration: this one is inbound only | rules: [{name: all, trunks: [provider, in-only]}]
          /rules/0/name must be 1 to 40 of a-z, 0-9 and -, with a letter first, such as sales | rules: [{name: All, deny: true}]
          /rules/1/name is a duplicate  | rules: [{name: all, deny: true}, {name: all, deny: true}]
          /rules/0/numbers/0 must be digits, with + before, X for any digit, and * for any further digits, such as +98912* | rules: [{name: a, deny: true, numbers: ["+98 912"]}]
          /rules/0/numbers/0 must be digits, with + before, X for any digit, and * for any further digits, such as +98912* | rules: [{name: a, deny: true, numbers: ["_X."]}]
          /rules/0/numbers/0 must be digits, with + before, X for any digit, and * for any further digits, such as +98912* | rules: [{name: a, deny: true, numbers: ["۰۹۱۲"]}]
          /rules/0/numbers/1 is a duplicate | rules: [{name: a, deny: true, numbers: ["1", "1"]}]
          /rules/0/strip must be 0 to 15 | rules: [{name: a, trunks: [provider], strip: 16}]
          /rules/0/strip must be 0 to 15 | rules: [{name: a, trunks: [provider], strip: -1}]
          /rules/0/prefix must be 1 to 15 digits, such as '0' | rules: [{name: a, trunks: [provider], prefix: "9,1"}]
          /rules/0/prefix must be 1 to 15 digits, such as '0' | rules: [{name: a, trunks: [provider], prefix: "w9"}]
          /limits/countries must be a country of ISO 3166, such as IR | rules: [], limits: {countries: [IR, XX]}
          /limits/calls must be 0 to 1000 | rules: [], limits: {calls: -1}
          /limits/perDay must be 1 s to 24 h in whole seconds, such as PT2H | rules: [], limits: {perDay: PT25H}
          /limits/perDay must be 1 s to 24 h in whole seconds, such as PT2H | rules: [], limits: {perDay: PT0S}
          ok                            | rules: [], limits: {}
          """)
  void outgoingProfiles(String expected, String fields) {
    String plan = fields.startsWith("plan") ? "" : "plan: {country: IR, areaCode: 21}, ";
    assertEquals(
        expected, told("outgoing-profile: {name: national, title: x, " + plan + fields + "}"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ok                            | emergency-number: {name: fire, number: 125, trunks: [provider]}
          /number must be 2 to 8 digits, such as 110 | emergency-number: {name: fire, number: "+125", trunks: [provider]}
          /number must be 2 to 8 digits, such as 110 | emergency-number: {name: fire, number: "1", trunks: [provider]}
          /number already belongs to emergency-number fire | emergency-number: {name: fire, number: 110, trunks: [provider]}
          /trunks must name a trunk, such as "provider" | emergency-number: {name: fire, number: 125, trunks: []}
          /trunks/0 must be a trunk with a server or a registration: this one is inbound only | emergency-number: {name: fire, number: 125, trunks: [in-only]}
          """)
  void emergencyNumbers(String expected, String part) {
    assertEquals(expected, told(part));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ok                             | prompt: {name: p, texts: {fa: "سلام 👋"}}
          must have a sound, texts or audio | prompt: {name: p}
          must have a sound, texts or audio | prompt: {name: p, texts: {}}
          /texts/farsi must be two or three letters of ISO 639, such as fa | prompt: {name: p, texts: {farsi: x}}
          /texts/..~1x must be two or three letters of ISO 639, such as fa | prompt: {name: p, texts: {../x: x}}
          /texts/fa must be 1 to 1000 characters without control characters or line separators | prompt: {name: p, texts: {fa: "a\\nb"}}
          /texts/fa must be 1 to 1000 characters without control characters or line separators | prompt: {name: p, texts: {fa: "a\\u001bb"}}
          /texts/fa must be 1 to 1000 characters without control characters or line separators | prompt: {name: p, texts: {fa: " "}}
          /audio/f must be two or three letters of ISO 639, such as fa | prompt: {name: p, audio: {f: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}}
          /audio/fa must be the SHA-256 of uploaded audio | prompt: {name: p, audio: {fa: ../../etc/passwd}}
          /audio/fa must be the SHA-256 of uploaded audio | prompt: {name: p, audio: {fa: AAAAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}}
          /sound must be the name of a sound of Asterisk such as demo-congrats: up to 80 letters, digits, _, - and / between them | prompt: {name: p, sound: /etc/passwd}
          ok                             | menu: {name: main, greeting: welcome, dialExtensions: true, otherwise: "extension:101"}
          ok                             | menu: {name: main, greeting: welcome, dialExtensions: true, otherwise: "extension:101", number: 900}
          /number is the number of extension 101 already; /number is the number of menu main already | menu: {name: main, greeting: welcome, dialExtensions: true, otherwise: "extension:101", number: 101}
          /options must have a key such as "1": "extension:101", unless dialExtensions is true | menu: {name: main, greeting: welcome, otherwise: "extension:101"}
          /greeting must be the name of an existing prompt such as "away" | menu: {name: main, greeting: none, dialExtensions: true, otherwise: "extension:101"}
          /options/12 must be a key, 0 to 9 or *, such as "1" | menu: {name: main, greeting: welcome, options: {"12": "extension:101"}, otherwise: "extension:101"}
          /options/# must be a key, 0 to 9 or *, such as "1" | menu: {name: main, greeting: welcome, options: {"#": "extension:101"}, otherwise: "extension:101"}
          /options/۱ must be a key, 0 to 9 or *, such as "1" | menu: {name: main, greeting: welcome, options: {"۱": "extension:101"}, otherwise: "extension:101"}
          /options/1 must be the name of an existing menu such as "more" | menu: {name: main, greeting: welcome, options: {1: "menu:none"}, otherwise: "extension:101"}
          /options/1 must be the voicemail of an extension that has a mailbox such as "101" | menu: {name: main, greeting: welcome, options: {1: "voicemail:102"}, otherwise: "extension:101"}
          /patience must be 1 s to 1 min in whole seconds, such as PT5S | menu: {name: main, greeting: welcome, dialExtensions: true, patience: PT61S, otherwise: "extension:101"}
          /tries must be 0 to 10         | menu: {name: main, greeting: welcome, dialExtensions: true, tries: 11, otherwise: "extension:101"}
          /noInput must be the name of an existing prompt such as "away" | menu: {name: main, greeting: welcome, dialExtensions: true, noInput: x, otherwise: "extension:101"}
          /wrongInput must be the name of an existing prompt such as "away" | menu: {name: main, greeting: welcome, dialExtensions: true, wrongInput: x, otherwise: "extension:101"}
          /otherwise must be the name of an existing ring-group such as "late" | menu: {name: main, greeting: welcome, dialExtensions: true, otherwise: "ring-group:x"}
          /wrong must be the name of an existing prompt such as "away" | menu: {name: main, greeting: welcome, dialExtensions: true, otherwise: "extension:101", wrong: "announcement:x"}
          """)
  void promptsAndMenus(String expected, String part) {
    assertEquals(expected, told(part));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ok                                  | ring-group: {name: sales, strategy: RING_ALL, members: [101, 102], delays: {101: PT1S, 102: PT19S}, ring: PT20S}
          ok                                  | ring-group: {name: sales, strategy: RING_ALL, members: [101, 102], ring: PT20S, forwards: FOLLOW, number: 601}
          /number is the number of extension 102 already; /number is the number of ring-group sales already | ring-group: {name: sales, strategy: RING_ALL, members: [101, 102], ring: PT20S, number: 102}
          /delays is allowed with strategy: RING_ALL only | ring-group: {name: sales, strategy: RANDOM, members: [101, 102], delays: {102: PT5S}, ring: PT20S}
          /delays/103 must be the number of a member, one of 101, 102 | ring-group: {name: sales, strategy: RING_ALL, members: [101, 102], delays: {103: PT5S}, ring: PT20S}
          /delays/102 must be whole seconds and shorter than the group's ring of PT20S, such as PT5S | ring-group: {name: sales, strategy: RING_ALL, members: [101, 102], delays: {102: PT20S}, ring: PT20S}
          /delays/102 must be whole seconds and shorter than the group's ring of PT20S, such as PT5S | ring-group: {name: sales, strategy: RING_ALL, members: [101, 102], delays: {102: PT0.1S}, ring: PT20S}
          /overflow must be the name of an existing menu such as "main" | ring-group: {name: sales, strategy: RING_ALL, members: [101], ring: PT20S, overflow: "menu:x"}
          /callers/0 must be digits, with + before, X for any digit, and * for any further digits, such as +98912* | inbound-route: {name: rest, position: 1, callers: ["98-21"], to: "extension:101", ring: PT5S}
          /callers/1 is a duplicate           | inbound-route: {name: rest, position: 1, callers: [anonymous, anonymous], to: "extension:101", ring: PT5S}
          /language must be two or three letters of ISO 639, such as fa | inbound-route: {name: rest, position: 1, to: "extension:101", ring: PT5S, language: FA}
          /to must be the voicemail of an extension that has a mailbox such as "101" | inbound-route: {name: rest, position: 1, to: "voicemail:102", ring: PT5S}
          """)
  void ringGroupsAndRoutes(String expected, String part) {
    assertEquals(expected, told(part));
  }

  private static String told(String part) {
    return CompanyRules.faults(Yamls.wholeWith(Yamls.part(part))).stream()
        .map(fault -> (fault.pointer() + " " + fault.rule()).strip())
        .map(told -> told.replaceFirst(", not (\".*\"|-?[0-9]+)$", ""))
        .reduce((one, other) -> one + "; " + other)
        .orElse("ok");
  }
}
