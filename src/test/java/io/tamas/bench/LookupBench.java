package io.tamas.bench;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.crm.Caller;
import io.tamas.crm.CallerLookup;
import io.tamas.db.Database;
import io.tamas.db.TestServer;
import io.tamas.number.PhoneNumber;
import io.tamas.text.Folding;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Caller lookups among 1,000,000 profiles with three numbers each: from PostgreSQL at 500/s and
/// from memory, beside plain blocking JDBC with the same statement on the same server. `./tamas
/// bench lookup [profiles]`.
public final class LookupBench {
  private static final int RATE = 500;
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final int IN_MEMORY = 10_000;
  private static final int HITS = 1_000_000;
  private static final int CONNECTIONS = 8;

  private static final String FILL =
      """
      with made as (
        insert into profile (kind, name, search, folding, category, fields)
        select 'person', 'Caller ' || n, 'caller ' || n, %d, 'c' || mod(n, 100), '{}'
        from generate_series(1, %d) n
        returning id, substr(name, 8)::integer as n
      )
      insert into profile_number (profile, position, number, label, priority)
      select id, 1 + line, prefix || to_char(n, 'FM0000000'), '', 0
      from made, (values (0, '+98912'), (1, '+982191'), (2, '+902121')) as l (line, prefix)
      """;

  private static final String QUERY =
      """
      select p.id, p.name
      from profile_number n
      join profile p on p.id = n.profile
      where n.number = ?
      order by n.priority desc, p.last_contact desc nulls last, p.id
      limit 10
      """;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final LongAdder unanswered = new LongAdder();
  private final int profiles;
  private long refused;
  private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

  private LookupBench(int profiles) {
    this.profiles = profiles;
  }

  public static void main(String[] arguments) throws Exception {
    int profiles = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-lookup-");
    try (TestServer postgres = TestServer.startThrowAway(folder)) {
      new LookupBench(profiles).run(postgres);
    }
  }

  private void run(TestServer postgres) throws Exception {
    Config.Database config = postgres.fresh("lookup_bench");
    long start = System.nanoTime();
    try (Connection connection = postgres.connect("lookup_bench")) {
      fill(connection);
    }
    System.out.printf("%,d profiles filled in %.1f s%n", profiles, seconds(start));

    Vertx vertx = Vertx.vertx();
    Database database = new Database(vertx, config);
    try {
      Histogram tamas = fromPostgresql(lookup(database, 0));
      Histogram jdbc = byJdbc(postgres);
      Histogram memory = fromMemory(lookup(database, IN_MEMORY));
      print(tamas, jdbc, memory);
    } finally {
      database.close().await(5, TimeUnit.SECONDS);
      vertx.close().await(5, TimeUnit.SECONDS);
    }
  }

