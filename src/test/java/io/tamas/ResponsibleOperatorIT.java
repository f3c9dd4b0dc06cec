package io.tamas;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/// Who is responsible for a caller rings first, then the route goes on.
@InTheLab
class ResponsibleOperatorIT {
  private static final Map<String, Object> OWNER_FIRST =
      Map.of("responsibleFirst", Map.of("by", List.of("OWNER", "LAST_TALK"), "ring", "PT2S"));

  private static final Duration SOON = Duration.ofSeconds(15);

  /// A busy machine may answer later than a call waits; then it is tried with other people.
  private static final int TRIES = 5;

  @Test
  void theOwnerRingsAloneAndHasTheCall(Lab lab) {
    inTime(() -> {
      Phone leila = lab.phone("Leila").willAnswer();
      Phone reza = lab.phone("Reza");
      Line line = lab.line(reza);
      String number = line.number("extension:" + reza.number(), OWNER_FIRST);
      Phone ali = line.caller("Ali");
      owns(lab, leila.number(), ali.number());
      ali.calls(number);
      if (isLate(lab, ali, "owner:" + leila.number())) {
        return false;
      }
      ali.hears(leila).hangsUp();
      lab.callOf(ali)
          .is("ANSWERED")
          .answeredBy(leila)
          .decidedBy("route:")
          .withParties(leila.number() + " dialled answered");
      reza.doesNotRing();
      return true;
    });
  }

  @Test
  void anOwnerWhoDoesNotAnswerIsFollowedByTheGroupInTheSameCall(Lab lab) {
    inTime(() -> {
      Phone leila = lab.phone("Leila");
      Phone reza = lab.phone("Reza").willAnswer();
      Line line = lab.line(reza);
      String number = line.number("ring-group:" + group(lab, reza), Map.of());
      Phone ali = line.caller("Ali");
      owns(lab, leila.number(), ali.number());
      ali.calls(number);
      if (isLate(lab, ali, "owner:" + leila.number())) {
        return false;
      }
      leila.rings();
      ali.hears(reza).hangsUp();
      lab.callOf(ali)
          .is("ANSWERED")
          .answeredBy(reza)
          .withParties(leila.number() + " dialled no-answer", reza.number() + " dialled answered");
      return true;
    });
  }

  @Test
  void anOwnerWhosePhoneIsNotRegisteredIsFollowedAtOnce(Lab lab) {
    inTime(() -> {
      String away = lab.extensionWithoutPhone("Leila");
      Phone reza = lab.phone("Reza").willAnswer();
      Line line = lab.line(reza);
      String number = line.number("extension:" + reza.number(), OWNER_FIRST);
      Phone ali = line.caller("Ali");
      owns(lab, away, ali.number());
      ali.calls(number);
      if (isLate(lab, ali, "owner:" + away)) {
        return false;
      }
      ali.hears(reza).hangsUp();
      assertEquals(
          reza.number() + " dialled answered",
          lab.callOf(ali).is("ANSWERED").answeredBy(reza).parties().getLast());
      return true;
    });
  }

  @Test
  void whoTalkedWithTheCallerLastRingsWithoutAnyProfile(Lab lab) {
    inTime(() -> {
      Phone leila = lab.phone("Leila").willAnswer();
      Phone reza = lab.phone("Reza");
      Line line = lab.line(reza);
      String direct = line.number("extension:" + leila.number());
      String number = line.number("extension:" + reza.number(), OWNER_FIRST);
      Phone ali = line.caller("Ali");
      ali.calls(direct).hears(leila).hangsUp();
      lab.callsFrom(ali.number(), 1).getFirst().answeredBy(leila);
      eventually(
          "it is told beforehand",
          SOON,
          () ->
              List.of("owner unknown-caller", "last-talk:" + leila.number() + " matched")
                  .equals(simulated(lab, line, ali, number)));
      ali.calls(number);
      if (isLate(lab, ali, "last-talk:" + leila.number())) {
        return false;
      }
      ali.hears(leila).hangsUp();
      lab.callsFrom(ali.number(), 2).getLast().answeredBy(leila).decidedBy("route:");
      reza.doesNotRing();
      return true;
    });
  }

  private static void inTime(BooleanSupplier story) {
    for (int i = 0; i < TRIES; i++) {
      if (story.getAsBoolean()) {
        return;
      }
    }
    fail("who is responsible was never known in time");
  }

  /// Whether the decision about the call, which has been made, did not know in time whom to ring
  /// first. Then the call is ended.
  private static boolean isLate(Lab lab, Phone caller, String first) {
    List<String> steps = new ArrayList<>();
    eventually(
        "the call is decided",
        SOON,
        () -> {
          steps.clear();
          lab.items("/live-calls")
              .filter(call -> call.path("caller").asText().equals(caller.number()))
              .forEach(call -> steps.addAll(steps(call.path("decisions").path(0))));
          return !steps.isEmpty();
        });
    boolean late = !steps.contains(first + " matched");
    if (late) {
      caller.hangsUp();
    }
    return late;
  }

  private static List<String> steps(JsonNode decision) {
    List<String> steps = new ArrayList<>();
    decision
        .at("/trace/steps")
        .forEach(
            step -> steps.add(step.path("rule").asText() + " " + step.path("outcome").asText()));
    return steps;
  }

  private static List<String> simulated(Lab lab, Line line, Phone caller, String number) {
    JsonNode answer =
        lab.office()
            .send(
                "POST",
                "/simulate",
                Map.of("trunk", line.trunk(), "from", caller.number(), "to", number));
    List<String> steps = steps(answer.path("steps").path(0));
    return steps.stream().filter(step -> !step.startsWith("route:")).toList();
  }

  private static String group(Lab lab, Phone member) {
    return lab.office()
        .part(
            "ring-groups",
            Map.of(
                "strategy",
                "RING_ALL",
                "members",
                List.of(member.number()),
                "ring",
                "PT20S",
                "responsibleFirst",
                Map.of("by", List.of("OWNER"), "ring", "PT2S")));
  }

  /// Makes a user with this extension, who looks after the profile of this caller.
  private static void owns(Lab lab, String extension, String caller) {
    String user = "owner-" + extension;
    lab.office()
        .send("POST", "/users", Map.of("name", user, "role", "OPERATOR", "extension", extension));
    lab.office()
        .send(
            "POST",
            "/profiles",
            Map.of(
                "kind",
                "person",
                "name",
                "Ali",
                "owner",
                user,
                "numbers",
                List.of(Map.of("number", caller))));
  }
}
