package io.tamas;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.company.Refusal;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.Provider;
import io.tamas.lab.Tone;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a phone hears, in its language, when its call to the outside fails.
@InTheLab
class RefusedOutsideIT {
  private static final String CALLED = "09120000001";
  private static final String NUMBER = "+989120000001";
  private static final Tone UNKNOWN = new Tone(1_000);
  private static final Tone BUSY = new Tone(1_200);
  private static final Tone LINE = new Tone(1_400);
  private static final Tone CREDIT = new Tone(1_600);
  private static final Tone FORBIDDEN = new Tone(1_800);

  private static Phone turk(Lab lab) {
    Phone phone = lab.phone("Zahra");
    lab.office().says(phone.number(), Map.of("language", "tr"));
    lab.announces(Refusal.UNKNOWN, "tr", UNKNOWN);
    lab.announces(Refusal.BUSY, "tr", BUSY);
    lab.announces(Refusal.NO_LINE, "tr", LINE);
    lab.announces(Refusal.NO_CREDIT, "tr", CREDIT);
    lab.announces(Refusal.FORBIDDEN, "tr", FORBIDDEN);
    return phone;
  }

  /// What the provider answers, and what the phone hears and is told.
  private record Refused(String answer, Tone hears, int told) {}

  @Test
  void phoneHearsInItsLanguageWhyItsCallFailed(Lab lab) {
    Phone zahra = turk(lab);
    Line line = lab.line(zahra);
    Provider provider = line.provider();
    lab.mayCallOver(zahra, Map.of(), line);
    List<Refused> answers =
        List.of(
            new Refused("404 Not Found", UNKNOWN, 404),
            new Refused("410 Gone", UNKNOWN, 410),
            new Refused("484 Address Incomplete", UNKNOWN, 484),
            new Refused("604 Does Not Exist Anywhere", UNKNOWN, 404),
            new Refused("486 Busy Here", BUSY, 486),
            new Refused("600 Busy Everywhere", BUSY, 486),
            new Refused("503 Service Unavailable", LINE, 503),
            new Refused("402 Payment Required", CREDIT, 403),
            new Refused("403 Insufficient balance (account 12)", CREDIT, 403),
            new Refused("603 Declined: no funds", CREDIT, 403),
            new Refused("404 Insufficient balance", CREDIT, 403),
            new Refused("480 No credit", CREDIT, 403));
    for (Refused refused : answers) {
      provider.says("100 Trying", refused.answer);
      zahra.calls(CALLED).hears(refused.hears).isTold(refused.told);
    }
    zahra.calls("00447911123456").hears(FORBIDDEN).isTold(403);
    assertTrue(
        lab.callsFrom(zahra.number(), answers.size() + 1).stream()
            .limit(answers.size())
            .allMatch(call -> call.parties().getFirst().startsWith(NUMBER + " dialled ")));
  }

  @Test
  void announcementOfTheProviderIsNotFollowedByAnother(Lab lab) {
    Phone zahra = turk(lab);
    Line line = lab.line(zahra);
    Provider provider = line.provider();
    lab.mayCallOver(zahra, Map.of(), line);
    provider.says("100 Trying").thenSpeaks().then(Duration.ofMillis(1_500), "404 Not Found");
    zahra.calls(CALLED).hears(provider.tone()).isTold(404);
    zahra.neverHears(UNKNOWN);
    lab.callOf(zahra).withLegs("unreachable");
  }

  @Test
  void externalCallerHearsNothingOfIt(Lab lab) {
    Phone zahra = turk(lab);
    Line in = lab.line(zahra);
    Line out = lab.line(zahra);
    out.provider().says("404 Not Found");
    lab.mayCallOver(zahra, Map.of(), out);
    lab.office().says(zahra.number(), Map.of("forwards", Map.of("always", "number:" + NUMBER)));
    String number = in.number("extension:" + zahra.number(), Map.of("language", "tr"));
    Phone ali = in.caller("Ali").calls(number).isTold(404);
    ali.neverHears(UNKNOWN);
    lab.callOf(ali).withParties(NUMBER + " forwarded by " + zahra.number() + " unreachable");
  }
}
