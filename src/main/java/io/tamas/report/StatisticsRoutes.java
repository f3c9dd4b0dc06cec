package io.tamas.report;

import io.tamas.company.CompanySnapshot;
import io.tamas.company.Extension;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.report.CallStatistics.By;
import io.tamas.report.CallStatistics.Counts;
import io.tamas.report.CallStatistics.Span;
import io.tamas.routing.Routed.Direction;
import io.tamas.web.Api;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/// Counts of calls by REST, as JSON and as CSV.
public final class StatisticsRoutes implements Api {
  /// By hour each hour is a row; by anything else the span covers a year with a leap day.
  private static final Duration MAX_SPAN_BY_HOUR = Duration.ofDays(31);

  private static final Duration MAX_SPAN = Duration.ofDays(366);

  private static final String HEAD =
      "key,calls,inbound,outbound,internal,answered,missed,ring_seconds,talk_seconds\r\n";

  /// So that those who count leave connections to all others.
  private static final int MAX_COUNTING = 4;

  private final Semaphore counting = new Semaphore(MAX_COUNTING);
  private final CallStatistics statistics;
  private final CompanySnapshot company;

  public StatisticsRoutes(Database database, CompanySnapshot company) {
    this.statistics = new CallStatistics(database);
    this.company = company;
  }

  private record Listed(List<Counts> items) {}

  @Override
  public void mount(Operations on) {
    on.on("getStatistics", request -> Response.ok(new Listed(counts(request))))
        .on("getStatisticsCsv", request -> csv(counts(request)));
  }

  /// Slow is not away: whoever asks can ask for less.
  private List<Counts> counts(Request request) {
    if (!counting.tryAcquire()) {
      throw Problem.unavailable("calls are being counted for others: try again in a moment");
    }
    try {
      return counted(request);
    } catch (DatabaseFault fault) {
      throw fault.isSlow() ? tooSlow() : fault;
    } finally {
      counting.release();
    }
  }

  private static Problem tooSlow() {
    return new Problem(
        504,
        "Timeout",
        "counting the calls took too long: narrow the time from query:from to query:to",
        List.of(new Problem.Fault("query:from", "must be closer to query:to")));
  }

  private List<Counts> counted(Request request) {
    By by = By.valueOf(request.query("by").orElse("TOTAL"));
    Span span = span(request, by == By.HOUR ? MAX_SPAN_BY_HOUR : MAX_SPAN);
    ZoneId zone = zone(request);
    return switch (by) {
      case TOTAL -> List.of(statistics.total(span));
      case HOUR -> statistics.hours(span, zone);
      case DAY -> statistics.days(span, zone);
      case EXTENSION -> statistics.extensions(span);
      case GROUP -> statistics.groups(span, members());
    };
  }

  private List<Map.Entry<String, String>> members() {
    return company.get().company().extensions().stream()
        .flatMap(one -> one.groups().stream().map(group -> Map.entry(party(one), group)))
        .toList();
  }

  private static String party(Extension extension) {
    return "extension:" + extension.number();
  }

  private static Span span(Request request, Duration max) {
    Instant from = time(request, "from");
    Instant to = time(request, "to");
    if (!from.isBefore(to)) {
      throw Problem.bad("Bad request", "query:to", "must be after from");
    }
    if (Duration.between(from, to).compareTo(max) > 0) {
      throw Problem.bad(
          "Bad request", "query:to", "must be at most " + max.toDays() + " days after from");
    }
    return new Span(from, to, request.query("direction").map(Direction::valueOf));
  }

  private static Instant time(Request request, String name) {
    try {
      return Request.time(request.query(name).orElse(""));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw Problem.bad(
          "Bad request", "query:" + name, "is not a time, such as 2026-11-21T08:00:00Z");
    }
  }

  private static ZoneId zone(Request request) {
    Optional<String> name = request.query("zone");
    try {
      return ZoneId.of(name.orElse("UTC"));
    } catch (DateTimeException e) {
      throw Problem.bad("Bad request", "query:zone", "is not a time zone, such as Asia/Tehran");
    }
  }

  private static Response csv(List<Counts> all) {
    String rows = all.stream().map(StatisticsRoutes::row).collect(Collectors.joining());
    return new Response.Text(
        Map.of("content-disposition", "attachment; filename=\"calls.csv\""),
        "text/csv; charset=utf-8; header=present",
        HEAD + rows);
  }

  private static String row(Counts counts) {
    return String.format(
        Locale.ROOT,
        "%s,%d,%d,%d,%d,%d,%d,%.3f,%.3f\r\n",
        counts.key(),
        counts.calls(),
        counts.inbound(),
        counts.outbound(),
        counts.internal(),
        counts.answered(),
        counts.missed(),
        counts.ring().toMillis() / 1_000.0,
        counts.talk().toMillis() / 1_000.0);
  }
}
