package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.lab.CallSeen;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls to Zahra, whose extension forwards them.
@InTheLab
class ForwardIT {
  /// How long a phone rings that nobody answers.
  private static final Duration SHORT = Duration.ofSeconds(2);

  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  /// What nobody of a test waits for, on a busy machine.
  private static final Duration TOLERANT = Duration.ofSeconds(10);

  private static final Map<String, Object> NO_LIMITS = Map.of();

  /// What Zahra's forward is for, and what she does so that it is used.
  private enum When {
    ALWAYS("always"),
    BUSY("busy"),
    NO_ANSWER("noAnswer"),
    UNREACHABLE("unreachable");

    private final String field;

    When(String field) {
      this.field = field;
    }

    /// Returns her number.
    private String zahra(Lab lab) {
      return switch (this) {
        case ALWAYS, NO_ANSWER -> lab.phone("Zahra").number();
        case BUSY -> lab.phone("Zahra").isBusy().number();
        case UNREACHABLE -> lab.extensionWithoutPhone("Zahra");
      };
    }

    private void isSo(Phone zahra) {
      switch (this) {
        case ALWAYS, NO_ANSWER -> {}
        case BUSY -> zahra.isBusy();
        case UNREACHABLE -> zahra.signsOut();
      }
    }
  }

  private enum Where {
    INSIDE,
    OUTSIDE
  }