  /// The search indexes are made after the rows, which is quicker.
  private void fill(Connection connection) throws SQLException {
    List<String> indexes = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery(
              """
              select indexname, indexdef from pg_indexes
              where schemaname = 'public' and indexname like 'profile%by_part%'
              """)) {
        while (found.next()) {
          indexes.add("drop index " + found.getString(1));
          indexes.add(found.getString(2));
        }
      }
      for (String index : indexes) {
        if (index.startsWith("drop")) {
          statement.execute(index);
        }
      }
      statement.execute(FILL.formatted(Folding.VERSION, profiles));
      for (String index : indexes) {
        if (!index.startsWith("drop")) {
          statement.execute(index);
        }
      }
      statement.execute("vacuum analyze");
      statement.execute("checkpoint"); // else it is written while the first is measured
    }
  }

  private CallerLookup lookup(Database database, int cacheSize) {
    return new CallerLookup(
        database,
        new Config.Lookup(Duration.ofSeconds(5), cacheSize, Duration.ofHours(1)),
        Optional::empty,
        metrics);
  }

  private Histogram fromPostgresql(CallerLookup lookup) throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return atRate(
          threads,
          number -> lookup.find(new PhoneNumber(number), "bench").candidates().size() == 1);
    } finally {
      refused = unanswered.sum();
      report();
      lookup.close();
    }
  }

  private Histogram byJdbc(TestServer postgres) throws Exception {
    BlockingQueue<PreparedStatement> free = new ArrayBlockingQueue<>(CONNECTIONS);
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      Connection connection = postgres.connect("lookup_bench");
      connections.add(connection);
      free.add(connection.prepareStatement(QUERY));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      return atRate(threads, number -> query(free, number) == 1);
    } finally {
      for (Connection connection : connections) {
        connection.close();
      }
    }
  }

  private static int query(BlockingQueue<PreparedStatement> free, String number) {
    try {
      PreparedStatement statement = free.take();
      try {
        statement.setString(1, number);
        int found = 0;
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            found += rows.getString(2).isEmpty() ? 0 : 1;
          }
        }
        return found;
      } finally {
        free.add(statement);
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Measured from when each lookup was due, so that a stall is counted for all whom it delays.
  private Histogram atRate(ExecutorService threads, Predicate<String> lookup)
      throws InterruptedException {
    Histogram warming = new ConcurrentHistogram(3);
    schedule(threads, lookup, warming, Duration.ofSeconds(15));
    unanswered.reset(); // what a cold start refuses is told apart, by the totals below
    Histogram measured = new ConcurrentHistogram(3);
    schedule(threads, lookup, measured, TIME);
    while (measured.getTotalCount() + unanswered.sum() < RATE * TIME.toSeconds()) {
      Thread.sleep(10);
    }
    return measured;
  }

  private void schedule(
      ExecutorService threads, Predicate<String> lookup, Histogram histogram, Duration time) {
    long period = TimeUnit.SECONDS.toNanos(1) / RATE;
    long due = System.nanoTime();
    for (long i = 0; i < RATE * time.toSeconds(); i++) {
      due += period;
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      long from = due;
      String number = number(random.nextInt(profiles) + 1);
      threads.execute(() -> {
        if (lookup.test(number)) {
          histogram.recordValue(System.nanoTime() - from);
        } else {
          unanswered.increment();
        }
      });
    }
  }

  private Histogram fromMemory(CallerLookup lookup) {
    List<PhoneNumber> numbers = new ArrayList<>();
    for (int i = 1; i <= IN_MEMORY / 2; i++) {
      numbers.add(new PhoneNumber(number(i)));
    }
    for (int round = 0; round < 20; round++) {
      numbers.forEach(number -> check(lookup.find(number, "bench").candidates().size()));
    }
    Histogram histogram = new Histogram(3);
    for (int i = 0; i < HITS; i++) {
      PhoneNumber number = numbers.get(random.nextInt(numbers.size()));
      long from = System.nanoTime();
      Caller caller = lookup.find(number, "bench");
      histogram.recordValue(System.nanoTime() - from);
      check(caller.candidates().size());
    }
    lookup.close();
    return histogram;
  }

  private void print(Histogram tamas, Histogram jdbc, Histogram memory) {
    System.out.printf(
        "%n%-34s %10s %10s %10s %9s%n", "lookup", "p50 µs", "p99 µs", "max µs", "count");
    row("Tamas, from PostgreSQL, 500/s", tamas);
    row("plain JDBC, 8 threads, 500/s", jdbc);
    row("Tamas, from memory", memory);
    System.out.printf(
        "%nPostgreSQL, Tamas : JDBC  p50 %.2f, p99 %.2f%n",
        ratio(tamas, jdbc, 50), ratio(tamas, jdbc, 99));
    System.out.printf(
        "memory : PostgreSQL       p50 1 : %.0f, p99 1 : %.0f%n",
        1 / ratio(memory, tamas, 50), 1 / ratio(memory, tamas, 99));
    bar("every lookup answered", refused == 0);
    bar("p99 from PostgreSQL under 2 ms", tamas.getValueAtPercentile(99) < 2_000_000);
    bar("p99 from memory under 20 µs", memory.getValueAtPercentile(99) < 20_000);
  }

  private static void row(String name, Histogram histogram) {
    System.out.printf(
        "%-34s %10.1f %10.1f %10.1f %9d%n",
        name,
        histogram.getValueAtPercentile(50) / 1e3,
        histogram.getValueAtPercentile(99) / 1e3,
        histogram.getMaxValue() / 1e3,
        histogram.getTotalCount());
  }

  private static double ratio(Histogram one, Histogram other, double percentile) {
    return (double) one.getValueAtPercentile(percentile) / other.getValueAtPercentile(percentile);
  }

  private static void bar(String name, boolean met) {
    System.out.printf("%-34s %s%n", name, met ? "met" : "MISSED");
  }

  /// How the answers came about; an unknown caller here is one that was refused or late.
  private void report() {
    System.out.printf(
        "%nnot answered while measured: %d; all lookups, warm-up included:%n", unanswered.sum());
    for (Timer timer : metrics.find("tamas.lookup").timers()) {
      System.out.printf("  by %-10s %6d%n", timer.getId().getTag("by"), timer.count());
    }
    for (Counter late : metrics.find("tamas.lookup.late").counters()) {
      System.out.printf("  late %-8s %6.0f%n", late.getId().getTag("result"), late.count());
    }
  }

  private static void check(int found) {
    if (found != 1) {
      throw new IllegalStateException("found " + found);
    }
  }

  private static String number(int n) {
    return "+98912%07d".formatted(n);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
