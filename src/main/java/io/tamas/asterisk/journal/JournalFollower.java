package io.tamas.asterisk.journal;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the file of `cel_custom` and stores each row exactly once: rows, what the sink derives
/// from them and the position are one transaction.
///
/// One thread reads, in the order of the files, and rests for the poll interval after each round:
/// so a busy Asterisk causes few large transactions, not many small ones. Without PostgreSQL it
/// waits and retries; the files keep everything. If the folder is missing or cannot be read, it
/// waits too.
public final class JournalFollower {
  private static final Logger log = LoggerFactory.getLogger(JournalFollower.class);

  /// Bytes of one transaction, about 3,000 rows.
  private static final int MAX_BATCH = 1 << 20;

  private static final int MAX_REQUESTS = 64;
  private static final Duration FIRST_RETRY = Duration.ofMillis(50);
  private static final Duration LAST_RETRY = Duration.ofSeconds(1);
  private static final Duration LOOK_AT_ROTATED = Duration.ofSeconds(1);

  private final Config.Journal config;
  private final JournalFolder folder;
  private final Database database;
  private final Journal journal;
  private final JournalSink sink;
  private final JournalMetrics metrics;
  private final Queue<Request> requests = new ArrayBlockingQueue<>(MAX_REQUESTS);
  private final Rounds rounds = new Rounds("journal", this::round);
  private volatile boolean following;

  private Optional<Map<String, Long>> positions = Optional.empty();
  private final Map<Path, Done> done = new HashMap<>();
  private String currentKey = "";
  private long rotatedLookedAt = Long.MIN_VALUE;
  private Duration retry = FIRST_RETRY;

  /// A state of a file in which nothing more can be read from it.
  private record Done(String key, long size, boolean closed) {}

  /// Rows from another source than the file.
  private record Request(Supplier<List<JournalEvent>> rows, Promise<Integer> answer) {}

  public JournalFollower(
      Config.Journal config,
      String cell,
      Database database,
      JournalSink sink,
      MeterRegistry registry) {
    this.config = config;
    this.folder = new JournalFolder(config.folder());
    this.database = database;
    this.journal = new Journal(database, cell);
    this.sink = sink;
    this.metrics = new JournalMetrics(registry);
  }

  public void start() {
    rounds.start();
  }

  public Worker worker() {
    return rounds.worker();
  }

  /// Ends after the current transaction.
  public Future<Void> close() {
    return rounds
        .close()
        .onComplete(
            done -> requests.forEach(request -> request.answer.tryFail("the journal is closed")));
  }

  /// Whether the last round stored what it read.
  public boolean isFollowing() {
    return following;
  }

  /// Stores rows that are not in the file, such as the end of a call that Asterisk could not write
  /// any more. The supplier is called on the follower's thread when everything written so far is
  /// stored, and may be called again after a failure.
  ///
  /// @return how many were stored
  public Future<Integer> append(Supplier<List<JournalEvent>> rows) {
    Promise<Integer> answer = Promise.promise();
    if (rounds.isClosing() || !requests.offer(new Request(rows, answer))) {
      return Future.failedFuture(new IllegalStateException("the journal accepts no request now"));
    }
    rounds.wake();
    return answer.future();
  }

  /// How long to rest after it.
  private Duration round() {
    try {
      Duration pause = step() ? Duration.ZERO : config.pollInterval();
      recovered();
      following = true;
      return pause;
    } catch (DatabaseFault | Journal.StalePosition | IOException e) {
      return failed(e, Optional.empty());
    } catch (RuntimeException e) {
      return failed(e, Optional.of(e)); // a broken assumption: its stack trace is needed
    }
  }

  private void recovered() {
    if (!retry.equals(FIRST_RETRY)) {
      log.atInfo().log("Journal following resumed");
      retry = FIRST_RETRY;
    }
  }

  /// Drops all cached state, because it is unknown what was committed.
  private Duration failed(Exception e, Optional<RuntimeException> unexpected) {
    if (retry.equals(FIRST_RETRY)) {
      log.atWarn()
          .setCause(unexpected.orElse(null))
          .addKeyValue("fault", e.getClass().getSimpleName())
          .addKeyValue("why", e.getMessage())
          .log("Journal following interrupted; the file keeps everything");
    }
    metrics.failed(Instant.now());
    following = false;
    positions = Optional.empty();
    done.clear();
    Duration pause = retry;
    Duration twice = retry.multipliedBy(2);
    retry = twice.compareTo(LAST_RETRY) < 0 ? twice : LAST_RETRY;
    return pause;
  }

  /// One round; true if more may be available at once.
  private boolean step() throws IOException {
    Map<String, Long> known = positions.isPresent() ? positions.get() : begin();
    Optional<JournalFolder.Seen> current = folder.current();
    String key = current.map(JournalFolder.Seen::key).orElse("");
    if (!key.equals(currentKey) || isTimeForRotated()) {
      if (readRotated(known)) {
        return true;
      }
      currentKey = key;
      rotatedLookedAt = System.nanoTime();
    }
    if (current.isPresent() && advance(current.get(), known)) {
      return true;
    }
    metrics.upToDate();
    if (answerRequest()) {
      return true;
    }
    return current.isPresent() && rotateWhenLarge(current.get());
  }

