package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawCaller;
import io.tamas.lab.RawPhone;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Of which trunk a call is, for which number, from whom, and by whom it was diverted, as providers
/// say it in their different ways.
@InTheLab
class TrunkCallIT {
  private static final String FROM = "<sip:+989121110002@example.com>";
  private static final int BUSY = 486;

  private static Map<String, Object> account(String user) {
    return Map.of("registration", Map.of("server", "127.0.0.1:9", "user", user));
  }

  private static Map<String, Object> account(String user, String setting, String value) {
    return Map.of("registration", Map.of("server", "127.0.0.1:9", "user", user), setting, value);
  }

  @Test
  void callToTheAccountIsForTheNumberInTo(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    RawPhone mina = lab.rawDeskPhone("Mina").registers();
    Line line = lab.line(lab.phone("Zahra"));
    String number = line.number("extension:" + reza.number());
    anyNumber(lab, line, mina);
    for (String account : List.of("office-a", "1234567", "1234567e0", "_.!~*'+-")) {
      line.isSetUp(account(account));
      rings(lab, reza, line, account, "\"Office, Tehran\" <sip:" + number + "@p>", number);
      rings(lab, mina, line, account, "<sip:" + account + "@p>", "");
    }
    line.isSetUp(account("office-a"));
    rings(lab, reza, line, "", "<tel:" + number + ">", number);
    rings(lab, reza, line, number, "<sip:+982100000000@p>", number);
  }

  @Test
  void numberIsWhereTheTrunkSays(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Line line = lab.line(lab.phone("Zahra"));
    String number = line.number("extension:" + reza.number());
    String other = line.number("number:+989121234567");
    for (String header : List.of("P-Called-Party-ID", "Diversion", "X-Dialled")) {
      line.isSetUp(account("office-a", "numberFrom", header));
      String headers = header + ": <sip:" + number + "@p>;x=y\n";
      rings(lab, reza, line, other, "<sip:" + other + "@p>", FROM, headers, number);
    }
    line.isSetUp(account("office-a", "numberFrom", "To"));
    rings(lab, reza, line, other, "<sip:" + number + "@p>", number);
  }

  @Test
  void callsOfTwoAccountsAtOneProviderAreToldApart(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    RawPhone mina = lab.rawDeskPhone("Mina").registers();
    Phone zahra = lab.phone("Zahra");
    Line first = lab.line(zahra).isSetUp(account("1001"));
    Line second = lab.line(zahra);
    second.isSetUp(
        Map.of(
            "addresses",
            List.of(first.address()),
            "registration",
            Map.of("server", "127.0.0.1:9", "user", "1002e0")));
    anyNumber(lab, first, reza);
    anyNumber(lab, second, mina);
    try (RawCaller caller = first.rawCaller()) {
      caller.calls("1001", "<sip:1001@p>", FROM, "");
      assertEquals(first.trunk(), live(lab, reza).path("trunk").asText());
      reza.refuses();
      caller.isTold(BUSY);
    }
    try (RawCaller caller = first.rawCaller()) {
      caller.calls("1002e0", "<sip:1002e0@p>", FROM, "");
      assertEquals(second.trunk(), live(lab, mina).path("trunk").asText());
      mina.refuses();
      caller.isTold(BUSY);
    }
  }

  /// @param headers each ended by a newline
  /// @param caller in the record
  /// @param shown on the called phone
  private record Identity(String from, String headers, String caller, String shown) {}

  @Test
  void callerIsInTheIdentityThatATrustedTrunkAsserts(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Line line = lab.line(lab.phone("Zahra"));
    String number = line.number("extension:" + reza.number());
    line.isSetUp(account("982191001000", "callerFrom", "ASSERTED"));
    lab.awaitsConsole("pjsip show endpoint trunk-" + line.trunk(), "trust_id_inbound : true");
    String account = "<sip:982191001000@p>";
    String ali = "P-Asserted-Identity: \"Ali\" <sip:09121110003@p>\n";
    for (Identity one :
        List.of(
            new Identity(account, ali, "+989121110003", "+989121110003"),
            new Identity(
                account,
                "P-Asserted-Identity: <tel:+989121110003>\n",
                "+989121110003",
                "+989121110003"),
            new Identity(
                account,
                "P-Asserted-Identity: <sip:a@p>, <tel:+989121110003>\n",
                "+989121110003",
                "+989121110003"),
            new Identity(
                account,
                "P-Asserted-Identity: <sip:a@p>\n" + ali,
                "+989121110003",
                "+989121110003"),
            new Identity(account, ali + "Privacy: id\n", "anonymous", "anonymous"),
            new Identity(account, ali + "Privacy: user;critical\n", "anonymous", "anonymous"),
            new Identity(
                account,
                "Remote-Party-ID: <sip:09121110003@p>;screen=yes\n",
                "+989121110003",
                "+989121110003"),
            new Identity(
                account,
                "Remote-Party-ID: <sip:09121110003@p>;privacy=full\n",
                "anonymous",
                "anonymous"),
            new Identity(
                account,
                "P-Asserted-Identity: \"\u202E\" <sip:0912%0A1@p>\n",
                "anonymous",
                "anonymous"),
            new Identity(
                account,
                "P-Asserted-Identity: <sip:" + reza.number() + "@p>\n",
                "anonymous",
                "anonymous"),
            new Identity(FROM, "", "+989121110002", "+989121110002"))) {
      try (RawCaller caller = line.rawCaller()) {
        caller.calls(number, "<sip:" + number + "@p>", one.from(), one.headers());
        assertEquals(one.caller(), live(lab, reza).path("caller").asText(), one.toString());
        String invite = reza.received("INVITE").getLast();
        String from = header(invite, "From");
        assertTrue(from.toLowerCase().contains("sip:" + one.shown() + "@"), one + " " + from);
        assertFalse(invite.contains("\u202E") || invite.contains("%0A"), invite);
        reza.refuses();
        caller.isTold(BUSY);
      }
    }
    line.isSetUp(account("982191001000"));
    lab.awaitsConsole("pjsip show endpoint trunk-" + line.trunk(), "trust_id_inbound : false");
    try (RawCaller caller = line.rawCaller()) {
      caller.calls(number, "<sip:" + number + "@p>", account, ali);
      assertEquals("+982191001000", live(lab, reza).path("caller").asText());
      reza.refuses();
      caller.isTold(BUSY);
    }
  }

