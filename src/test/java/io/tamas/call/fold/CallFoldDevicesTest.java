package io.tamas.call.fold;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.LegResult;
import io.tamas.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Extensions with several devices, which ring together.
class CallFoldDevicesTest {
  private static final String DESK = "PJSIP/101|192.0.2.7%3A5060|Desk%20phone%201.0";
  private static final String MOBILE = "PJSIP/101|192.0.2.8%3A5062|Mobile%20app";

  private static final Map<String, Integer> CAUSES =
      Map.ofEntries(
          Map.entry("301", 16),
          Map.entry("404", 1),
          Map.entry("415", 127),
          Map.entry("433", 127),
          Map.entry("480", 19),
          Map.entry("486", 17),
          Map.entry("487", 127),
          Map.entry("488", 58),
          Map.entry("503", 34),
          Map.entry("600", 17),
          Map.entry("603", 21),
          Map.entry("604", 1),
          Map.entry("606", 58),
          Map.entry("607", 127),
          Map.entry("699", 127));

  private static final Set<String> NOTED = Set.of("606", "607", "699");

  /// Journals of real calls through the dialplan of this repository: `calls/devices`.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # journal            | became    | by   | legs, with the results of devices that did not answer
          answered             | ANSWERED  | 1019 | 1019 dialled answered + answered-elsewhere
          one-busy             | ANSWERED  | 1017 | 1017 dialled answered + busy
          nobody               | MISSED    | -    | 1018 dialled no-answer + no-answer + no-answer
          ring-group           | ANSWERED  | 1021 | 1020 dialled answered-elsewhere + answered-elsewhere + answered-elsewhere, 1021 dialled answered
          consulted            | ANSWERED  | 1012 | 1012 dialled answered, 1013 transferred_attended answered + answered-elsewhere
          refused-and-returned | ANSWERED  | 1014 | 1014 dialled answered + answered-elsewhere, 1015 transferred_blind busy + busy + busy, 1014 returned answered + answered-elsewhere
          hostile-addresses    | ABANDONED | -    | 1033 dialled cancelled + cancelled + cancelled + cancelled + cancelled + cancelled + cancelled + cancelled
          click                | ANSWERED  | 1002 | 1001 clicked answered + answered-elsewhere, 1002 dialled answered
          click-busy           | ABANDONED | -    | 1003 clicked busy + busy + busy
          """)
  void capturedJournalBecomesItsRecord(String journal, Status status, String by, String legs) {
    CallRecord call = CallFold.fold(CapturedJournals.rows("devices/" + journal)).orElseThrow();
    assertEquals(status, call.outcome().status());
    assertEquals(by, call.outcome().answeredBy().orElse("-"));
    String found =
        call.legs().stream()
            .map(leg ->
                leg.party()
                    + " "
                    + leg.tie().name().toLowerCase(Locale.ROOT)
                    + " "
                    + text(leg.result())
                    + leg.otherDevices().stream()
                        .map(device -> " + " + text(device.result()))
                        .collect(Collectors.joining()))
            .collect(Collectors.joining(", "));
    assertEquals(legs, found);
  }

  @Test
  void devicesOfAnExtensionAreOneLegWithTheOneThatAnswered() {
    CallRecord call =
        ringingBoth()
            .after(3_000)
            .answers("101.2")
            .phoneEnds("101.1", 26, "")
            .after(2_000)
            .callerHangsUp()
            .phoneEnds("101.2", 16, "PJSIP/trunk-demo-00000000")
            .dialEnds()
            .ends()
            .record();
    assertEquals(Status.ANSWERED, call.outcome().status());
    assertEquals(Optional.of("101"), call.outcome().answeredBy());
    assertEquals(
        List.of("101 answered by Mobile app; Desk phone 1.0 answered-elsewhere"), shown(call));
    Leg leg = call.legs().getFirst();
    assertEquals("PJSIP/101-00000002", leg.channel());
    assertEquals(Optional.of("192.0.2.8:5062"), leg.device().orElseThrow().address());
    assertEquals(Duration.ofSeconds(2), leg.talk());
    assertEquals(Duration.ofSeconds(2), leg.connected().orElseThrow());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # desk | mobile | leg         | call     | desk        | mobile
          17     | 0      | no-answer   | MISSED   | busy        | no-answer
          21     | 0      | no-answer   | MISSED   | rejected    | no-answer
          21     | 17     | rejected    | REJECTED | rejected    | busy
          17     | 17     | busy        | BUSY     | busy        | busy
          20     | 21     | rejected    | REJECTED | unreachable | rejected
          20     | 20     | unreachable | FAILED   | unreachable | unreachable
          """)
  void ofDevicesThatDidNotAnswerTheResultNearestToAnAnswerDecides(
      int desk, int mobile, String leg, Status status, String ofDesk, String ofMobile) {
    CallRecord call =
        ringingBoth()
            .after(1_000)
            .phoneHangsUp("101.1", desk)
            .after(9_000)
            .phoneHangsUp("101.2", mobile)
            .dialEnds()
            .dialplanHangsUp(19)
            .ends()
            .record();
    assertEquals(status, call.outcome().status());
    assertEquals(
        List.of("101 " + leg + "; Desk phone 1.0 " + ofDesk + "; Mobile app " + ofMobile),
        shown(call));
  }

  /// What phones of SIP say, by the causes that Asterisk has for it (`hangup_sip2cause`), and by
  /// the dialplan's note where the cause does not tell.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # they say     | leg         | call     | each
          607, 486       | rejected    | REJECTED | rejected busy
          606, 404       | rejected    | REJECTED | rejected unreachable
          699, 480       | no-answer   | MISSED   | rejected no-answer
          301, 404       | busy        | BUSY     | busy unreachable
          301, 607       | rejected    | REJECTED | busy rejected
          603, 604       | rejected    | REJECTED | rejected unreachable
          488, 415       | unreachable | FAILED   | unreachable unreachable
          404, 606, 503  | rejected    | REJECTED | unreachable rejected unreachable
          603, 600, 606  | rejected    | REJECTED | rejected busy rejected
          607, 607, 480  | no-answer   | MISSED   | rejected rejected no-answer
          503, 301, 404  | busy        | BUSY     | unreachable busy unreachable
          415, 487, 433  | unreachable | FAILED   | unreachable unreachable unreachable
          """)
  void whatDevicesSayIsToldApartWhereTheirCausesAreOne(
      String said, String leg, Status status, String each) {
    String[] answers = said.split(", ");
    Story story = routed();
    for (int i = 1; i <= answers.length; i++) {
      story.announces("PJSIP/101|192.0.2.%d%%3A5060|Phone".formatted(i));
    }
    story.dials("");
    for (int i = 1; i <= answers.length; i++) {
      story.rings("101." + i);
    }
    for (int i = 1; i <= answers.length; i++) {
      story.phoneHangsUp("101." + i, requireNonNull(CAUSES.get(answers[i - 1])));
    }
    story.dialEnds();
    for (int i = 1; i <= answers.length; i++) {
      if (NOTED.contains(answers[i - 1])) {
        story.responds("%s|PJSIP/101-%08d".formatted(answers[i - 1], i));
      }
    }
    CallRecord call = story.dialplanHangsUp(19).ends().record();
    Leg found = call.legs().getFirst();
    assertEquals(leg, text(found.result()));
    assertEquals(Optional.empty(), found.sipStatus());
    assertEquals(status, call.outcome().status());
    String results =
        found.otherDevices().stream()
            .map(device -> text(device.result()))
            .collect(Collectors.joining(" "));
    assertEquals(each, results);
  }

  @Test
  void legRingsAsLongAsADeviceDoes() {
    CallRecord call = ringingBoth().after(1_000).phoneHangsUp("101.1", 21).record();
    assertEquals(List.of("101 ringing; Desk phone 1.0 rejected; Mobile app ringing"), shown(call));
    assertEquals(Status.RINGING, call.outcome().status());
  }

  @Test
  void callerWhoHangsUpCancelsTheDeviceThatStillRings() {
    CallRecord call =
        ringingBoth()
            .phoneHangsUp("101.1", 17)
            .after(4_000)
            .phoneEnds("101.2", 16, "")
            .dialEnds()
            .callerHangsUp()
            .ends()
            .record();
    assertEquals(Status.ABANDONED, call.outcome().status());
    assertEquals(List.of("101 cancelled; Desk phone 1.0 busy; Mobile app cancelled"), shown(call));
  }

  @Test
  void deviceThatIsNotRungIsListedAsUnreachable() {
    CallRecord call =
        routed()
            .announces(DESK + "|unreachable")
            .announces(MOBILE)
            .dials("")
            .rings("101")
            .answers("101")
            .record();
    assertEquals(List.of("101 answered by Mobile app; Desk phone 1.0 unreachable"), shown(call));
  }

  @Test
  void deviceWithoutAChannelIsUnreachable() {
    CallRecord call =
        routed()
            .announces(DESK)
            .announces(MOBILE)
            .dials("")
            .dialEnds()
            .dialplanHangsUp(20)
            .ends()
            .record();
    assertEquals(
        List.of("101 unreachable; Desk phone 1.0 unreachable; Mobile app unreachable"),
        shown(call));
    assertEquals(Status.FAILED, call.outcome().status());
  }

  @Test
  void extensionThatIsRungAgainIsAnotherLeg() {
    CallRecord call =
        ringingBoth()
            .phoneHangsUp("101.1", 17)
            .phoneHangsUp("101.2", 17)
            .dialEnds()
            .announces(DESK)
            .dials("")
            .rings("101.3")
            .record();
    assertEquals(
        List.of(
            "101 busy; Desk phone 1.0 busy; Mobile app busy",
            "101 ringing; Desk phone 1.0 ringing"),
        shown(call));
  }

  @Test
  void devicesOfTwoExtensionsAreTwoLegs() {
    CallRecord call =
        routed()
            .announces(DESK)
            .announces(MOBILE)
            .announces("PJSIP/102")
            .dials("")
            .rings("101.1")
            .rings("101.2")
            .rings("102")
            .record();
    assertEquals(
        List.of("101 ringing; Desk phone 1.0 ringing; Mobile app ringing", "102 ringing"),
        shown(call));
  }

  @Test
  void devicesThatTellNothingOfThemselvesAreOneLegToo() {
    CallRecord call =
        routed()
            .announces("PJSIP/101||")
            .announces("PJSIP/101||")
            .dials("")
            .rings("101.1")
            .rings("101.2")
            .record();
    assertEquals(List.of("101 ringing"), shown(call));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          %22%29%2C%7CSHELL%28id%29%7C ~ "),|SHELL(id)|
          a%0D%0Ab%00c                 ~ a b c
          %E2%98%8E%20+1               ~ ☎ +1
          %zz                          ~ -
          %20%20                       ~ -
          """)
  void whatADeviceCallsItselfIsOnlyText(String written, String agent) {
    CallRecord call =
        routed().announces("PJSIP/101|192.0.2.7|" + written).dials("").rings("101").record();
    assertEquals(agent, call.legs().getFirst().otherDevices().getFirst().agent().orElse("-"));
  }

  @Test
  void longNameOfADeviceIsCut() {
    CallRecord call =
        routed().announces("PJSIP/101||" + "x".repeat(500)).dials("").rings("101").record();
    assertEquals(
        100, call.legs().getFirst().otherDevices().getFirst().agent().orElseThrow().length());
  }

  @Test
  void legOfAnEarlierVersionHasNoDevices() {
    Leg leg = ringingBoth().record().legs().getFirst();
    String now = Json.write(leg);
    String before = now.replaceFirst(",\"otherDevices\":\\[.*?]", "");
    assertEquals(List.of(), Json.read(before, Leg.class).otherDevices());
    assertEquals(leg, Json.read(now, Leg.class));
  }

  private static Story routed() {
    return Story.of("main-1795225666.0")
        .from("trunk-demo", "09121234567", "Sara")
        .decided("ring", "extension:101");
  }

  private static Story ringingBoth() {
    return routed().announces(DESK).announces(MOBILE).dials("").rings("101.1").rings("101.2");
  }

  /// `101 answered by Mobile app; Desk phone 1.0 answered-elsewhere`
  private static List<String> shown(CallRecord call) {
    return call.legs().stream().map(CallFoldDevicesTest::shown).toList();
  }

  private static String shown(Leg leg) {
    String by = leg.device().map(device -> " by " + device.agent().orElse("-")).orElse("");
    String others =
        leg.otherDevices().stream()
            .map(device -> "; " + device.agent().orElse("-") + " " + text(device.result()))
            .collect(Collectors.joining());
    return leg.party() + " " + text(leg.result()) + by + others;
  }

  private static String text(LegResult result) {
    return result.text();
  }
}
