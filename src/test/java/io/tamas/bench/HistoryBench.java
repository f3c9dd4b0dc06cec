package io.tamas.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.call.history.CallSearch;
import io.tamas.call.history.Calls;
import io.tamas.call.history.Counting;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.config.Config;
import io.tamas.dashboards.Dashboard;
import io.tamas.dashboards.Dashboard.Target;
import io.tamas.dashboards.Question;
import io.tamas.db.Database;
import io.tamas.db.TestServer;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.tamas.report.Statistics;
import io.tamas.routing.Routed.Direction;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;

/// Lists and statistics of a year with 10,000,000 calls of 100 extensions in 5 groups and 200,000
/// numbers: how long the first page of each combination of filters takes, each kind of count of a
/// day, a month and the year, and each question that a dashboard asks of the database, for the time
/// that it shows at first. `./tamas bench history [calls]`.
public final class HistoryBench {
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Instant BEGIN = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(YEAR);
  private static final long BYTES_PER_CALL = 4_000;
  private static final int CHUNK = 100_000;
  private static final int PAGES = 200;
  private static final ZoneId UTC = ZoneId.of("UTC");

  /// One, as the columns of the tables that it is in: of whom it is, and what came of it.
  private static final String EACH =
      """
      select n, n %% 50 = 0 as recorded, 'bench-' || extract(epoch from at)::bigint || '.' || n as id, at,
        (100 + n %% 100)::text as extension,
        '+98912' || to_char(n * 7919 %% 200000, 'FM0000000') as number,
        (array['INBOUND', 'INBOUND', 'INBOUND', 'OUTBOUND', 'INTERNAL'])[(1 + n / 7 %% 5)::int] as direction,
        (array['ANSWERED', 'ANSWERED', 'ANSWERED', 'ANSWERED', 'ANSWERED', 'ANSWERED', 'ANSWERED',
          'MISSED', 'ABANDONED', 'BUSY'])[(1 + n / 3 %% 10)::int] as status
      from (select n, timestamptz '%s' + n * interval '%d microseconds' as at
        from generate_series(%d::bigint, %d) n) as numbered
      """;

  private static final String FILL =
      """
      with each as materialized (%s), starts as (
        insert into call_start (id, started_at) select id, at from each)
      insert into call (id, started_at, direction, status, record)
      select id, at, direction, status,
        replace(replace(replace(replace(replace(replace(replace(replace(replace(?, '@id@', id),
          '@recording@', case when recorded then ', "recording": "' || gen_random_uuid() || '"' else '' end),
          '@at@', to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')), '@extension@', extension),
          '@caller@', case direction when 'INBOUND' then number else extension end),
          '@group@', (n %% 5)::text), '@direction@', direction), '@status@', status),
          '@trunk@', case direction when 'OUTBOUND' then ', "trunk": "main"' else '' end)::jsonb
      from each
      """;

  private static final String FILL_PARTIES =
      """
      insert into call_party (party, started_at, call_id, direction, status, recorded)
      select party, at, id, direction, status, recorded
      from (%s) as each, unnest(case direction
        when 'INTERNAL' then array['extension:' || extension, 'extension:' || 100 + n * 31 %% 100]
        else array['extension:' || extension, 'number:' || number] end) party
      order by 1, 2 on conflict do nothing
      """;

  private static final String RECORD =
      """
      {"id": "@id@", "direction": "@direction@", "caller": "@caller@", "callerName": "Leila Rahimi",
       "requested": "+982191001000", "status": "@status@", "destination": "extension:@extension@",
       "answeredBy": "@extension@", "hungUpBy": "CALLER", "rule": "route:main", "startedAt": "@at@",
       "ringingAt": "@at@", "answeredAt": "@at@", "endedAt": "@at@", "ring": "PT7.25S",
       "talk": "PT1M35.5S", "hold": "PT0S"@recording@, "recordingChanges": [], "messages": [], "trunk": "main",
       "legs": [{"channel": "PJSIP/@extension@-00000001", "party": "@extension@", "tie": "DIALLED"@trunk@,
         "startedAt": "@at@", "answeredAt": "@at@", "endedAt": "@at@",
         "result": "answered", "talk": "PT1M35.5S", "otherDevices": []}],
       "parkings": [],
       "decisions": [{"direction": "@direction@", "caller": "@caller@",
         "requested": "+982191001000", "destination": "extension:@extension@", "rule": "route:main",
         "action": "ring", "line": {"trunk": "main"},
         "groups": {"group-@group@": ["@extension@"]},
         "trace": {"steps": [{"rule": "route:main", "outcome": "matched"},
           {"rule": "schedule:office", "outcome": "open"},
           {"rule": "extension:@extension@", "outcome": "rings"}]}}]}
      """;

