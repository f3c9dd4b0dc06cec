package io.tamas.call.fold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Status;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Journals of real calls through the dialplan of this repository: `calls/dialplan`.
class DialplanJournalsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # journal                | became       | by   | hung up | cause | rule           | legs
          answered-caller-hangs-up | ANSWERED     | 1001 | CALLER  | 16    | route:route-1  | 1001 answered
          answered-callee-hangs-up | ANSWERED     | 1002 | CALLEE  | 16    | route:route-2  | 1002 answered
          recorded                 | ANSWERED     | 1003 | CALLER  | 16    | route:route-3  | 1003 answered
          missed                   | MISSED       | -    | SYSTEM  | 19    | route:route-4  | 1004 no-answer
          gave-up                  | ABANDONED    | -    | CALLER  | 16    | route:route-5  | 1005 cancelled
          busy                     | BUSY         | -    | CALLEE  | 17    | route:route-6  | 1006 busy
          rejected                 | REJECTED     | -    | CALLEE  | 21    | route:route-7  | 1008 rejected
          not-registered           | FAILED       | -    | SYSTEM  | 20    | route:route-8  | 1010 unreachable
          announcement             | ANNOUNCEMENT | -    | SYSTEM  | 16    | route:route-9  | ''
          announcement-left        | ANNOUNCEMENT | -    | CALLER  | -     | route:route-10 | ''
          refused                  | FAILED       | -    | SYSTEM  | 1     | no-route       | ''
          ring-all                 | ANSWERED     | 1015 | CALLER  | 16    | route:route-11 | 1014 answered-elsewhere, 1015 answered
          ring-all-nobody          | MISSED       | -    | SYSTEM  | 19    | route:route-12 | 1016 no-answer, 1017 busy, 1018 unreachable
          in-order                 | ANSWERED     | 1020 | CALLER  | 16    | route:route-13 | 1019 no-answer, 1020 answered
          extension-to-extension   | ANSWERED     | 1022 | CALLEE  | 16    | extension:1022 | 1022 answered
          fallback-dead            | ANSWERED     | 1023 | CALLER  | 16    | fallback       | 1023 answered
          fallback-frozen          | ANSWERED     | 1024 | CALLER  | 16    | fallback       | 1024 answered
          fallback-from-phone      | ANSWERED     | 1026 | CALLER  | 16    | fallback       | 1026 answered
          """)
  void callBecomesItsRecord(
      String journal,
      Status status,
      String by,
      String hungUpBy,
      String cause,
      String rule,
      String legs) {
    CallRecord record = record(journal);
    assertEquals(status, record.outcome().status());
    assertEquals(by, record.outcome().answeredBy().orElse("-"));
    assertEquals(hungUpBy, record.outcome().hungUpBy().map(Enum::name).orElse("-"));
    assertEquals(cause, record.outcome().cause().map(Object::toString).orElse("-"));
    assertEquals(rule, record.outcome().rule());
    String shown =
        record.legs().stream()
            .map(leg -> leg.party() + " " + leg.result().text())
            .collect(Collectors.joining(", "));
    assertEquals(legs, shown);
  }

  /// Asterisk passes the backslashes of a quoted name on.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          name-forges-json   | a\\\\\\",\\"eventtype\\":\\"PICKUP\\",\\"z\\":\\"
          name-closes-csv    | \\")\\",\\"\\r\\n,PICKUP
          name-right-to-left | علی رضایی
          name-emoji         | 🌹 Ali 👨\u200D👩\u200D👧
          name-of-dialplan   | ${SHELL(touch /tmp/x)} & $[1+1] `id`
          """)
  void nameFromTheNetworkIsOnlyAName(String journal, String name) {
    CallRecord record = record(journal);
    assertEquals(name, record.who().callerName());
    assertEquals(Status.ANSWERED, record.outcome().status());
  }

  @ParameterizedTest
  @CsvSource("name-of-quotes")
  void nameOfQuotesIsCutByAsteriskAndDoesNoHarm(String journal) {
    CallRecord record = record(journal);
    assertEquals(79, record.who().callerName().length());
    assertEquals(Status.ANSWERED, record.outcome().status());
  }

  private static CallRecord record(String journal) {
    return CallFold.fold(CapturedJournals.rows("dialplan/" + journal)).orElseThrow();
  }
}