  /// What Reza does, who is the destination of the forward. While he does nothing, a phone of the
  /// company rings until its timeout, and an external one until the caller hangs up.
  private enum Reza {
    ANSWERS,
    DOES_NOTHING
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # forward   | leads   | Reza         | became    | ended by | cause | parties
          ALWAYS      | INSIDE  | ANSWERS      | ANSWERED  | CALLER   | 16    | reza forwarded by zahra answered
          BUSY        | INSIDE  | ANSWERS      | ANSWERED  | CALLER   | 16    | zahra dialled busy, reza forwarded by zahra answered
          NO_ANSWER   | INSIDE  | ANSWERS      | ANSWERED  | CALLER   | 16    | zahra dialled no-answer, reza forwarded by zahra answered
          UNREACHABLE | INSIDE  | ANSWERS      | ANSWERED  | CALLER   | 16    | zahra dialled unreachable, reza forwarded by zahra answered
          ALWAYS      | OUTSIDE | ANSWERS      | ANSWERED  | CALLER   | 16    | reza forwarded by zahra answered
          BUSY        | OUTSIDE | ANSWERS      | ANSWERED  | CALLER   | 16    | zahra dialled busy, reza forwarded by zahra answered
          NO_ANSWER   | OUTSIDE | ANSWERS      | ANSWERED  | CALLER   | 16    | zahra dialled no-answer, reza forwarded by zahra answered
          UNREACHABLE | OUTSIDE | ANSWERS      | ANSWERED  | CALLER   | 16    | zahra dialled unreachable, reza forwarded by zahra answered
          ALWAYS      | INSIDE  | DOES_NOTHING | MISSED    | SYSTEM   | 19    | reza forwarded by zahra no-answer
          BUSY        | INSIDE  | DOES_NOTHING | MISSED    | SYSTEM   | 19    | zahra dialled busy, reza forwarded by zahra no-answer
          NO_ANSWER   | INSIDE  | DOES_NOTHING | MISSED    | SYSTEM   | 19    | zahra dialled no-answer, reza forwarded by zahra no-answer
          UNREACHABLE | INSIDE  | DOES_NOTHING | MISSED    | SYSTEM   | 19    | zahra dialled unreachable, reza forwarded by zahra no-answer
          ALWAYS      | OUTSIDE | DOES_NOTHING | ABANDONED | CALLER   | 16    | reza forwarded by zahra cancelled
          BUSY        | OUTSIDE | DOES_NOTHING | ABANDONED | CALLER   | 16    | zahra dialled busy, reza forwarded by zahra cancelled
          NO_ANSWER   | OUTSIDE | DOES_NOTHING | ABANDONED | CALLER   | 16    | zahra dialled no-answer, reza forwarded by zahra cancelled
          UNREACHABLE | OUTSIDE | DOES_NOTHING | ABANDONED | CALLER   | 16    | zahra dialled unreachable, reza forwarded by zahra cancelled
          """)
  void aCallIsForwarded(
      When when,
      Where where,
      Reza does,
      String status,
      String endedBy,
      int cause,
      String parties,
      Lab lab) {
    Phone colleague = lab.phone("Reza");
    Line line = lab.line(colleague);
    String zahra = when.zahra(lab);
    Phone reza = where == Where.INSIDE ? colleague : outside(lab, zahra, line);
    forwards(lab, zahra, when, where == Where.INSIDE ? to(reza) : "number:" + reza.number());
    String called = line.number("extension:" + zahra, SHORT, false);
    Phone ali = line.caller("Ali").calls(called);
    reza.rings();
    if (does == Reza.ANSWERS) {
      reza.answers().hears(ali);
      ali.hears(reza).hangsUp();
    } else if (where == Where.OUTSIDE) {
      ali.hearsRinging().hangsUp();
    }
    reza.callEnds();
    ali.callEnds();

    lab.callOf(ali)
        .of("INBOUND", ali.number(), called)
        .is(status)
        .endedBy(endedBy)
        .withCause(cause)
        .withParties(parties.replace("zahra", zahra).replace("reza", reza.number()).split(", ", 0));
  }

  private static Phone outside(Lab lab, String zahra, Line line) {
    Phone reza = line.callee("Reza");
    lab.mayCallOver(zahra, NO_LIMITS, line);
    return reza;
  }

  @Test
  void extensionWithoutOutboundCallsDoesNotForwardToAnExternalNumber(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Line line = lab.line(zahra);
    Phone reza = line.callee("Reza");
    forwards(lab, zahra.number(), When.ALWAYS, "number:" + reza.number());
    String called = line.numberOf(zahra);
    Phone ali = line.caller("Ali").calls(called).isTold(403);
    lab.callOf(ali)
        .of("INBOUND", ali.number(), called)
        .is("REJECTED")
        .endedBy("SYSTEM")
        .withCause(21)
        .withParties();
    zahra.doesNotRing();
    reza.doesNotRing();
  }

  @Test
  void chainOfForwardsOnNoAnswerAndWhenUnreachable(Lab lab) {
    Phone zahra = lab.phone("Zahra");
    String nobody = lab.extensionWithoutPhone("Nobody");
    Phone mina = lab.phone("Mina").isBusy();
    Phone reza = lab.phone("Reza").willAnswer();
    Line line = lab.line(zahra);
    forwards(lab, zahra.number(), When.NO_ANSWER, "extension:" + nobody);
    forwards(lab, nobody, When.UNREACHABLE, to(mina));
    forwards(lab, mina.number(), When.BUSY, to(reza));
    String called = line.numberOf(zahra);
    Phone ali = line.caller("Ali").calls(called).talks();
    reza.hears(ali).hangsUp();
    ali.callEnds();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), called)
        .is("ANSWERED")
        .answeredBy(reza)
        .endedBy("CALLEE")
        .withCause(16)
        .rangFor(Duration.ofSeconds(1), TOLERANT)
        .talkedFor(HALF_A_SECOND, TOLERANT)
        .neverHeld()
        .withParties(
            zahra.number() + " dialled no-answer",
            nobody + " forwarded by " + zahra.number() + " unreachable",
            mina.number() + " forwarded by " + nobody + " busy",
            reza.number() + " forwarded by " + mina.number() + " answered");
  }

  @Test
  void forwardingLoopEnds(Lab lab) {
    Phone zahra = lab.phone("Zahra").isBusy();
    Phone reza = lab.phone("Reza").isBusy();
    Line line = lab.line(zahra);
    forwards(lab, zahra.number(), When.BUSY, to(reza));
    forwards(lab, reza.number(), When.BUSY, to(zahra));
    String called = line.numberOf(zahra);
    Phone ali = line.caller("Ali").calls(called).callEnds();
    lab.callOf(ali)
        .of("INBOUND", ali.number(), called)
        .is("FAILED")
        .answeredByNobody()
        .endedBy("SYSTEM")
        .withCause(25)
        .withParties(
            zahra.number() + " dialled busy",
            reza.number() + " forwarded by " + zahra.number() + " busy");
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # code | back | forward     | forwarded                                                   | then     | zahra
          *72    | *73  | ALWAYS      | reza forwarded by zahra answered                            | ANSWERED | answered
          *90    | *91  | BUSY        | zahra dialled busy, reza forwarded by zahra answered        | BUSY     | busy
          *92    | *93  | NO_ANSWER   | zahra dialled no-answer, reza forwarded by zahra answered   | MISSED   | no-answer
          *94    | *95  | UNREACHABLE | zahra dialled unreachable, reza forwarded by zahra answered | FAILED   | unreachable
          """)
  void phoneForwardsByAFeatureCodeUntilItIsSwitchedOff(
      String code, String back, When when, String parties, String then, String result, Lab lab) {
    Phone zahra = lab.phone("Zahra");
    Phone reza = lab.phone("Reza").willAnswer();
    Phone sara = lab.phone("Sara");
    lab.office()
        .says(zahra.number(), Map.of("forwards", Map.of("noAnswerAfter", Duration.ofSeconds(1))));
    zahra.calls(code + reza.number()).talks().callEnds();
    assertEquals(to(reza), forward(lab, zahra, when));
    lab.callOf(zahra)
        .of("INTERNAL", zahra.number(), code + reza.number())
        .is("ANNOUNCEMENT")
        .endedBy("SYSTEM")
        .withCause(16)
        .decidedBy("code:forward")
        .withParties();

    when.isSo(zahra);
    sara.calls(zahra).talks().hears(reza).hangsUp();
    zahra.calls(back).talks().callEnds();
    assertEquals("", forward(lab, zahra, when));
    sara.calls(zahra);
    if (when == When.ALWAYS) {
      zahra.rings().answers().hears(sara);
      sara.hangsUp();
    }
    sara.callEnds();

    List<CallSeen> calls = lab.callsFrom(sara.number(), 2);
    calls
        .getFirst()
        .of("INTERNAL", sara.number(), zahra.number())
        .is("ANSWERED")
        .endedBy("CALLER")
        .withParties(
            parties.replace("zahra", zahra.number()).replace("reza", reza.number()).split(", ", 0));
    calls
        .getLast()
        .of("INTERNAL", sara.number(), zahra.number())
        .is(then)
        .withParties(zahra.number() + " dialled " + result);
  }

  private static String forward(Lab lab, Phone of, When when) {
    return lab.office()
        .get("/extensions/" + of.number())
        .path("forwards")
        .path(when.field)
        .asText();
  }

  private static void forwards(Lab lab, String from, When when, String to) {
    lab.office()
        .says(
            from,
            Map.of("forwards", Map.of(when.field, to, "noAnswerAfter", Duration.ofSeconds(1))));
  }

  private static String to(Phone phone) {
    return "extension:" + phone.number();
  }
}
