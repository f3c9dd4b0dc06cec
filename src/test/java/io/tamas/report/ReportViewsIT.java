package io.tamas.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.call.history.Calls;
import io.tamas.call.history.Counting;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.CallRecord.When;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestDatabase;
import io.tamas.routing.Routed.Direction;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the views for dashboards say of these calls.
class ReportViewsIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(ReportViewsIT.class);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Database DATABASE = new Database(VERTX, CONFIG);
  private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");
  private static final Duration DAY = Duration.ofHours(24);
  private static final String ALI = "+989120000001";
  private static final String SARA = "+989120000002";
  private static final String REZA = "+989120000003";
  private static final String MINA = "+989120000004";
  private static final String OMID = "+989120000005";
  private static final String NOBODY = "anonymous";

  @BeforeAll
  static void store() {
    List<CallRecord> calls =
        List.of(
            // called back at the last moment, by an outbound call
            inbound(1, ALI, Status.MISSED, 0, 20),
            outbound(2, ALI, Status.ANSWERED, DAY.toSeconds()),
            // too late
            inbound(3, SARA, Status.ABANDONED, 0, 3),
            outbound(4, SARA, Status.ANSWERED, DAY.toSeconds() + 1),
            // nobody answered, and the answered call was before
            inbound(5, REZA, Status.ANSWERED, -60, 4),
            inbound(6, REZA, Status.VOICEMAIL, 0, 15),
            outbound(7, REZA, Status.MISSED, 60),
            // called again and was answered
            inbound(8, MINA, Status.ABANDONED, 0, 40),
            inbound(9, MINA, Status.ANSWERED, 600, 25),
            // nobody can call back, and another anonymous call is another caller
            inbound(10, NOBODY, Status.MISSED, 0, 20),
            inbound(11, NOBODY, Status.ANSWERED, 60, 7),
            // not missed
            inbound(12, OMID, Status.ANNOUNCEMENT, 0, 1));
    DATABASE.inTransaction(tx -> tx.await(Future.all(new ArrayList<>(Calls.save(tx, calls)))));
    Counting.all(DATABASE, ZoneId.of("Asia/Tehran"));
  }

  @AfterAll
  static void close() throws Exception {
    DATABASE.close().await(10, TimeUnit.SECONDS);
    VERTX.close().await(10, TimeUnit.SECONDS);
  }

  private static CallRecord inbound(int id, String from, Status status, long after, long ring) {
    return rings(
        CallStatisticsIT.call(id, Direction.INBOUND, from, status, NOON.plusSeconds(after)), ring);
  }

  private static CallRecord outbound(int id, String to, Status status, long after) {
    CallRecord call =
        CallStatisticsIT.call(id, Direction.OUTBOUND, "101", status, NOON.plusSeconds(after));
    CallRecord.Who who =
        new CallRecord.Who(
            Direction.OUTBOUND,
            "101",
            "",
            to,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new CallRecord(
        call.id(),
        who,
        call.when(),
        call.outcome(),
        call.recorded(),
        call.legs(),
        List.of(),
        List.of());
  }

  private static CallRecord rings(CallRecord call, long seconds) {
    When when = call.when();
    return new CallRecord(
        call.id(),
        call.who(),
        new When(
            when.startedAt(),
            when.ringingAt(),
            when.answeredAt(),
            when.endedAt(),
            Duration.ofSeconds(seconds),
            when.talk(),
            when.hold(),
            when.progress()),
        call.outcome(),
        call.recorded(),
        call.legs(),
        List.of(),
        List.of());
  }

  private static List<String> rows(String sql) {
    List<String> rows = new ArrayList<>();
    for (Row row : DATABASE.await(DATABASE.pool().query(sql).execute())) {
      List<String> values = new ArrayList<>();
      for (int column = 0; column < row.size(); column++) {
        values.add(String.valueOf(row.getValue(column)));
      }
      rows.add(String.join(" ", values));
    }
    return rows;
  }

  @Test
  void aMissedCallIsCalledBackByAnAnsweredCallWithThatNumberWithinADay() {
    assertEquals(
        List.of(
            ALI + " MISSED true",
            SARA + " ABANDONED false",
            REZA + " VOICEMAIL false",
            MINA + " ABANDONED true",
            NOBODY + " MISSED null"),
        rows(
            """
            select caller, status, called_back from report.missed_call
            order by caller not like '+%', caller
            """));
  }

  @Test
  void theTimeToCallBackIsThatOfTheCompany() {
    String within = "select to_char(longest, 'HH24:MI:SS') from report.called_back_within";
    assertEquals(List.of("24:00:00"), rows(within));
    rows(
        """
        insert into company_item (kind, name, body, version) values
          ('settings', 'company', '{"zone": "UTC", "callBackWithin": "PT90M"}', 1)
        """);
    assertEquals(List.of("01:30:00"), rows(within));
    rows("update company_item set body = body - 'callBackWithin' where kind = 'settings'");
    assertEquals(List.of("24:00:00"), rows(within));
    rows("delete from company_item where kind = 'settings'");
  }

  @ParameterizedTest
  // answered: 4, 7 and 25 s; ABANDONED: 3 and 40 s; MISSED and VOICEMAIL: 3 more
  @CsvSource({
    "5, 3 1 5 2 1",
    "10, 3 2 5 2 1",
    "20, 3 2 5 2 1",
    "30, 3 3 5 2 1",
    "45, 3 3 5 2 2",
    "300, 3 3 5 2 2"
  })
  void serviceIsCountedForEachThreshold(int threshold, String counts) {
    assertEquals(
        List.of(counts),
        rows(
            """
            select sum(answered), sum(answered_within), sum(missed), sum(abandoned), sum(abandoned_within)
            from report.service_hour where threshold = %d
            """
                .formatted(threshold)));
  }

  @ParameterizedTest
  @CsvSource({
    "Asia/Tehran, 2026-03-10 15 2",
    "Asia/Kathmandu, 2026-03-10 17 2",
    "America/St_Johns, 2026-03-10 9 2",
    "Pacific/Kiritimati, 2026-03-11 2 3"
  })
  void hoursAreThoseOfTheCompany(String zone, String hour) {
    Counting.all(DATABASE, ZoneId.of(zone));
    String of = "select distinct day, hour, weekday from report.%s where %s";
    String noon =
        "begins <= '%s' and begins > '%s'".formatted(NOON, NOON.minus(Duration.ofHours(1)));
    assertEquals(List.of(hour), rows(of.formatted("service_hour", noon)));
    assertEquals(
        List.of(hour),
        rows(of.formatted("call_hour", noon + " and direction = 'INBOUND' and status = 'MISSED'")));
    assertEquals(List.of(hour), rows(of.formatted("missed_call", "true")));
  }

  @ParameterizedTest
  @CsvSource({"Asia/Kathmandu", "Pacific/Kiritimati", "UTC"})
  void todayBeginsWhenTheDayOfTheCompanyBegan(String zone) {
    Counting.all(DATABASE, ZoneId.of(zone));
    assertEquals(
        List.of("00:00 true"),
        rows(
            """
            select (today at time zone zone)::time, today <= now() and today > now() - interval '1 day'
            from report.company
            """));
  }

  @ParameterizedTest
  @CsvSource({
    "+989121234567, +9891…67",
    "09121234567, 09121…67",
    "101, 101",
    "12345678, 12345678",
    "anonymous, anonymous"
  })
  void onlyNumbersOutsideTheCompanyAreMasked(String number, String shown) {
    assertEquals(List.of(shown), rows("select report.masked('" + number + "')"));
  }
}