  private Map<String, Long> begin() {
    Map<String, Long> known = journal.open();
    sink.begin();
    positions = Optional.of(known);
    return known;
  }

  private boolean isTimeForRotated() {
    return rotatedLookedAt == Long.MIN_VALUE
        || System.nanoTime() - rotatedLookedAt >= LOOK_AT_ROTATED.toNanos();
  }

  /// Whether a renamed file had anything to read. Those read long ago are deleted.
  private boolean readRotated(Map<String, Long> known) throws IOException {
    for (JournalFolder.Seen file : folder.rotated()) {
      if (advance(file, known)) {
        return true;
      }
      if (file.changed().plus(config.keepRotated()).isBefore(Instant.now())) {
        delete(file, known);
      }
    }
    return false;
  }

  private void delete(JournalFolder.Seen file, Map<String, Long> known) throws IOException {
    Optional<JournalFolder.Chunk> rest = read(file.path(), known);
    if (rest.isPresent() && rest.get().length() == 0) {
      Files.deleteIfExists(file.path());
      done.remove(file.path());
      known.remove(rest.get().head());
      journal.forget(rest.get().head());
      log.atInfo().addKeyValue("file", file.path().getFileName()).log("Old journal file deleted");
    }
  }

  /// Stores the next batch of a file; true if more was available than one batch.
  private boolean advance(JournalFolder.Seen file, Map<String, Long> known) throws IOException {
    boolean closed = file.isClosed(Instant.now());
    Done state = new Done(file.key(), file.size(), closed);
    if (state.equals(done.get(file.path()))) {
      return false;
    }
    Optional<JournalFolder.Chunk> read = read(file.path(), known);
    if (read.isEmpty()) {
      return false;
    }
    JournalFolder.Chunk chunk = read.get();
    if (chunk.size() < chunk.offset()) {
      return shortened(chunk, known);
    }
    boolean isComplete = closed && chunk.offset() + chunk.length() == chunk.size();
    JournalParser.Parsed parsed = JournalParser.parse(chunk.bytes(), chunk.length(), isComplete);
    if (parsed.consumed() == 0) {
      done.put(file.path(), state);
      return false;
    }
    store(chunk, parsed);
    known.put(chunk.head(), chunk.offset() + parsed.consumed());
    return chunk.offset() + chunk.length() < chunk.size();
  }

  private Optional<JournalFolder.Chunk> read(Path path, Map<String, Long> known)
      throws IOException {
    return JournalFolder.read(path, head -> known.getOrDefault(head, 0L), MAX_BATCH);
  }

  private void store(JournalFolder.Chunk chunk, JournalParser.Parsed parsed) {
    if (!parsed.events().isEmpty()) {
      metrics.behind(chunk.size() - chunk.offset(), parsed.events().getFirst().at());
    }
    journal.makeRoom(parsed.events());
    database.inTransaction(tx -> {
      journal.move(tx, chunk.head(), chunk.offset(), chunk.offset() + parsed.consumed());
      journal.reject(tx, chunk.head(), chunk.offset(), parsed.rejects());
      journal.append(tx, parsed.events());
      sink.store(tx, parsed.events());
      return parsed;
    });
    sink.committed();
    metrics.stored(parsed);
    for (JournalParser.Reject reject : parsed.rejects()) {
      log.atWarn()
          .addKeyValue("position", chunk.offset() + reject.position())
          .addKeyValue("bytes", reject.raw().length())
          .addKeyValue("reason", reject.reason())
          .log("Part of the journal is not a record and is stored as rejected");
    }
  }

  /// The file was truncated. The removed part has already been stored; reading continues at the new
  /// end.
  private boolean shortened(JournalFolder.Chunk chunk, Map<String, Long> known) {
    log.atWarn()
        .addKeyValue("readTo", chunk.offset())
        .addKeyValue("size", chunk.size())
        .log("The journal file became shorter");
    database.inTransaction(tx -> {
      journal.move(tx, chunk.head(), chunk.offset(), chunk.size());
      return chunk;
    });
    known.put(chunk.head(), chunk.size());
    return true;
  }

  private boolean answerRequest() {
    Request request = requests.peek();
    if (request == null) {
      return false;
    }
    try {
      int stored = storeRows(request.rows.get());
      requests.remove();
      request.answer.complete(stored);
    } catch (DatabaseFault.Retryable e) {
      throw e; // it remains first in the queue
    } catch (RuntimeException e) {
      requests.remove();
      request.answer.fail(e);
      throw e;
    }
    return true;
  }

  private int storeRows(List<JournalEvent> rows) {
    if (!rows.isEmpty()) {
      journal.makeRoom(rows);
      database.inTransaction(tx -> {
        journal.append(tx, rows);
        sink.store(tx, rows);
        return rows;
      });
      sink.committed();
    }
    return rows.size();
  }

  private boolean rotateWhenLarge(JournalFolder.Seen file) throws IOException {
    if (file.size() <= config.rotateBytes()) {
      return false;
    }
    Path renamed = folder.rotate(Instant.now());
    log.atInfo().addKeyValue("file", renamed.getFileName()).log("Journal file renamed");
    return true;
  }
}
