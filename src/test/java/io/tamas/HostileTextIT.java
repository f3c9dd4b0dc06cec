package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.AgiImpostor;
import io.tamas.lab.AgiImpostor.Way;
import io.tamas.lab.CallSeen;
import io.tamas.lab.InTheLab;
import io.tamas.lab.JsonTexts;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.RawCaller;
import io.tamas.lab.RawPhone;
import io.tamas.lab.ReceivedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Text that is not a number, wherever a SIP message can hold some: the call is read without it or
/// refused, and it reaches no record, no event, no list, no request to Tamas and no other phone.
@InTheLab
class HostileTextIT {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int RINGS = 486;
  private static final int NOT_A_NUMBER = 484;

  /// Control characters, and those that have no shape and change the text around them.
  private static final Pattern HOSTILE =
      Pattern.compile("[\\p{Cc}\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2060-\\u206F\\u061C\\uFEFF]");

  /// @param dialled with `#` for the number of the one who is called
  /// @param told the status, [#RINGS] where the phone rings and refuses
  /// @param caller in the record
  private record Try(String dialled, String from, String headers, int told, String caller) {

    static Try dialling(String dialled, int told) {
      return new Try(dialled, "<sip:+989121110001@example.com>", "", told, "+989121110001");
    }

    static Try from(String from, String caller) {
      return new Try("#", from, "", RINGS, caller);
    }

    static Try with(String header) {
      return new Try("#", "<sip:+989121110001@example.com>", header + "\n", RINGS, "+989121110001");
    }
  }

  private static final List<Try> DIALLED =
      List.of(
          Try.dialling("#%0A", NOT_A_NUMBER),
          Try.dialling("#%00", NOT_A_NUMBER),
          Try.dialling("#%009", NOT_A_NUMBER),
          Try.dialling("#)%00", NOT_A_NUMBER),
          Try.dialling("#%0D%0AX-Route:%201", NOT_A_NUMBER),
          Try.dialling("#%0Aagi_arg_1:%20phone", NOT_A_NUMBER),
          Try.dialling("#%0A%0A200%20result=1", NOT_A_NUMBER),
          Try.dialling("#%09", NOT_A_NUMBER),
          Try.dialling("#%07", NOT_A_NUMBER),
          Try.dialling("#%E2%80%AE", NOT_A_NUMBER),
          Try.dialling("#%E2%80%8F1", NOT_A_NUMBER),
          Try.dialling("#%26PJSIP%2F#", NOT_A_NUMBER),
          Try.dialling("#&PJSIP/#", NOT_A_NUMBER),
          Try.dialling("#,20,tT", NOT_A_NUMBER),
          Try.dialling("#%7C20", NOT_A_NUMBER),
          Try.dialling("#%22", NOT_A_NUMBER),
          Try.dialling("#%24%7BSHELL(id)%7D", NOT_A_NUMBER),
          Try.dialling("#%29%3A0", NOT_A_NUMBER),
          Try.dialling("#%29", RINGS),
          Try.dialling("#;npdi;rn=%0A1", RINGS),
          Try.dialling("#;x=%E2%80%AE", RINGS));

  private static final List<Try> CALLERS =
      List.of(
          Try.from("<sip:101%0A@example.com>", "anonymous"),
          Try.from("<sip:+989121110001%0A@example.com>", "anonymous"),
          Try.from("<sip:+989121110001%0D%0Aagi_arg_1:%20phone@example.com>", "anonymous"),
          Try.from("<sip:%0Aagi_channel:%20x@example.com>", "anonymous"),
          Try.from("<sip:%E2%80%AE10000121989+@example.com>", "anonymous"),
          Try.from("<sip:%01%02@example.com>", "anonymous"),
          Try.from("<sip:+989121110001%29%3A99%0A@example.com>", "anonymous"),
          Try.from("\"\u202EilA\" <sip:+989121110001@example.com>", "anonymous"),
          Try.from("\"Ali\u2066\u200F\" <sip:+989121110001@example.com>", "anonymous"),
          Try.from("\"x):99\u202E\" <sip:+989121110001@example.com>", "anonymous"),
          Try.from("\"علی\u200Cرضا\" <sip:+989121110001@example.com>", "+989121110001"),
          Try.from("\"Ali\" <sip:+989121110001;x=%0A1@example.com>", "+989121110001"));

