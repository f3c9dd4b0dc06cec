package io.tamas.crm.exchange;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.crm.ImportedGroups;
import io.tamas.db.DatabaseFault;
import io.tamas.db.Transaction;
import io.tamas.number.WrittenNumbers;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on the import that is open: reads it, tries it, runs it, undoes it. What was broken off
/// goes on at the next start, after the last batch that was stored.
///
/// Without PostgreSQL it tries again later.
public final class Importer {
  private static final Logger log = LoggerFactory.getLogger(Importer.class);

  static final int AT_A_TIME = 2_000;
  private static final long LENGTH_AT_A_TIME = 2 << 20;

  /// Should PostgreSQL crash, the rows go with their position, and are stored again. Not with
  /// events, which are never taken back.
  private static final String NOT_WAITED_FOR = "set local synchronous_commit to off";

  /// Parts of names and addresses get into their indexes many rows at a time, and all at once:
  /// which is most of the work. Searches read what is not there yet, and so it must not grow
  /// without end.
  private static final String MANY_AT_A_TIME =
      """
      select set_config('gin_pending_list_limit', '16MB', true), set_config('work_mem', '64MB', true)
      """;

  private static final Duration UNTIL_WOKEN = Duration.ofSeconds(30);
  private static final Duration UNTIL_BACK = Duration.ofSeconds(5);

  /// How often others are told how far it is, so that they forget what they know of callers.
  private static final Duration BETWEEN_TOLD = Duration.ofSeconds(10);

  /// An import that nobody goes on with is ended.
  static final Duration ABANDONED = Duration.ofDays(1);

  private static final Duration KEEP = Duration.ofDays(365);
  private static final Duration BETWEEN_CLEARINGS = Duration.ofMinutes(10);

  /// An upload takes an hour at most.
  private static final Duration LEFT_BEHIND = Duration.ofHours(2);

  private final Imports imports;
  private final ImportFolder folder;
  private final ImportUndo undo;
  private final ForgottenImports forgotten;
  private final Supplier<WrittenNumbers> numbers;
  private final Clock clock;
  private final Counter created;
  private final Counter changed;
  private final Counter refused;
  private final Rounds rounds = new Rounds("importer", this::round);
  private Instant cleared = Instant.EPOCH;
  private Instant told = Instant.EPOCH;

  /// @param numbers as at the company's trunks
  public Importer(
      Imports imports,
      ImportFolder folder,
      Supplier<WrittenNumbers> numbers,
      Clock clock,
      MeterRegistry metrics) {
    this.imports = imports;
    this.folder = folder;
    this.undo = new ImportUndo(imports);
    this.forgotten = new ForgottenImports(imports.database(), clock);
    this.numbers = numbers;
    this.clock = clock;
    this.created = counter(metrics, "created");
    this.changed = counter(metrics, "changed");
    this.refused = counter(metrics, "refused");
  }

  private static Counter counter(MeterRegistry metrics, String outcome) {
    return Counter.builder("tamas.import.rows")
        .description("Rows of files that were imported into the phone book, by what became of them")
        .tag("outcome", outcome)
        .register(metrics);
  }

  public void start() {
    rounds.start();
  }

  public Worker worker() {
    return rounds.worker();
  }

  /// Starts work at once.
  public void wake() {
    rounds.wake();
  }

  public Future<Void> close() {
    return rounds.close();
  }

  private Duration round() {
    try {
      Optional<Import> open = imports.open();
      if (open.isPresent() && open.get().state().isInWork()) {
        work(open.get());
        return Duration.ZERO;
      }
      clear(open);
      return UNTIL_WOKEN;
    } catch (DatabaseFault e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("an import goes on later");
      return UNTIL_BACK;
    }
  }

  private void clear(Optional<Import> open) {
    Instant now = clock.instant();
    if (now.isBefore(cleared.plus(BETWEEN_CLEARINGS))) {
      return;
    }
    cleared = now;
    if (open.filter(one -> one.createdAt().isBefore(now.minus(ABANDONED))).isPresent()) {
      imports.cancel(open.get().id());
      folder.remove(open.get().id());
      log.atInfo().addKeyValue("import", open.get().id()).log("import cancelled: nobody went on");
    }
    forgotten.before(now.minus(KEEP));
    folder.clear(imports.needed(), now.minus(LEFT_BEHIND));
  }

  private void work(Import one) {
    try {
      switch (one.state()) {
        case READING -> read(one);
        case CHECKING -> check(one);
        case RUNNING -> run(one);
        case UNDOING -> undo.run(one, () -> !rounds.isClosing());
        case READY, CHECKED, DONE, CANCELLED, FAILED, UNDONE -> {}
      }
    } catch (UnreadableSheet e) {
      fail(one, String.valueOf(e.getMessage()));
    } catch (DatabaseFault.Refused e) {
      log.atError().addKeyValue("import", one.id()).setCause(e).log("import failed");
      fail(one, "the database refuses a row after row %d".formatted(done(one)));
    } catch (IOException e) {
      log.atError().addKeyValue("import", one.id()).setCause(e).log("import failed");
      fail(one, "the file cannot be read any more");
    }
    imports.find(one.id()).filter(now -> !now.state().isInWork()).ifPresent(this::ended);
  }

