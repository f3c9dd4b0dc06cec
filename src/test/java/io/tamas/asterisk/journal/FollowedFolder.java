package io.tamas.asterisk.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A folder that is followed, as Asterisk sees it on one side and PostgreSQL on the other.
final class FollowedFolder {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  final Path folder;
  final String cell;
  final Database database;
  final MeterRegistry registry = new SimpleMeterRegistry();

  /// Rows of committed transactions, as the sink heard of them.
  final List<JournalEvent> committed = new CopyOnWriteArrayList<>();

  private @Nullable JournalFollower follower;

  FollowedFolder(Path folder, String cell, Database database) {
    this.folder = folder;
    this.cell = cell;
    this.database = database;
  }

  FollowedFolder start() {
    return startWith(1L << 30, Duration.ofMillis(5), new Collecting());
  }

  FollowedFolder startWith(long rotateBytes, Duration poll, JournalSink sink) {
    follower = follower(rotateBytes, poll, sink);
    follower.start();
    return this;
  }

  JournalFollower follower(long rotateBytes, Duration poll, JournalSink sink) {
    var config = new Config.Journal(folder, poll, rotateBytes, Duration.ofMillis(1));
    return new JournalFollower(config, cell, database, sink, registry);
  }

  JournalFollower follower() {
    return Objects.requireNonNull(follower);
  }

  void stop() throws Exception {
    follower().close().await(10, TimeUnit.SECONDS);
  }

  Path current() {
    return folder.resolve("journal.csv");
  }

  /// As `cel_custom` does: opens, appends, closes.
  void write(String text) {
    append(current(), text);
  }

  static void append(Path file, String text) {
    try {
      Files.write(file, text.getBytes(UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void writeNumbered(int from, int to) {
    for (int i = from; i < to; i++) {
      write(JournalLines.line("N" + i, "Sara", "main-1795225666." + i));
    }
  }

  static List<String> numbered(int from, int to) {
    List<String> types = new ArrayList<>();
    for (int i = from; i < to; i++) {
      types.add("N" + i);
    }
    return types;
  }

  /// The types of all stored rows in the order of their sequence.
  List<String> stored() {
    return column("select type from journal where cell = $1 order by seq");
  }

  List<String> rejected() {
    return column("select raw from journal_reject where cell = $1 order by id");
  }

  List<String> column(String sql) {
    List<String> values = new ArrayList<>();
    for (Row row : database.await(database.pool().preparedQuery(sql).execute(Tuple.of(cell)))) {
      values.add(row.getString(0));
    }
    return values;
  }

  void awaitStored(int rows) {
    until("rows stored: " + rows, () -> stored().size() >= rows);
  }

  /// A moment after they are stored, the sink is told.
  void awaitCommitted(int rows) {
    until("rows committed: " + rows, () -> committed.size() >= rows);
  }

  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not in time: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  /// Remembers what was committed.
  class Collecting implements JournalSink {
    private List<JournalEvent> pending = List.of();

    @Override
    public void begin() {
      pending = List.of();
    }

    @Override
    public void store(Transaction tx, List<JournalEvent> rows) {
      pending = rows;
    }

    @Override
    public void committed() {
      committed.addAll(pending);
      pending = List.of();
    }
  }
}