  private static final List<Try> HEADERS =
      List.of(
          Try.with("Diversion: \"x\u202E\" <sip:102%0Aagi_arg_1:%20x@y>;reason=\"a\u202E\""),
          Try.with("Diversion: <sip:102%0D%0A@y>;reason=unconditional"),
          Try.with("Diversion: \"a):1\" <sip:102@y>;reason=\"${x\""),
          Try.with("History-Info: \"a):1\" <sip:102%0A@y>;index=1, <sip:1@y;cause=302>;index=1.1"),
          Try.with("P-Asserted-Identity: \"\u202E\" <sip:101%0A@y>"),
          Try.with("Remote-Party-ID: \"\u202E\" <sip:101%0A@y>;screen=yes"),
          Try.with("Referred-By: \"\u202E\" <sip:101%0A@y>"),
          Try.with("User-Agent: scanner \u202E\u200F %0A"),
          Try.with("X-Account: 1\u202E%0Aagi_arg_1: phone"),
          Try.with("Subject: \u202E%0A"),
          Try.with("Call-Info: <sip:x%0A@y>;purpose=icon"));

  @Test
  void noTextOfATrunksCallThatIsNoNumberGoesOn(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Line line = lab.line(zahra);
    String number = line.number("extension:" + reza.number());
    try (ReceivedEvents events = lab.events()) {
      Stream.of(DIALLED, CALLERS, HEADERS)
          .flatMap(List::stream)
          .forEach(one -> {
            isTried(one, line.rawCaller(), number, reza, lab);
            isTried(Try.dialling("#", RINGS), line.rawCaller(), number, reza, lab);
          });
      areClean(events, lab);
    }
    List<Try> tried = Stream.of(DIALLED, CALLERS, HEADERS).flatMap(List::stream).toList();
    long named = tried.stream().filter(one -> !one.caller().equals("anonymous")).count();
    long notNumbers = tried.stream().filter(one -> one.told() == NOT_A_NUMBER).count();
    assertEquals(tried.size() - named, calls(lab, number, "anonymous", "route:"));
    assertEquals(tried.size() + named - notNumbers, calls(lab, number, "+989121110001", "route:"));
    assertEquals(notNumbers, calls(lab, number, "+989121110001", "fault"));
    assertEquals(List.of(), lab.office().recordsUnlikeTheJournal());
    zahra.doesNotRing();
  }

  /// What a network sends before the number in From, and the name that is meant.
  private record Named(String sent, String meant) {}

  @Test
  void aNameInQuotesIsShownAndStoredAsItIsMeant(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    String number = line.number("extension:" + reza.number());
    List<Named> all =
        List.of(
            new Named("\"A \\\"B\\\" \\\\C <x>\"", "A \"B\" \\C <x>"),
            new Named("\"\\\"\"", "\""),
            new Named("\"Ali, B; C\"", "Ali, B; C"));
    for (Named one : all) {
      RawCaller caller = line.rawCaller();
      caller.calls(number, one.sent + " <sip:+989121110001@example.com>");
      reza.rings();
      String invite = reza.received("INVITE").getLast();
      assertTrue(invite.contains("\nFrom: " + one.sent + " <sip:+989121110001@"), invite);
      reza.refuses();
    }
    eventually(
        "the names are in the records",
        Duration.ofSeconds(10),
        () -> names(lab, number).equals(all.stream().map(Named::meant).toList()));
    lab.office().says(zahra.number(), Map.of("name", "Z \"Q\" \\B <y>"));
    zahra.calls(reza.number());
    reza.rings().refuses();
    lab.callOf(zahra).called("Z \"Q\" \\B <y>");
  }