  private final long calls;
  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

  private HistoryBench(long calls) {
    this.calls = calls;
  }

  public static void main(String[] arguments) throws Exception {
    long calls = arguments.length > 0 ? Long.parseLong(arguments[0]) : 10_000_000;
    Path target = Path.of("target").toAbsolutePath();
    long free = Files.getFileStore(target).getUsableSpace();
    if (free < calls * BYTES_PER_CALL) {
      throw new IOException(
          "%,d calls need %,d MB of disk, %,d are free in %s"
              .formatted(calls, calls * BYTES_PER_CALL >> 20, free >> 20, target));
    }
    Path folder = Files.createTempDirectory(target, "bench-history-");
    try (TestServer postgres = TestServer.startThrowAway(folder)) {
      new HistoryBench(calls).run(postgres);
    }
    System.exit(0);
  }

  private void run(TestServer postgres) throws Exception {
    Config.Database config = postgres.fresh("history_bench");
    long start = System.nanoTime();
    try (Connection connection = postgres.connect("history_bench")) {
      fill(connection);
    }
    System.out.printf("%,d calls stored in %.0f s%n", calls, seconds(start));
    Vertx vertx = Vertx.vertx();
    Database database = new Database(vertx, config);
    try {
      long counting = System.nanoTime();
      while (!Counting.some(database, UTC, CHUNK / 10)) {}
      System.out.printf("and counted in %.0f s%n", seconds(counting));
      lists(database);
      statistics(database);
      try (Connection connection = postgres.connect("history_bench")) {
        dashboards(connection);
      }
    } finally {
      database.close().await(5, TimeUnit.SECONDS);
      vertx.close().await(5, TimeUnit.SECONDS);
    }
  }

