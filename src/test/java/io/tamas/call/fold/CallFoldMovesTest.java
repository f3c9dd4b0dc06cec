package io.tamas.call.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.RowType.Note;
import io.tamas.call.fold.CallFold.Moment;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Leg;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.json.Json;
import io.tamas.routing.Routed.Direction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls that were transferred, picked up, parked or held, as a real Asterisk wrote them:
/// `calls/moves`. In the inbound ones the caller is `ali`, whose call rang at the first phone; a
/// leg is written as party, tie, the extension that caused it, result, and talk time in seconds.
class CallFoldMovesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # journal                              | from     | asked for     | ring | cause | became   | by   | last          | hung up | talk | hold | sent to            | legs
          attended                               | INBOUND  | +982191000021 | 0.0  | 16    | ANSWERED | 1025 | 1026          | CALLER  | 3.3  | 6.1  | extension:1026     | 1025 dialled answered 3.3, 1026 transferred attended by 1025 answered 4.0
          attended-abort                         | INBOUND  | +982191000028 | 0.0  | 16    | ANSWERED | 1037 | 1037          | CALLER  | 3.3  | 5.6  | extension:1037     | 1037 dialled answered 4.8, 1038 consultation by 1037 answered 1.5
          attended-abort-while-ringing           | INBOUND  | +982191000031 | 0.1  | 16    | ANSWERED | 1041 | 1041          | CALLER  | 3.3  | 4.6  | extension:1041     | 1041 dialled answered 3.3, 1042 consultation by 1041 cancelled
          attended-blond                         | INBOUND  | +982191000040 | 0.1  | 16    | ANSWERED | 1053 | 1054          | CALLER  | 3.2  | 6.1  | extension:1054     | 1053 dialled answered 1.2, 1054 transferred attended by 1053 answered 2.0
          attended-blond-busy                    | INBOUND  | +982191000006 | 0.1  | 16    | ANSWERED | 1005 | 1005          | CALLER  | 2.3  | 5.2  | extension:1006     | 1005 dialled answered 1.2, 1006 transferred attended by 1005 busy, 1005 returned answered 1.1
          attended-blond-nobody                  | INBOUND  | +982191000003 | 0.1  | 16    | ANSWERED | 1001 | 1001          | CALLER  | 2.3  | 34.2 | extension:1002     | 1001 dialled answered 1.2, 1002 transferred attended by 1001 no-answer, 1001 returned answered 1.0
          attended-busy                          | INBOUND  | +982191000046 | 0.1  | 16    | ANSWERED | 1061 | 1061          | CALLEE  | 5.3  | 3.1  | extension:1061     | 1061 dialled answered 5.3, 1062 consultation by 1061 busy
          attended-by-caller                     | INTERNAL | 1036          | 0.1  | 16    | ANSWERED | 1036 | 1034          | CALLEE  | 3.3  | 5.1  | extension:1034     | 1036 dialled answered 3.3, 1034 transferred attended by 1033 answered 3.0
          attended-callee-hangs-up               | INBOUND  | +982191000024 | 0.0  | 16    | ANSWERED | 1029 | 1030          | CALLEE  | 3.2  | 6.2  | extension:1030     | 1029 dialled answered 3.3, 1030 transferred attended by 1029 answered 4.0
          attended-caller-hangs-up               | INBOUND  | +982191000055 | 0.0  | 16    | ANSWERED | 1073 | 1073          | CALLER  | 1.2  | 4.2  | extension:1073     | 1073 dialled answered 4.3, 1074 consultation by 1073 answered 3.1
          attended-caller-hangs-up-while-ringing | INBOUND  | +982191000058 | 0.0  | 16    | ANSWERED | 1077 | 1077          | CALLER  | 1.2  | 4.1  | extension:1077     | 1077 dialled answered 1.2, 1078 consultation by 1077 cancelled
          attended-complete-by-key               | INBOUND  | +982191000034 | 0.1  | 16    | ANSWERED | 1045 | 1046          | CALLER  | 3.3  | 5.6  | extension:1046     | 1045 dialled answered 2.8, 1046 transferred attended by 1045 answered 3.5
          attended-complete-by-key-while-ringing | INBOUND  | +982191000037 | 0.1  | 16    | ANSWERED | 1049 | 1050          | CALLER  | 2.3  | 5.5  | extension:1050     | 1049 dialled answered 1.3, 1050 transferred attended by 1049 answered 1.1
          attended-mailbox                       | INBOUND  | +982191000043 | 0.0  | 16    | ANSWERED | 1021 | 1021          | SYSTEM  | 0.8  | 4.3  | voicemail:1022     | 1021 dialled answered 0.8, 1022 transferred attended by 1021 no-answer
          attended-nobody                        | INBOUND  | +982191000049 | 0.1  | 16    | ANSWERED | 1065 | 1065          | CALLEE  | 4.4  | 18.0 | extension:1065     | 1065 dialled answered 4.4, 1066 consultation by 1065 cancelled
          attended-outside                       | INBOUND  | +982191000031 | 0.0  | 16    | ANSWERED | 1015 | +989120000026 | CALLER  | 2.3  | 4.1  | number:+989120000026 | 1015 dialled answered 1.9, +989120000026 transferred attended by 1015 answered 2.6
          attended-swap                          | INBOUND  | +982191000064 | 0.1  | 16    | ANSWERED | 1085 | 1086          | CALLER  | 4.7  | 6.3  | extension:1086     | 1085 dialled answered 6.3, 1086 transferred attended by 1085 answered 4.6
          attended-target-hangs-up               | INBOUND  | +982191000052 | 0.0  | 16    | ANSWERED | 1069 | 1069          | CALLEE  | 3.3  | 4.1  | extension:1069     | 1069 dialled answered 4.4, 1070 consultation by 1069 answered 1.0
          attended-then-blind                    | INBOUND  | +982191000070 | 0.0  | 16    | ANSWERED | 1093 | 1095          | CALLER  | 4.4  | 4.2  | extension:1095     | 1093 dialled answered 2.3, 1094 transferred attended by 1093 answered 2.6, 1095 transferred blind by 1094 answered 1.7
          attended-three-way                     | INBOUND  | +982191000012 | 0.0  | 16    | ANSWERED | 1007 | 1008          | CALLER  | 4.2  | 2.3  | extension:1008     | 1007 dialled answered 4.3, 1008 transferred attended by 1007 answered 4.4
          attended-twice                         | INBOUND  | +982191000067 | 0.0  | 16    | ANSWERED | 1089 | 1091          | CALLER  | 4.4  | 8.4  | extension:1091     | 1089 dialled answered 2.3, 1090 transferred attended by 1089 answered 3.9, 1091 transferred attended by 1090 answered 2.6
          attended-wrong-number                  | INBOUND  | +982191000061 | 0.1  | 16    | ANSWERED | 1081 | 1081          | CALLEE  | 7.3  | 2.6  | extension:1081     | 1081 dialled answered 7.3
          blind                                  | INBOUND  | +982191000003 | 0.1  | 16    | ANSWERED | 1001 | 1003          | CALLER  | 2.6  | 3.1  | extension:1003     | 1001 dialled answered 1.5, 1003 transferred blind by 1001 answered 1.1
          blind-busy                             | INBOUND  | +982191000012 | 0.0  | 16    | ANSWERED | 1013 | 1013          | CALLEE  | 3.1  | 4.1  | extension:1014     | 1013 dialled answered 1.5, 1014 transferred blind by 1013 busy, 1013 returned answered 1.5
          blind-group                            | INBOUND  | +982191000078 | 0.0  | 16    | ANSWERED | 1038 | 1040          | CALLEE  | 4.5  | 1.4  | ring-group:group-25 | 1038 dialled answered 3.4, 1039 transferred blind by 1038 answered-elsewhere, 1040 transferred blind by 1038 answered 1.1
          blind-mailbox                          | INBOUND  | +982191000055 | 0.0  | 16    | ANSWERED | 1027 | 1027          | SYSTEM  | 1.0  | 4.4  | voicemail:1028     | 1027 dialled answered 1.0, 1028 transferred blind by 1027 no-answer
          blind-menu                             | INBOUND  | +982191000059 | 0.0  | 16    | ANSWERED | 1029 | 1030          | CALLER  | 3.9  | 1.3  | extension:1030     | 1029 dialled answered 2.5, 1030 transferred blind by 1029 answered 1.4
          blind-nobody                           | INBOUND  | +982191000074 | 0.0  | 16    | ANSWERED | 1036 | 1036          | CALLER  | 2.2  | 4.3  | extension:1037     | 1036 dialled answered 1.0, 1037 transferred blind by 1036 no-answer, 1036 returned answered 1.2
          blind-nobody-home                      | INBOUND  | +982191000009 | 0.0  | 17    | ANSWERED | 1009 | 1009          | SYSTEM  | 1.5  | 3.1  | extension:1010     | 1009 dialled answered 1.5, 1010 transferred blind by 1009 busy, 1009 returned busy
          blind-outside                          | INBOUND  | +982191000066 | 0.0  | 16    | ANSWERED | 1032 | +989120000061 | CALLEE  | 2.7  | 2.8  | number:+989120000061 | 1032 dialled answered 1.6, +989120000061 transferred blind by 1032 answered 1.2
          blind-refused                          | INBOUND  | +982191000015 | 0.1  | 16    | ANSWERED | 1017 | 1017          | CALLER  | 3.1  | 3.6  | extension:99       | 1017 dialled answered 1.5, 1017 returned answered 1.6
          forwarded-gave-up                      | INBOUND  | +982191000070 | 0.1  | 16    | ABANDONED | -    | -             | CALLER  | 0.0  | 0.0  | number:+989120000068 | 1032 dialled busy, +989120000068 forwarded by 1032 cancelled
          forwarded-unreachable-gave-up          | INBOUND  | +982191000082 | 0.0  | 16    | ABANDONED | -    | -             | CALLER  | 0.0  | 0.0  | number:+989120000080 | 1036 dialled unreachable, +989120000080 forwarded by 1036 cancelled
          hold                                   | INBOUND  | +982191000047 | 0.0  | 16    | ANSWERED | 1065 | 1065          | CALLEE  | 2.1  | 1.5  | extension:1065     | 1065 dialled answered 2.1
          outside-cannot-transfer                | INBOUND  | +982191000050 | 0.0  | 16    | ANSWERED | 1069 | 1069          | CALLEE  | 5.3  | 0.0  | extension:1069     | 1069 dialled answered 5.3
          park-by-caller                         | INTERNAL | 1016          | 0.1  | 16    | ANSWERED | 1016 | 1014          | CALLEE  | 3.0  | 4.1  | extension:1016     | 1016 dialled answered 3.0, 1014 retrieved answered 1.5
          park-caller-hangs-up                   | INBOUND  | +982191000040 | 0.0  | 16    | ANSWERED | 1053 | 1053          | CALLER  | 1.6  | 4.1  | extension:1053     | 1053 dialled answered 1.6
          park-forwarded                         | INBOUND  | +982191000012 | 0.0  | 16    | ANSWERED | 1005 | 1004          | CALLER  | 2.0  | 4.1  | extension:1004     | 1005 dialled answered 1.0, 1005 returned busy, 1004 forwarded by 1005 answered 1.0
          park-retrieve                          | INBOUND  | +982191000034 | 0.0  | 16    | ANSWERED | 1045 | 1046          | CALLER  | 3.1  | 4.0  | extension:1045     | 1045 dialled answered 1.5, 1046 retrieved answered 1.5
          park-retrieved-by-parker               | INBOUND  | +982191000013 | 0.1  | 16    | ANSWERED | 1017 | 1017          | CALLEE  | 3.1  | 4.1  | extension:1017     | 1017 dialled answered 1.5, 1017 retrieved answered 1.5
          park-timeout                           | INBOUND  | +982191000037 | 0.0  | 16    | ANSWERED | 1049 | 1049          | CALLER  | 3.1  | 9.1  | extension:1049     | 1049 dialled answered 1.5, 1049 returned answered 1.5
          pickup-group                           | INBOUND  | +982191000014 | 1.0  | 16    | ANSWERED | 1014 | 1014          | CALLER  | 1.5  | 0.0  | extension:1013     | 1013 dialled answered-elsewhere, 1014 picked up answered 1.5
          pickup-internal                        | INTERNAL | 1033          | 1.0  | 16    | ANSWERED | 1034 | 1034          | CALLER  | 1.5  | 0.0  | extension:1033     | 1033 dialled answered-elsewhere, 1034 picked up answered 1.5
          pickup-nothing                         | INTERNAL | 0             | 0.0  | 20    | FAILED   | -    | -             | SYSTEM  | 0.0  | 0.0  | -                  | -
          pickup-number                          | INBOUND  | +982191000006 | 1.2  | 16    | ANSWERED | 1006 | 1006          | CALLEE  | 1.5  | 0.0  | extension:1005     | 1005 dialled answered-elsewhere, 1006 picked up answered 1.5
          pickup-of-consultation                 | INBOUND  | +982191000009 | 0.1  | 16    | ANSWERED | 1009 | 1011          | CALLER  | 2.8  | 5.1  | extension:1010     | 1009 dialled answered 2.3, 1010 transferred attended by 1009 answered-elsewhere, 1011 picked up answered 2.5
          pickup-of-forwarded                    | INBOUND  | +982191000004 | 0.1  | 16    | ANSWERED | 1003 | 1003          | CALLER  | 1.1  | 0.0  | extension:1002     | 1001 dialled busy, 1002 forwarded by 1001 answered-elsewhere, 1003 picked up answered 1.1
          pickup-of-group-call                   | INBOUND  | +982191000020 | 1.0  | 16    | ANSWERED | 1023 | 1023          | CALLER  | 1.5  | 0.0  | ring-group:group-7 | 1021 dialled answered-elsewhere, 1022 dialled answered-elsewhere, 1023 picked up answered 1.5
          pickup-then-attended                   | INBOUND  | +982191000028 | 1.0  | 16    | ANSWERED | 1038 | 1039          | CALLER  | 2.7  | 4.2  | extension:1039     | 1037 dialled answered-elsewhere, 1038 picked up answered 2.8, 1039 transferred attended by 1038 answered 2.1
          pickup-two-at-once                     | INBOUND  | +982191000023 | 1.0  | 16    | ANSWERED | 1027 | 1027          | CALLER  | 2.5  | 0.0  | extension:1025     | 1025 dialled answered-elsewhere, 1027 picked up answered 2.5
          pickup-by-click                        | INBOUND  | +982191000035 | 0.4  | 16    | ANSWERED | 1024 | 1024          | CALLER  | 1.1  | 0.0  | extension:1023     | 1023 dialled answered-elsewhere, 1024 picked up answered 1.1
          retrieved-by-click                     | INBOUND  | +982191000018 | 0.0  | 16    | ANSWERED | 1009 | 1010          | CALLER  | 2.0  | 2.7  | extension:1009     | 1009 dialled answered 1.0, 1010 retrieved answered 1.0
          refer-attended                         | INBOUND  | +982191000003 | 0.1  | 16    | ANSWERED | 1001 | 1002          | CALLER  | 4.2  | 1.6  | extension:1002     | 1001 dialled answered 2.2, 1002 transferred attended by 1001 answered 3.6
          refer-attended-inbound-both            | INBOUND  | +982191000009 | 0.0  | 16    | ANSWERED | 1009 | +989120000010 | CALLEE  | 4.7  | 1.6  | extension:1009     | 1009 dialled answered 2.7, +989120000010 transferred attended by 1009 answered 3.6, 1009 dialled answered 1.6
          refer-attended-while-ringing           | INBOUND  | +982191000006 | 0.0  | 16    | ANSWERED | 1005 | 1006          | CALLER  | 3.7  | 2.0  | extension:1006     | 1005 dialled answered 2.2, 1006 transferred attended by 1005 answered 1.6
          refer-blind                            | INBOUND  | +982191000073 | 0.0  | 16    | ANSWERED | 1097 | 1098          | CALLER  | 2.6  | 1.1  | extension:1098     | 1097 dialled answered 1.1, 1098 transferred blind by 1097 answered 1.5
          refer-blind-busy                       | INBOUND  | +982191000076 | 0.1  | 16    | ANSWERED | 1101 | 1101          | CALLEE  | 2.6  | 1.2  | extension:1102     | 1101 dialled answered 1.0, 1102 transferred blind by 1101 busy, 1101 returned answered 1.5
          refer-blind-by-caller                  | INTERNAL | 1108          | 0.0  | 16    | ANSWERED | 1108 | 1106          | CALLEE  | 2.6  | 1.1  | extension:1106     | 1108 dialled answered 2.6, 1106 transferred blind by 1105 answered 1.5
          """)
  void transferredCallIsOneRecord(
      String journal,
      Direction direction,
      String requested,
      double ring,
      int cause,
      Status status,
      String by,
      String last,
      String hungUp,
      double talk,
      double hold,
      String destination,
      String legs) {
    CallRecord call = record(journal);

    assertEquals(legs, legs(call));
    assertEquals(direction, call.who().direction());
    assertEquals(requested, call.who().requested());
    assertEquals(ring, seconds(call.when().ring()), 0.1);
    assertEquals(Optional.of(cause), call.outcome().cause());
    assertEquals(status, call.outcome().status());
    assertEquals(by, call.outcome().answeredBy().orElse("-"));
    assertEquals(last, call.outcome().lastParty().orElse("-"));
    assertEquals(hungUp, call.outcome().hungUpBy().map(Enum::name).orElse("-"));
    assertEquals(talk, seconds(call.when().talk()), 0.1);
    assertEquals(hold, seconds(call.when().hold()), 0.1);
    assertEquals(destination, call.outcome().destination().orElse("-"));
    assertTrue(call.when().endedAt().isPresent());
    assertEquals(call, Json.read(Json.write(call), CallRecord.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attended",
        "attended-twice",
        "blind-busy",
        "refer-attended",
        "park-retrieve",
        "pickup-group"
      })
  void momentsOccurOnceAndChangesBetweenAnswerAndEnd(String journal) {
    List<JournalEvent> rows = rows(journal);
    var fold = new CallFold(rows.getFirst());
    List<Moment> moments = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      moments.addAll(fold.apply(rows.get(i)));
      assertEquals(CallFold.fold(rows.subList(0, i + 1)), fold.record());
    }
    assertEquals(moments.stream().sorted().toList(), moments);
    List<Moment> once = moments.stream().filter(moment -> moment != Moment.CHANGED).toList();
    assertEquals(List.of(Moment.STARTED, Moment.RINGING, Moment.ANSWERED, Moment.ENDED), once);
  }

  /// One change each: held, connected to the colleague, transferred.
  @Test
  void attendedTransferIsPublishedAsItHappens() {
    List<JournalEvent> rows = rows("attended");
    var fold = new CallFold(rows.getFirst());
    List<String> changes = new ArrayList<>();
    for (JournalEvent row : rows) {
      if (fold.apply(row).contains(Moment.CHANGED)) {
        CallRecord now = fold.record().orElseThrow();
        changes.add(
            row.type().text()
                + " "
                + now.outcome().lastParty().orElse("-")
                + " "
                + now.legs().size());
      }
    }
    assertEquals(
        List.of("STREAM_BEGIN 1025 1", "STREAM_END 1026 2", "ATTENDEDTRANSFER 1026 2"), changes);
  }

  /// Asterisk leaves the cause of the busy phone on the caller's channel.
  @Test
  void callHungUpByAConnectedPartyHasNormalClearing() {
    assertEquals(Optional.of(16), record("pickup-of-forwarded").outcome().cause());
  }

  /// Asterisk hangs up the phones that it rings no longer with that cause too.
  @Test
  void phoneThatRingsNoLongerHasNoCauseOfItsOwn() {
    assertEquals(Optional.empty(), record("forwarded-gave-up").legs().getLast().cause());
  }

  @Test
  void secondPhoneThatTriedToPickUpHasItsOwnRecord() {
    Map<String, List<JournalEvent>> calls =
        JoinedJournal.calls(CapturedJournals.rows("moves/pickup-two-at-once"));

    List<CallRecord> records =
        calls.values().stream().map(call -> CallFold.fold(call).orElseThrow()).toList();
    assertEquals(2, records.size());
    assertEquals("1026", records.getLast().who().caller());
    assertEquals(Status.FAILED, records.getLast().outcome().status());
    assertEquals(List.of(), records.getLast().legs());
  }

  /// Notes of Tamas have no channel, and a caller that hangs up is not retrieved.
  @Test
  void callerThatHangsUpWhileParkedBelongsToNoOtherCall() {
    List<JournalEvent> parked = CapturedJournals.rows("moves/park-caller-hangs-up");
    List<JournalEvent> rows = new ArrayList<>();
    rows.add(JournalEvent.synthetic(parked.getFirst().at(), Note.RECORDING, "lab-1.1"));
    rows.addAll(parked);

    Map<String, List<JournalEvent>> calls = JoinedJournal.calls(rows);
    assertEquals(parked, calls.get(parked.getFirst().linkedId()));
    assertEquals(2, calls.size());
  }

  /// The older call is the internal one, but the caller is that of the inbound one.
  @Test
  void inboundCallerIsTheCallerOfAJoinedCall() {
    List<JournalEvent> rows = new ArrayList<>();
    String internal = "lab-1795267000.1";
    for (JournalEvent row : Story.of(internal).from("105", "105", "Operator").rows()) {
      rows.add(row);
    }
    List<JournalEvent> inbound = rows("attended");
    rows.addAll(inbound);
    CallRecord call = CallFold.fold(rows).orElseThrow();

    assertEquals(internal, call.id());
    assertEquals(record("attended").who().caller(), call.who().caller());
    assertEquals(record("attended").when().talk(), call.when().talk());
    assertEquals(record("attended").who().direction(), call.who().direction());
  }

  private static List<JournalEvent> rows(String journal) {
    Map<String, List<JournalEvent>> calls =
        JoinedJournal.calls(CapturedJournals.rows("moves/" + journal));
    assertEquals(journal.equals("pickup-two-at-once") ? 2 : 1, calls.size());
    return calls.values().iterator().next();
  }

  private static CallRecord record(String journal) {
    return CallFold.fold(rows(journal)).orElseThrow();
  }

  private static String legs(CallRecord call) {
    String legs =
        call.legs().stream().map(CallFoldMovesTest::leg).collect(Collectors.joining(", "));
    return legs.isEmpty() ? "-" : legs;
  }

  private static String leg(Leg leg) {
    String tie = leg.tie().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    String by = leg.by().map(party -> " by " + party).orElse("");
    String talk = leg.talk().isZero() ? "" : " %.1f".formatted(seconds(leg.talk()));
    return leg.party() + " " + tie + by + " " + leg.result().text() + talk;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }
}