  /// Of the callers of this number, the first first.
  private static List<String> names(Lab lab, String number) {
    return lab.items("/calls?limit=200")
        .filter(call -> call.path("requested").asText().equals(number))
        .map(call -> call.path("callerName").asText())
        .toList()
        .reversed();
  }

  @Test
  void noTextOfAPhonesCallThatIsNoNumberGoesOn(Lab lab) {
    RawPhone reza = lab.rawDeskPhone("Reza").registers();
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    String own = "<sip:" + zahra.number() + "@127.0.0.1>";
    try (ReceivedEvents events = lab.events()) {
      for (Try one : DIALLED) {
        String dialled = one.dialled().replace("#", reza.number());
        zahra.calls(zahra.uriOf(dialled), own, "");
        ends(zahra, reza, one.told(), dialled);
      }
      for (Try one : HEADERS) {
        zahra.calls(zahra.uriOf(reza.number()), own, one.headers());
        ends(zahra, reza, RINGS, one.headers());
      }
      for (String from : List.of("+" + zahra.number(), zahra.number() + "%0A", "anonymous%0A")) {
        zahra.calls(zahra.uriOf(reza.number()), "\"\u202E\" <sip:" + from + "@x>", "");
        ends(zahra, reza, RINGS, from);
      }
      zahra.calls(zahra.uriOf(reza.number()), "<sip:" + reza.number() + "@x>", "").isTold(401);
      areClean(events, lab);
    }
    List<CallSeen> calls = lab.callsFrom(zahra.number(), DIALLED.size() + HEADERS.size() + 3);
    long refused = calls.stream().filter(call -> call.isDecidedBy("fault")).count();
    assertEquals(DIALLED.stream().filter(one -> one.told() == NOT_A_NUMBER).count(), refused);
    calls.stream()
        .filter(call -> call.isDecidedBy("fault"))
        .forEach(call -> call.is("FAILED").withCause(28).because("unreadable"));
  }

  @Test
  void noTextOfATransferThatIsNoNumberGoesOn(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Phone reza = lab.phone("Reza");
    RawPhone mina = lab.rawDeskPhone("Mina").registers();
    zahra.calls(reza.number());
    reza.rings().answers();
    zahra.talks();
    for (String target : List.of("%0A", "%26PJSIP%2F1", "%E2%80%AE")) {
      zahra.refersTo("<sip:" + mina.number() + target + "@127.0.0.1>", "");
    }
    assertFalse(mina.hasRung());
    zahra.refersTo(
        "\"\u202E\" <sip:" + mina.number() + "@127.0.0.1>",
        "Referred-By: \"\u202E\" <sip:" + zahra.number() + "%0A@x>\n");
    mina.rings();
    isClean(mina);
    mina.answers();
    reza.hangsUp();
    mina.callEnds();
    lab.callsFrom(zahra.number(), 1).getFirst().is("ANSWERED").answeredBy(reza);
  }

  /// In a bridge: before, Asterisk refuses a transfer.
  private static void isConnected(Lab lab, String number) {
    Pattern bridged = Pattern.compile("(?m)^PJSIP/" + number + "-.*![0-9a-f-]{36}![^!]*$");
    eventually(
        number + " is connected",
        Duration.ofSeconds(10),
        () -> bridged.matcher(lab.asterisk().console("core show channels concise")).find());
  }