  private void ended(Import now) {
    log.atInfo()
        .addKeyValue("import", now.id())
        .addKeyValue("state", now.state())
        .addKeyValue("created", now.counts().created())
        .addKeyValue("changed", now.counts().changed())
        .addKeyValue("refused", now.counts().refused())
        .log("import");
    if (!now.state().isReady()) {
      folder.remove(now.id());
    }
  }

  private long done(Import one) {
    return imports.find(one.id()).map(now -> now.counts().done()).orElse(0L);
  }

  private void fail(Import one, String reason) {
    imports.fail(one.id(), reason);
  }

  private void read(Import one) throws IOException {
    Path file = existing(one);
    SheetFormat format = one.format().isPresent() ? one.format().get() : SheetDetection.of(file);
    PhoneBook book = imports.database().inTransaction(PhoneBooks::of);
    SheetSummary.of(
            file,
            format,
            one.header(),
            book,
            () -> !rounds.isClosing() && imports.isStill(one.id(), ImportState.READING))
        .ifPresent(summary -> imports.found(one.id(), summary));
  }

  private Path existing(Import one) {
    Path file = folder.file(one.id());
    if (!Files.isRegularFile(file)) {
      throw new UnreadableSheet("the file is not there any more");
    }
    return file;
  }

  private void check(Import one) throws IOException {
    imports.restart(one.id());
    batches(one, new SeenKeys(), new MissingGroups(makesGroups(one)), 0);
  }

  private void run(Import one) throws IOException {
    batches(one, null, new MissingGroups(makesGroups(one)), one.counts().done());
  }

  private static boolean makesGroups(Import one) {
    return one.mapping().map(Mapping::makesGroups).orElse(false);
  }

  /// @param seen of a dry run
  /// @param dry groups that are missing, of a dry run
  /// @param after the last row that was worked on before
  private void batches(Import one, @Nullable SeenKeys seen, MissingGroups dry, long after)
      throws IOException {
    try (SheetReader reader = SheetReader.open(existing(one), one.format().orElseThrow())) {
      Deque<SheetRow> waiting = new ArrayDeque<>();
      boolean isFirst = one.header();
      boolean isEnd = false;
      while (!rounds.isClosing() && !(isEnd && waiting.isEmpty())) {
        long length = waiting.stream().mapToLong(SheetRow::length).sum();
        while (!isEnd && waiting.size() < AT_A_TIME && length < LENGTH_AT_A_TIME) {
          Optional<SheetRow> next = reader.next();
          isEnd = next.isEmpty();
          boolean isHeader = isFirst && next.filter(row -> !row.isBlank()).isPresent();
          isFirst &= !isHeader;
          next.filter(row -> !isHeader && row.number() > after).ifPresent(waiting::add);
          length += next.map(SheetRow::length).orElse(0);
        }
        if (!waiting.isEmpty() && !batch(one, seen, dry, waiting)) {
          return;
        }
      }
    }
    if (!rounds.isClosing()) {
      imports
          .database()
          .inTransaction(tx -> {
            Optional<Import> now = imports.lock(tx, one.id(), one.state());
            now.ifPresent(_ ->
                imports.end(tx, one.id(), seen == null ? ImportState.DONE : ImportState.CHECKED));
            return now;
          });
    }
  }

  /// Whether it goes on.
  private boolean batch(
      Import one, @Nullable SeenKeys seen, MissingGroups dry, Deque<SheetRow> waiting) {
    Optional<ImportBatch.Outcome> done =
        imports
            .database()
            .inTransaction(tx -> {
              Optional<Import> now = imports.lock(tx, one.id(), one.state());
              if (now.isEmpty()) {
                return Optional.empty();
              }
              ImportBatch.Outcome outcome = work(tx, now.get(), seen, dry, waiting);
              boolean isTime = clock.instant().isAfter(told.plus(BETWEEN_TOLD));
              ImportedGroups.tell(tx, outcome.made());
              if (seen == null && isTime) {
                told = clock.instant();
                imports.tell(tx, one.id());
              } else if (outcome.made().isEmpty()) {
                tx.execute(NOT_WAITED_FOR, Tuple.tuple());
              }
              return Optional.of(outcome);
            });
    done.ifPresent(outcome -> {
      for (int i = 0; i < outcome.taken(); i++) {
        waiting.remove();
      }
      if (seen == null) {
        created.increment(outcome.counts().created());
        changed.increment(outcome.counts().changed());
        refused.increment(outcome.counts().refused());
      }
    });
    return done.isPresent();
  }

  private ImportBatch.Outcome work(
      Transaction tx,
      Import now,
      @Nullable SeenKeys seen,
      MissingGroups dry,
      Deque<SheetRow> waiting) {
    if (seen == null) {
      tx.execute(MANY_AT_A_TIME, Tuple.tuple());
    }
    boolean makes = seen == null && makesGroups(now);
    PhoneBook book = makes ? PhoneBooks.alone(tx) : PhoneBooks.of(tx);
    book.missing(now.mapping().orElseThrow())
        .ifPresent(missing -> {
          throw new UnreadableSheet(missing + " any more, which the mapping uses");
        });
    // those of the batch before are there by now
    MissingGroups missing = seen == null ? new MissingGroups(makes) : dry;
    ImportBatch.Outcome outcome =
        new ImportBatch(tx, now, book, numbers.get(), seen, missing).work(new ArrayList<>(waiting));
    imports.count(tx, now.id(), outcome.counts(), outcome.refusals());
    imports.addGroups(tx, now.id(), outcome.newGroups(), outcome.made());
    return outcome;
  }
}
