package io.tamas.report;

import io.tamas.company.Company.ExtensionGroup;
import io.tamas.company.Company.Part;
import io.tamas.company.CompanySnapshot;
import io.tamas.company.Extension;
import io.tamas.company.PartKind;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.report.CallStatistics.By;
import io.tamas.report.CallStatistics.Counts;
import io.tamas.report.CallStatistics.Span;
import io.tamas.routing.Routed.Direction;
import io.tamas.web.Api;
import io.tamas.web.Csv;
import io.tamas.web.Period;
import io.tamas.web.Principal.Reach;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/// Counts of calls by REST, as JSON and as CSV.
public final class StatisticsRoutes implements Api {
  /// A year with a leap day; by hour, each of which is a row, and of some extensions less.
  private static final Duration MAX_SPAN = Duration.ofDays(366);

  private static final String HEAD =
      Csv.BOM
          + Csv.row(
              "key",
              "name",
              "calls",
              "inbound",
              "outbound",
              "internal",
              "answered",
              "missed",
              "ring_seconds",
              "talk_seconds");

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
        .on("getStatisticsCsv", request -> csv(request, counts(request)));
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
    } catch (CallStatistics.TooLong e) {
      throw e.zone().map(StatisticsRoutes::ofAnotherZone).orElseGet(StatisticsRoutes::notCounted);
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

  private static Problem ofAnotherZone(ZoneId company) {
    return Problem.invalid(
        List.of(
            new Problem.Fault(
                "query:zone",
                "must be %s, the company's, for more than %d days"
                    .formatted(company, CallStatistics.RECORDS.toDays()))));
  }

  private static Problem notCounted() {
    return Problem.unavailable(
        "the calls of so long a time are still being counted: try again in some minutes");
  }

  private List<Counts> counted(Request request) {
    By by = By.valueOf(request.query("by").orElse("TOTAL"));
    Optional<Reach.Extensions> reach = request.extensions();
    boolean isShort = by == By.HOUR || reach.isPresent();
    Span span = span(request, isShort ? CallStatistics.RECORDS : MAX_SPAN);
    ZoneId zone = Csv.zone(request);
    List<Counts> counts =
        reach
            .map(some -> statistics.of(some, by, span, zone))
            .orElseGet(() -> counted(by, span, zone));
    return switch (by) {
      case TOTAL, HOUR, DAY -> counts;
      case EXTENSION -> named(counts, PartKind.EXTENSION);
      case GROUP -> named(counts, PartKind.EXTENSION_GROUP);
    };
  }

  private List<Counts> counted(By by, Span span, ZoneId zone) {
    return switch (by) {
      case TOTAL -> List.of(statistics.total(span));
      case HOUR -> statistics.hours(span, zone);
      case DAY -> statistics.days(span, zone);
      case EXTENSION -> statistics.extensions(span);
      case GROUP -> statistics.groups(span);
    };
  }

  /// As they are named now; one that was deleted has no name.
  private List<Counts> named(List<Counts> all, PartKind kind) {
    Map<String, String> names =
        company.get().company().parts(kind).stream()
            .collect(Collectors.toMap(Part::key, StatisticsRoutes::name));
    return all.stream()
        .map(counts -> counts.named(Optional.ofNullable(names.get(counts.key()))))
        .toList();
  }

  private static String name(Part part) {
    return switch (part) {
      case Extension extension -> extension.name();
      case ExtensionGroup group -> group.title();
      default -> part.key();
    };
  }

  private static Span span(Request request, Duration max) {
    Period period = Period.of(request, max);
    return new Span(
        period.from().orElseThrow(),
        period.to().orElseThrow(),
        request.query("direction").map(Direction::valueOf));
  }

  private static Response csv(Request request, List<Counts> all) {
    boolean times =
        request.query("by").filter(by -> by.equals("HOUR") || by.equals("DAY")).isPresent();
    ZoneId zone = Csv.zone(request);
    String rows =
        all.stream()
            .map(counts -> row(times ? time(counts.key(), zone) : counts.key(), counts))
            .collect(Collectors.joining());
    return new Response.Text(
        Map.of("content-disposition", "attachment; filename=\"statistics.csv\""),
        Csv.TYPE,
        HEAD + rows);
  }

  private static String time(String key, ZoneId zone) {
    return Csv.time(OffsetDateTime.parse(key).toInstant(), zone);
  }

  private static String row(String key, Counts counts) {
    return Csv.row(
        key,
        counts.name().orElse(""),
        "" + counts.calls(),
        "" + counts.inbound(),
        "" + counts.outbound(),
        "" + counts.internal(),
        "" + counts.answered(),
        "" + counts.missed(),
        Csv.seconds(counts.ring()),
        Csv.seconds(counts.talk()));
  }
}
