package io.tamas.web;

import io.tamas.calendar.TimeZones;
import io.tamas.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Tables for spreadsheets (RFC 4180). What people have written never becomes a formula there: a
/// cell that begins as one is preceded by an apostrophe (OWASP, CSV Injection). A phone number in
/// international form is none: it stays as it is.
public final class Csv {
  /// Without it Excel reads UTF-8 as the code page of the machine.
  public static final String BOM = "\uFEFF";

  public static final String TYPE = "text/csv; charset=utf-8; header=present";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /// Also in the wide forms that Excel takes for the same.
  private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

  private static final String PHONE = "\\+[0-9]{7,15}";

  /// In some countries a semicolon ends a cell.
  private static final String QUOTED = "(?s).*[,;\"\t\r\n].*";

  private Csv() {}

  public static String row(String... cells) {
    return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  static String cell(String text) {
    boolean formula =
        !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 && !text.matches(PHONE);
    String safe = formula ? "'" + text : text;
    return safe.matches(QUOTED) ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }

  /// The time zone in which a request wants its times: the parameter `zone`, by default UTC.
  ///
  /// @throws Problem 400 for what is no name of the IANA database
  public static ZoneId zone(Request request) {
    String name = request.query("zone").orElse("UTC");
    return TimeZones.find(name)
        .orElseThrow(() ->
            Problem.bad(
                "Bad parameters",
                "query:zone",
                "must be a time zone of the IANA database such as \"%s\", not %s"
                    .formatted(TimeZones.near(name), Json.write(name))));
  }

  /// Local, to the second.
  public static String time(Instant instant, ZoneId zone) {
    return TIME.format(instant.atZone(zone));
  }

  /// To the millisecond.
  public static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1_000.0);
  }
}