  /// Indexes are made after the rows, which is quicker.
  private void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      Json.read(
          RECORD
              .replaceAll("@at@", BEGIN.toString())
              .replace("@trunk@", "")
              .replace("@recording@", "")
              .replace("@direction@", "INBOUND")
              .replace("@status@", "ANSWERED"),
          CallRecord.class);
      statement.execute("set time zone 'UTC'");
      List<String> indexes = dropIndexes(statement);
      statement.execute(
          "select make_month('call', at) from generate_series(timestamptz '%s', '%s', '1 day') at"
              .formatted(BEGIN, BEGIN.plus(YEAR)));
      for (long from = 1; from <= calls; from += CHUNK) {
        String fill = FILL.formatted(each(from, Math.min(calls, from + CHUNK - 1)));
        try (PreparedStatement chunk = connection.prepareStatement(fill)) {
          chunk.setString(1, RECORD);
          chunk.execute();
        }
      }
      statement.execute("set work_mem = '256MB'");
      statement.execute(FILL_PARTIES.formatted(each(1, calls)));
      statement.execute("set maintenance_work_mem = '512MB'");
      for (String index : indexes) {
        statement.execute(index);
      }
      statement.execute("vacuum analyze call, call_start, call_party");
      statement.execute("checkpoint"); // else it is written while the first is measured
    }
  }

  private String each(long from, long to) {
    return EACH.formatted(BEGIN, YEAR.toNanos() / 1_000 / calls, from, to);
  }

  private static List<String> dropIndexes(Statement statement) throws SQLException {
    List<String> made = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery(
            """
            select indexname, replace(indexdef, ' ON ONLY ', ' ON ') from pg_indexes
            where tablename = 'call' and indexname <> 'call_pkey'
            """)) {
      while (found.next()) {
        names.add(found.getString(1));
        made.add(found.getString(2));
      }
    }
    for (String name : names) {
      statement.execute("drop index " + name);
    }
    return made;
  }

  private void lists(Database database) {
    Calls history = new Calls(database, new SimpleMeterRegistry());
    System.out.printf(
        "%n%d first pages of 50 each, asked a second time%23s %8s %8s%n",
        PAGES, "p50 ms", "p95", "longest");
    for (int filters = 0; filters < 1 << Filter.values().length; filters++) {
      List<CallSearch> searches = new ArrayList<>();
      for (int i = 0; i < PAGES; i++) {
        searches.add(search(filters));
      }
      searches.forEach(history::list);
      Histogram times = new Histogram(3);
      for (CallSearch search : searches) {
        long start = System.nanoTime();
        history.list(search);
        times.recordValue((System.nanoTime() - start) / 1_000);
      }
      print(names(filters), times);
    }
  }

  private enum Filter {
    DIRECTION,
    STATUS,
    EXTENSION,
    NUMBER,
    NOT_CALLED_BACK,
    RECORDED,
    TIME;

    private boolean isIn(int filters) {
      return (filters >> ordinal() & 1) == 1;
    }
  }

  private static String names(int filters) {
    List<String> names = new ArrayList<>();
    for (Filter filter : Filter.values()) {
      if (filter.isIn(filters)) {
        names.add(filter.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
    }
    return names.isEmpty() ? "no filter" : String.join(", ", names);
  }

  private CallSearch search(int filters) {
    Instant from = BEGIN.plusSeconds(random.nextLong(YEAR.toSeconds()));
    return new CallSearch(
        given(Filter.DIRECTION, filters, Direction.values()[random.nextInt(3)]),
        given(
            Filter.STATUS,
            filters,
            List.of(Status.ANSWERED, Status.MISSED, Status.BUSY, Status.VOICEMAIL)
                .get(random.nextInt(4))),
        given(Filter.EXTENSION, filters, new ExtensionNumber("" + (100 + random.nextInt(100)))),
        given(Filter.NUMBER, filters, "+98912%07d".formatted(random.nextInt(200_000))),
        List.of(),
        given(Filter.NOT_CALLED_BACK, filters, Duration.ofHours(24)),
        Filter.RECORDED.isIn(filters),
        given(Filter.TIME, filters, from),
        given(Filter.TIME, filters, from.plus(Duration.ofDays(1 + random.nextInt(60)))),
        Optional.empty(),
        50);
  }

  private static <T> Optional<T> given(Filter filter, int filters, T value) {
    return filter.isIn(filters) ? Optional.of(value) : Optional.empty();
  }

  private void statistics(Database database) {
    System.out.printf("%nstatistics, each 20 times%43s %8s %8s%n", "p50 ms", "p95", "longest");
    for (Statistics by : Statistics.values()) {
      for (int days : by == Statistics.HOUR ? new int[] {1, 31} : new int[] {1, 31, 364}) {
        count(database, by, days, true);
        count(database, by, days, false);
      }
    }
  }

  /// @param whole days of the company, as people ask for them; else from and to any second
  private void count(Database database, Statistics by, int days, boolean whole) {
    Histogram times = new Histogram(3);
    for (int i = -2; i < 20; i++) {
      Instant at = BEGIN.plusSeconds(1 + random.nextLong(YEAR.minusDays(days).toSeconds()));
      Instant from = whole ? at.truncatedTo(ChronoUnit.DAYS) : at;
      long start = System.nanoTime();
      by.count(database, from, from.plus(Duration.ofDays(days)));
      if (i >= 0) {
        times.recordValue((System.nanoTime() - start) / 1_000);
      }
    }
    String span = days + (whole ? " whole days" : " days from any second");
    print("by " + by.name().toLowerCase(Locale.ROOT) + ", " + span, times);
  }

  private static void dashboards(Connection connection) throws SQLException {
    System.out.printf(
        "%nquestions of dashboards, each 10 times%31s %8s %8s%n", "p50 ms", "p95", "longest");
    for (Dashboard dashboard : Dashboard.all()) {
      for (Target target : dashboard.targets()) {
        if (target.isSql()) {
          ask(connection, dashboard, target);
        }
      }
    }
  }

  private static void ask(Connection connection, Dashboard dashboard, Target target)
      throws SQLException {
    Histogram times = new Histogram(3);
    Instant now = Instant.now();
    String sql = new Question(dashboard.from(now), now, dashboard.variables()).sql(target.text());
    for (int i = -1; i < 10; i++) {
      long start = System.nanoTime();
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {}
      }
      if (i >= 0) {
        times.recordValue((System.nanoTime() - start) / 1_000);
      }
    }
    print(target.panel().name(), times);
  }

  private static void print(String what, Histogram micros) {
    System.out.printf(
        "%-60s %8.1f %8.1f %8.1f%n",
        what,
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(95) / 1e3,
        micros.getMaxValue() / 1e3);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