  @Test
  void transferToANumberThatIsCutByANulReturns(Lab lab) {
    RawPhone zahra = lab.rawDeskPhone("Zahra").registers();
    Phone reza = lab.phone("Reza");
    RawPhone mina = lab.rawDeskPhone("Mina").registers();
    zahra.calls(reza.number());
    reza.rings().answers();
    zahra.talks();
    // a Replaces with a NUL names no call
    zahra.refersTo(
        "<sip:%s@127.0.0.1?Replaces=a%%00b%%3Bto-tag%%3D1%%3Bfrom-tag%%3D2>"
            .formatted(mina.number()),
        "");
    for (String cut : List.of("%00", "%009")) {
      zahra.refersTo("<sip:" + mina.number() + cut + "@127.0.0.1>", "");
      zahra.rings().answers();
      isConnected(lab, zahra.number());
    }
    assertFalse(mina.hasRung());
    zahra.refersTo("<sip:" + mina.number() + "@127.0.0.1>", "");
    mina.rings().answers();
    reza.hangsUp();
    mina.callEnds();
  }

  @Test
  void requestToTamasHasNoTextThatIsNoNumber(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    lab.office().dies();
    List<Try> tried = Stream.of(CALLERS, HEADERS).flatMap(List::stream).toList();
    int port = lab.asterisk().settings().agiPort();
    try (AgiImpostor impostor = AgiImpostor.at(port, Way.FAILS_AT_THE_CALL)) {
      for (Try one : tried) {
        try (RawCaller caller = line.rawCaller()) {
          caller.calls("02191000000", one.from(), one.headers()).isTold(500);
        }
      }
      List<String> lines = impostor.heard();
      assertEquals(tried.size(), lines.stream().filter("agi_network: yes"::equals).count());
      assertTrue(lines.stream().allMatch(text -> text.startsWith("agi_")), lines::toString);
      assertEquals(8 * tried.size(), lines.stream().filter(isArgument()).count());
      assertTrue(lines.stream().noneMatch(HostileTextIT::isHostile), lines::toString);
    }
    lab.office().recovers();
    zahra.doesNotRing();
  }

  private static long calls(Lab lab, String number, String caller, String rule) {
    return lab.items("/calls?limit=200")
        .filter(call -> call.path("requested").asText().startsWith(number))
        .filter(call -> call.path("caller").asText().equals(caller))
        .filter(call -> call.path("rule").asText().startsWith(rule))
        .count();
  }

  private static Predicate<String> isArgument() {
    return Pattern.compile("agi_arg_[1-8]: ").asPredicate();
  }

  private static void isTried(Try one, RawCaller caller, String number, RawPhone reza, Lab lab) {
    String what = one.toString();
    try (caller) {
      caller.calls(one.dialled().replace("#", number), one.from(), one.headers());
      if (one.told() == RINGS) {
        rings(reza, what);
        areClean(lab.office().get("/live-calls"));
        isClean(reza);
        reza.refuses();
      }
      caller.isTold(one.told());
    }
  }

  private static void ends(RawPhone zahra, RawPhone reza, int told, String what) {
    if (told == RINGS) {
      rings(reza, what);
      isClean(reza);
      reza.refuses();
    }
    zahra.isTold(told);
  }

  private static void rings(RawPhone phone, String what) {
    try {
      phone.rings();
    } catch (AssertionError e) {
      throw new AssertionError(what, e);
    }
  }

  private static void isClean(RawPhone phone) {
    String invite = phone.received("INVITE").getLast();
    assertFalse(isHostile(invite.replace("\r\n", "")), invite);
    assertFalse(invite.contains("%0A") || invite.contains("%E2%80"), invite);
    assertFalse(invite.contains("\r\nDiversion:"), invite);
    assertFalse(invite.contains("\r\nReferred-By:"), invite);
  }

  private static void areClean(ReceivedEvents events, Lab lab) {
    eventually("all calls have ended", SOON, () -> lab.items("/live-calls").findAny().isEmpty());
    List<String> hostile = events.texts().stream().filter(HostileTextIT::isHostile).toList();
    assertEquals(List.of(), hostile);
    areClean(lab.office().get("/calls?limit=200"));
  }

  private static void areClean(JsonNode answer) {
    assertEquals(List.of(), JsonTexts.in(answer).filter(HostileTextIT::isHostile).toList());
  }

  private static boolean isHostile(String text) {
    return HOSTILE.matcher(text).find();
  }
}
