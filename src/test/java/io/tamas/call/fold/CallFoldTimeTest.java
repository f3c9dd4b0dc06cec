package io.tamas.call.fold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.asterisk.journal.JournalLines;
import io.tamas.asterisk.journal.JournalParser;
import io.tamas.call.record.CallRecord;
import io.tamas.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Calls during changes of the local time, on a machine in that time zone.
class CallFoldTimeTest {
  private static final String ID = "main-1795225666.0";
  private final TimeZone original = TimeZone.getDefault();

  @AfterEach
  void restoreTimeZone() {
    TimeZone.setDefault(original);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # zone             | start                | change
          UTC                | 2026-12-31T23:59:40Z | a year
          Asia/Tehran        | 2026-11-20T20:29:40Z | midnight
          Asia/Tehran        | 2022-03-21T20:29:40Z | summer time, at midnight
          Asia/Tehran        | 2022-09-21T19:29:40Z | the end of summer time, at midnight
          Europe/Moscow      | 2014-10-25T21:59:40Z | the end of summer time, for good
          Europe/Berlin      | 2026-03-29T00:59:40Z | summer time
          Europe/Berlin      | 2026-10-25T00:59:40Z | the end of summer time
          America/Sao_Paulo  | 2018-11-04T02:59:40Z | summer time, at midnight
          """)
  void durationsDoNotDependOnLocalTime(String zone, Instant start, String change) {
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    CallRecord call = CallFold.fold(written(start)).orElseThrow();

    assertEquals(start, call.when().startedAt(), change);
    assertEquals(Optional.of(start.plusSeconds(5)), call.when().answeredAt());
    assertEquals(Optional.of(start.plusSeconds(65)), call.when().endedAt());
    assertEquals(Duration.ofSeconds(5), call.when().ring());
    assertEquals(Duration.ofSeconds(60), call.when().talk());
    String json = Json.write(call);
    assertTrue(json.contains("\"startedAt\":\"" + start + "\""), json);
    assertTrue(json.contains("\"endedAt\":\"" + start.plusSeconds(65) + "\""), json);
  }

  /// The rows as read from the journal's file.
  private static List<JournalEvent> written(Instant start) {
    StringBuilder lines = new StringBuilder();
    Story.of(ID, start)
        .from("trunk-demo", "09121234567", "Sara")
        .decided("ring", "extension:101")
        .dials("PJSIP/101,20")
        .rings("101")
        .after(5_000)
        .answers("101")
        .after(60_000)
        .phoneEnds("101", 16, "")
        .callerHangsUp()
        .ends()
        .rows()
        .forEach(row -> lines.append(JournalLines.line(row)));
    byte[] bytes = lines.toString().getBytes(UTF_8);
    return JournalParser.parse(bytes, bytes.length, true).events();
  }
}
