package io.tamas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.lab.CallSeen;
import io.tamas.lab.Eventually;
import io.tamas.lab.InTheLab;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import io.tamas.lab.Provider;
import io.tamas.lab.RawPhone;
import io.tamas.lab.ReceivedEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which answers of a provider lead to the next trunk, and what the phone is told: those about us
/// or the way do, those about the called party do not.
@InTheLab
class NextTrunkIT {
  private static final String CALLED = "09120000001";
  private static final String NUMBER = "+989120000001";
  private static final String ANSWERED = NUMBER + " dialled answered";

  /// A phone with two trunks, of which the second would connect each call.
  private record Way(RawPhone phone, Provider first, Provider second) {
    static Way of(Lab lab) {
      Phone fallback = lab.phone("Fallback");
      Line first = lab.line(fallback);
      Line second = lab.line(fallback);
      RawPhone phone = lab.rawDeskPhone("Zahra");
      Way way = new Way(phone, first.provider(), second.provider().says("200 OK"));
      lab.mayCallOver(phone.number(), Map.of(), first, second);
      return way;
    }
  }

  /// @param told what the phone is told
  /// @param leg the result of the leg
  /// @param record its status and cause
  private record About(String answer, int told, String leg, String record) {
    /// One of `404 Not Found | 404 | unreachable | FAILED 1`.
    static About read(String line) {
      String[] parts = line.split("\\s*[|]\\s*");
      return new About(parts[0], Integer.parseInt(parts[1]), parts[2], parts[3]);
    }

    void isRecorded(CallSeen call, List<String> next) {
      String[] expected = record.split(" ");
      List<String> legs = new ArrayList<>(List.of(NUMBER + " dialled " + leg));
      legs.addAll(next);
      call.is(expected[0])
          .withCause(Integer.parseInt(expected[1]))
          .withParties(legs.toArray(String[]::new));
    }
  }

  /// What a phone is told for each answer of its first trunk, one a line, and what is recorded.
  private static void areTold(Lab lab, Way way, String answers, String... next) {
    List<About> all = answers.lines().map(About::read).toList();
    for (About about : all) {
      way.first.says("100 Trying", about.answer);
      way.phone.calls(CALLED).isTold(about.told);
      if (about.told == 200) {
        way.phone.hangsUp();
      }
    }
    List<CallSeen> calls = lab.callsFrom(way.phone.number(), all.size());
    for (int i = 0; i < all.size(); i++) {
      all.get(i).isRecorded(calls.get(i), List.of(next));
    }
  }

  @Test
  void answersAboutTheCalledPartyEndTheCall(Lab lab) {
    Way way = Way.of(lab);
    areTold(
        lab,
        way,
        """
        404 Not Found                | 404 | unreachable | FAILED 1
        410 Gone                     | 410 | unreachable | FAILED 22
        480 Temporarily Unavailable  | 480 | no-answer   | MISSED 19
        484 Address Incomplete       | 484 | unreachable | FAILED 28
        486 Busy Here                | 486 | busy        | BUSY 17
        487 Request Terminated       | 480 | no-answer   | MISSED 19
        600 Busy Everywhere          | 486 | busy        | BUSY 17
        603 Decline                  | 403 | rejected    | REJECTED 21
        604 Does Not Exist Anywhere  | 404 | unreachable | FAILED 1
        606 Not Acceptable           | 403 | rejected    | REJECTED 21
        607 Unwanted                 | 403 | rejected    | REJECTED 21
        """);
    assertEquals(0, way.second.calls());
  }

  @Test
  void answersAboutUsOrTheWayLeadToTheNextTrunk(Lab lab) {
    areTold(
        lab,
        Way.of(lab),
        """
        300 Multiple Choices              | 200 | unreachable | ANSWERED 16
        302 Moved Temporarily             | 200 | unreachable | ANSWERED 16
        380 Alternative Service           | 200 | unreachable | ANSWERED 16
        400 Bad Request                   | 200 | unreachable | ANSWERED 16
        401 Unauthorized                  | 200 | unreachable | ANSWERED 16
        402 Payment Required              | 200 | unreachable | ANSWERED 16
        403 Forbidden                     | 200 | unreachable | ANSWERED 16
        407 Proxy Authentication Required | 200 | unreachable | ANSWERED 16
        408 Request Timeout               | 200 | unreachable | ANSWERED 16
        420 Bad Extension                 | 200 | unreachable | ANSWERED 16
        482 Loop Detected                 | 200 | unreachable | ANSWERED 16
        488 Not Acceptable Here           | 200 | unreachable | ANSWERED 16
        500 Server Internal Error         | 200 | unreachable | ANSWERED 16
        502 Bad Gateway                   | 200 | unreachable | ANSWERED 16
        503 Service Unavailable           | 200 | unreachable | ANSWERED 16
        504 Server Time-out               | 200 | unreachable | ANSWERED 16
        """,
        ANSWERED);
  }