  @Test
  void whoDivertedTheCallIsInTheRecord(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Line line = lab.line(lab.phone("Zahra"));
    String number = line.number("extension:" + reza.number());
    Map<String, String> diverted =
        Map.of(
            "Diversion: \"Shop\" <sip:02188776655@p>;reason=unconditional, <sip:1@p>",
            "+982188776655",
            "Diversion: <sip:shop@p>",
            "",
            "Diversion: <sip:02188776655%0A@p>",
            "",
            "Diversion: <sip:" + reza.number() + "@p>",
            "",
            """
            History-Info: <sip:02188776655@p?Reason=SIP%3Bcause%3D302>;index=1
            History-Info: <sip:02191001000@p;cause=302>;index=1.1;mp=1\
            """,
            "+982188776655",
            """
            History-Info: <sip:02144445555@p>;index=1, <sip:1@p;cause=302>;index=1.1
            Diversion: <sip:02188776655@p>;reason=unconditional\
            """,
            "+982188776655");
    diverted.forEach((header, by) -> {
      try (RawCaller caller = line.rawCaller()) {
        caller.calls(number, FROM, header + "\n");
        JsonNode call = live(lab, reza);
        assertEquals(by, call.path("divertedBy").asText(), header);
        reza.refuses();
        caller.isTold(BUSY);
        JsonNode record = lab.office().get("/calls/" + call.path("id").asText());
        assertEquals(by, record.path("divertedBy").asText(), header);
        assertEquals(line.trunk(), record.path("trunk").asText());
      }
    });
    assertEquals(List.of(), lab.office().recordsUnlikeTheJournal());
  }

  @Test
  void whatAPhoneSaysOfDiversionsStaysInTheCompany(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Line line = lab.line(lab.phone("Reza"));
    RawPhone babak = line.rawCallee("Babak");
    lab.mayCallOver(zahra.number(), Map.of(), line);
    zahra.calls(
        zahra.uriOf(babak.number()),
        "<sip:" + zahra.number() + "@127.0.0.1>",
        """
        Diversion: <sip:+982133334444@x>;reason=unconditional
        History-Info: <sip:+982133334444@x>;index=1
        P-Asserted-Identity: <sip:+982133334444@x>
        P-Preferred-Identity: <sip:+982133334444@x>
        Remote-Party-ID: <sip:+982133334444@x>
        Referred-By: <sip:+982133334444@x>
        P-Called-Party-ID: <sip:+982133334444@x>
        """);
    babak.rings();
    String invite = babak.received("INVITE").getFirst();
    assertFalse(invite.contains("2133334444"), invite);
    assertFalse(invite.contains("\r\nDiversion:"), invite);
    babak.refuses();
    zahra.isTold(BUSY);
  }

  private static void rings(
      Lab lab, RawPhone phone, Line line, String user, String to, String number) {
    rings(lab, phone, line, user, to, FROM, "", number);
  }

  private static void rings(
      Lab lab,
      RawPhone phone,
      Line line,
      String user,
      String to,
      String from,
      String headers,
      String number) {
    try (RawCaller caller = line.rawCaller()) {
      caller.calls(user, to, from, headers);
      JsonNode call = live(lab, phone);
      assertEquals(number, call.path("requested").asText(), user + " " + to + " " + headers);
      assertEquals(line.trunk(), call.path("trunk").asText());
      phone.refuses();
      caller.isTold(BUSY);
    }
  }

  /// The call that rings at the phone.
  private static JsonNode live(Lab lab, RawPhone phone) {
    phone.rings();
    return lab.newLiveCall(call -> parties(call).contains(phone.number()));
  }

  private static Set<String> parties(JsonNode call) {
    return Set.copyOf(call.path("legs").findValuesAsText("party"));
  }

  private static void anyNumber(Lab lab, Line line, RawPhone phone) {
    lab.office()
        .part(
            "inbound-routes",
            Map.of(
                "position",
                100_000,
                "trunk",
                line.trunk(),
                "to",
                "extension:" + phone.number(),
                "ring",
                "PT20S"));
  }

  private static String header(String message, String name) {
    return message.lines().filter(line -> line.startsWith(name + ":")).findFirst().orElse("");
  }
}