  @Test
  void recordSaysWhatThePhoneIsToldAfterTwoTrunks(Lab lab) {
    Way way = Way.of(lab);
    String[][] pairs = {
      {"503 Service Unavailable", "404 Not Found", "404", "FAILED 1", "unreachable", "503 404"},
      {
        "402 Payment Required",
        "503 Service Unavailable",
        "403",
        "FAILED 21",
        "unreachable",
        "402 503"
      },
      {
        "503 Service Unavailable",
        "402 Payment Required",
        "403",
        "FAILED 21",
        "unreachable",
        "503 402"
      },
      {
        "503 Service Unavailable",
        "480 Temporarily Unavailable",
        "480",
        "MISSED 19",
        "no-answer",
        "503 480"
      },
      {"488 Not Acceptable Here", "486 Busy Here", "486", "BUSY 17", "busy", "488 486"},
      {"503 Service Unavailable", "603 Decline", "403", "REJECTED 21", "rejected", "503 603"},
      {"302 Moved Temporarily", "404 Not Found", "404", "FAILED 1", "unreachable", " 404"},
      {"503 Service Unavailable", "502 Bad Gateway", "503", "FAILED 34", "unreachable", "503 502"},
    };
    for (String[] pair : pairs) {
      way.first.says("100 Trying", pair[0]);
      way.second.says("100 Trying", pair[1]);
      way.phone.calls(CALLED).isTold(Integer.parseInt(pair[2]));
    }
    List<CallSeen> calls = lab.callsFrom(way.phone.number(), pairs.length);
    for (int i = 0; i < pairs.length; i++) {
      String[] pair = pairs[i];
      String second = NUMBER + " dialled " + pair[4];
      new About(pair[0], 0, "unreachable", pair[3]).isRecorded(calls.get(i), List.of(second));
      calls.get(i).withStatuses(pair[5].split(" "));
    }
  }

  /// Asterisk keeps nothing of it.
  @Test
  void redirectionWithoutAnythingBeforeItIsNoLine(Lab lab) {
    Way way = Way.of(lab);
    way.first.says("380 Alternative Service");
    way.second.says("300 Multiple Choices");
    way.phone.calls(CALLED).isTold(503);
    lab.callsFrom(way.phone.number(), 1)
        .getFirst()
        .is("FAILED")
        .withCause(34)
        .withLegs("unreachable", "unreachable")
        .withStatuses("", "");
  }

  @Test
  void answerWithoutVoiceIsNone(Lab lab) {
    Way way = Way.of(lab);
    way.first.says("100 Trying").thenAnswersWithoutSdp();
    way.phone.calls(CALLED).talks().hangsUp();
    way.first.says("180 Ringing").thenAnswersWithoutMedia();
    way.phone.calls(CALLED).talks().hangsUp();
    way.second.says("180 Ringing").thenAnswersWithoutSdp();
    way.phone.calls(CALLED).isTold(503);
    List<CallSeen> calls = lab.callsFrom(way.phone.number(), 3);
    for (CallSeen call : calls.subList(0, 2)) {
      call.is("ANSWERED")
          .withParties(NUMBER + " dialled unreachable", ANSWERED)
          .withStatuses("200", "");
    }
    calls
        .getLast()
        .is("FAILED")
        .withCause(34)
        .endedBy("SYSTEM")
        .withLegs("unreachable", "unreachable")
        .withStatuses("200", "200");
    Eventually.eventually("it is ended", Duration.ofSeconds(5), way.second::isLeft);
  }

  @Test
  void recordNamesTheTrunkAndWhatItAnswered(Lab lab) {
    Phone fallback = lab.phone("Fallback");
    Line first = lab.line(fallback);
    Line second = lab.line(fallback);
    Line away = lab.line(fallback).refusesPackets();
    first.provider().says("402 Payment Required");
    second.provider().says("403 Forbidden");
    RawPhone phone = lab.rawDeskPhone("Zahra");
    lab.mayCallOver(phone.number(), Map.of(), first, second, away);
    String[] over = {first.trunk() + " 402", second.trunk() + " 403", away.trunk()};
    try (ReceivedEvents events = lab.events()) {
      phone.calls(CALLED).isTold(403);
      CallSeen call = lab.callsFrom(phone.number(), 1).getFirst();
      call.is("FAILED").endedBy("SYSTEM").overTrunks(over);
      Eventually.eventually(
          "its event says the same",
          Duration.ofSeconds(5),
          () ->
              events.of("call.ended", "call:" + call.id()).stream()
                  .anyMatch(data -> data.at("/legs/0/sipStatus").asInt() == 402));
    }
  }

  @Test
  void silentTrunkIsLeftAfterFourSecondsWhileThePhoneHearsRinging(Lab lab) {
    Way way = Way.of(lab);
    way.first.isSilent();
    long began = System.nanoTime();
    way.phone.calls(CALLED);
    Eventually.eventually(
        "the phone rings", Duration.ofSeconds(3), () -> way.phone.told().contains(180));
    way.phone.talks();
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    assertTrue(took.compareTo(Duration.ofMillis(3_900)) > 0, "left after " + took);
    assertTrue(took.compareTo(Duration.ofSeconds(12)) < 0, "left after " + took);
    way.phone.hangsUp();
    lab.callsFrom(way.phone.number(), 1)
        .getFirst()
        .is("ANSWERED")
        .withParties(NUMBER + " dialled unreachable", ANSWERED);
    assertTrue(lab.office().manage("/metrics").body().contains("tamas_trunks_left_total"));
  }

  @Test
  void callerGivesUpAfterASilentTrunkWasLeft(Lab lab) {
    Way way = Way.of(lab);
    way.first.isSilent();
    way.second.says("100 Trying").then(Duration.ofMillis(1_500), "180 Ringing");
    way.phone.calls(CALLED);
    Eventually.eventually(
        "the second trunk rings", Duration.ofSeconds(15), () -> way.second.hasSaid("180 Ringing"));
    way.phone.cancels();
    Eventually.eventually("it is cancelled", Duration.ofSeconds(5), way.second::isLeft);
    lab.callsFrom(way.phone.number(), 1)
        .getFirst()
        .is("ABANDONED")
        .withParties(NUMBER + " dialled unreachable", NUMBER + " dialled cancelled");
  }

  @Test
  void trunkThatAnswersLateIsToldThatItsCallIsCancelled(Lab lab) {
    Way way = Way.of(lab);
    way.first.isSilent().then(Duration.ofSeconds(6), "180 Ringing");
    way.phone.calls(CALLED).talks();
    Eventually.eventually("it is cancelled", Duration.ofSeconds(10), way.first::isLeft);
    way.phone.hangsUp();
    lab.callsFrom(way.phone.number(), 1).getFirst().is("ANSWERED");
  }

  @Test
  void trunkWhosePortIsClosedIsLeft(Lab lab) {
    Phone fallback = lab.phone("Fallback");
    Line closed = lab.line(fallback).refusesPackets();
    Line open = lab.line(fallback);
    Provider provider = open.provider().says("200 OK");
    RawPhone phone = lab.rawDeskPhone("Zahra");
    lab.mayCallOver(phone.number(), Map.of(), closed, open);
    phone.calls(CALLED).talks().hangsUp();
    lab.callsFrom(phone.number(), 1)
        .getFirst()
        .withParties(NUMBER + " dialled unreachable", ANSWERED);
    assertEquals(1, provider.calls());
  }

  @Test
  void trunkThatDoesNotAnswerOptionsIsCalledAfterAllOthers(Lab lab) {
    Phone fallback = lab.phone("Fallback");
    Line away = lab.line(fallback);
    Line open = lab.line(fallback);
    RawPhone phone = lab.rawDeskPhone("Zahra");
    Provider called = away.provider().ignoresOptions().says("200 OK");
    open.provider().says("503 Service Unavailable");
    lab.mayCallOver(phone.number(), Map.of(), away, open);
    away.isAway();
    phone.calls(CALLED).talks().hangsUp();
    assertTrue(called.latest().startsWith("INVITE sip:" + NUMBER + "@"), called.latest());
    lab.callsFrom(phone.number(), 1)
        .getFirst()
        .is("ANSWERED")
        .withParties(NUMBER + " dialled unreachable", ANSWERED);
  }

  @Test
  void trunkThatOnlyTriesForTenSecondsIsCalledOnce(Lab lab) {
    Way way = Way.of(lab);
    way.first
        .says("100 Trying")
        .then(Duration.ofSeconds(10), "180 Ringing")
        .then(Duration.ofMillis(100), "200 OK");
    way.phone.calls(CALLED).talks();
    assertEquals(1, way.first.calls());
    assertEquals(0, way.second.calls());
    way.phone.hangsUp();
    lab.callsFrom(way.phone.number(), 1).getFirst().withParties(ANSWERED);
  }

  @Test
  void networkThatGivesUpWhileItRingsIsNotTriedAgain(Lab lab) {
    Way way = Way.of(lab);
    way.first.says("180 Ringing").then(Duration.ofMillis(200), "408 Request Timeout");
    way.phone.calls(CALLED).isTold(480);
    lab.callsFrom(way.phone.number(), 1).getFirst().is("MISSED").withLegs("no-answer");
    assertEquals(0, way.second.calls());
  }

  @Test
  void earlyMediaReachesThePhoneAfterTheRingTone(Lab lab) {
    Way way = Way.of(lab);
    way.first.says("100 Trying").thenSpeaks().then(Duration.ofMillis(600), "404 Not Found");
    way.phone.calls(CALLED).isTold(404);
    assertTrue(way.phone.told().containsAll(List.of(180, 183)), way.phone.told().toString());
    assertTrue(way.phone.heard() > 10, "heard " + way.phone.heard());
    lab.callsFrom(way.phone.number(), 1).getFirst().withLegs("unreachable");
    assertFalse(way.second.calls() > 0);
  }
}
