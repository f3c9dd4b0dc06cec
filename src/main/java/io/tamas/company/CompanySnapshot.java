package io.tamas.company;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The company in memory, by which calls are routed.
///
/// Follows PostgreSQL: changes of this node are published by [Companies], those of others are
/// notified by `LISTEN`. While PostgreSQL is unavailable the last company stays, and a start
/// without PostgreSQL uses the copy on disk; without a copy it starts with no company, so that each
/// call is routed to the dialplan's fallback.
public final class CompanySnapshot implements Supplier<Directory> {
  private static final Logger log = LoggerFactory.getLogger(CompanySnapshot.class);

  /// How long a start waits for PostgreSQL before it continues with the copy.
  private static final Duration FIRST_READ = Duration.ofSeconds(1);

  /// How often a connection without notifications is checked.
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(15);

  private static final Duration RETRY = Duration.ofMillis(500);
  private static final int MAX_LISTENERS = 16;
  private static final String LISTEN = "listen " + CompanyRows.CHANNEL;

  private final Database database;
  private final CompanyCopy copy;
  private final List<Consumer<Directory>> listeners = new CopyOnWriteArrayList<>();
  private final Signal notified = new Signal();
  private final Signal changed = new Signal();
  private final Promise<Void> started = Promise.promise();
  private final Worker follower = new Worker("company-follow", this::follow);
  private final Worker publisher = new Worker("company-publish", this::publishChanges);
  private final Worker firstRead = new Worker("company-first-read", this::endFirstRead);
  private final ReentrantLock publishing = new ReentrantLock();
  private volatile Directory current = Directory.of(Company.empty());
  private volatile boolean closed;

  /// Used by the following thread only.
  private String lastFault = "";

  /// @param file the copy on disk
  public CompanySnapshot(Database database, Path file, MeterRegistry metrics) {
    this.database = database;
    this.copy = new CompanyCopy(file);
    metrics.gauge("tamas.company.version", this, self -> self.company().version());
  }

  /// Wakes a thread; raising it several times before that has the effect of once.
  private static final class Signal {
    private final BlockingQueue<Boolean> raised = new ArrayBlockingQueue<>(1);

    void raise() {
      raised.offer(true);
    }

    boolean await(Duration atMost) throws InterruptedException {
      return raised.poll(atMost.toMillis(), TimeUnit.MILLISECONDS) != null;
    }
  }

  @Override
  public Directory get() {
    return current;
  }

  public Company company() {
    return get().company();
  }

  /// Calls the listener after each change, one call at a time and not on an event loop; of changes
  /// in quick succession it may see only the last. It is also called once after the start.
  public void onChange(Consumer<Directory> listener) {
    if (listeners.size() == MAX_LISTENERS) {
      throw new IllegalStateException("too many listeners");
    }
    listeners.add(listener);
  }

  /// Completes when the company is that of PostgreSQL or, while PostgreSQL is unavailable, that of
  /// the disk: within about a second. Never fails.
  public Future<Void> start() {
    workers().forEach(Worker::start);
    return started.future();
  }

  public List<Worker> workers() {
    return List.of(follower, publisher, firstRead);
  }

  public Future<Void> close() {
    closed = true;
    changed.raise(); // not interrupted: it may be writing the copy
    follower.interrupt();
    firstRead.interrupt();
    return Future.succeededFuture();
  }

  /// Publishes a newer company; one that is older than the current one is dropped.
  void publish(Company company) {
    replace(company, false);
  }

  private void replace(Company company, boolean alsoOlder) {
    Directory directory = Directory.of(company);
    publishing.lock();
    try {
      if (!alsoOlder && company.version() <= company().version()) {
        return;
      }
      current = directory;
    } finally {
      publishing.unlock();
    }
    changed.raise();
  }

  private void follow() {
    readCopy();
    try {
      while (!closed) {
        followOnce();
        Thread.sleep(RETRY);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void followOnce() throws InterruptedException {
    try {
      followUntilLost();
    } catch (DatabaseFault e) {
      if (!closed) {
        told(e);
      }
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("company: the stored company cannot be read");
    }
    started.tryComplete();
  }

  /// Once, not at each attempt.
  private void told(DatabaseFault fault) {
    String reason = String.valueOf(fault.getMessage());
    if (!reason.equals(lastFault)) {
      lastFault = reason;
      log.atLevel(fault.lacksTables() ? Level.INFO : Level.WARN)
          .addKeyValue("reason", reason)
          .log(
              fault.lacksTables()
                  ? "company: waits for its tables, which are being made"
                  : "company: PostgreSQL is unavailable");
    }
  }

  private void endFirstRead() {
    try {
      Thread.sleep(FIRST_READ);
    } catch (InterruptedException e) {
      // closed
    }
    started.tryComplete();
  }

  private void readCopy() {
    try {
      copy.read().ifPresent(this::publish);
    } catch (IOException e) {
      log.atError().setCause(e).log("company: the copy on disk cannot be used");
    }
  }

  /// Listens first and reads then, so that no change is missed in between.
  private void followUntilLost() throws InterruptedException {
    PgConnection connection = connect();
    try {
      connection.notificationHandler(notification -> notified.raise());
      connection.closeHandler(lost -> notified.raise());
      database.await(connection.query(LISTEN).execute());
      // the company of PostgreSQL counts now, even if it is older, as after a restore
      replace(database.await(CompanyRows.load(connection)).company(), true);
      lastFault = "";
      started.tryComplete();
      while (!closed) {
        notified.await(CHECK_INTERVAL);
        if (database.await(CompanyRows.version(connection)) > company().version()) {
          publish(database.await(CompanyRows.load(connection)).company());
        }
      }
    } finally {
      connection.close();
    }
  }

  private PgConnection connect() {
    Future<PgConnection> connecting = database.dedicated();
    try {
      return database.await(connecting);
    } catch (DatabaseFault e) {
      connecting.onSuccess(PgConnection::close); // too late: no longer needed
      throw e;
    }
  }

  private void publishChanges() {
    long written = -1;
    try {
      while (!closed) {
        boolean isChanged = changed.await(CHECK_INTERVAL);
        Directory directory = get();
        if (directory.company().version() != written && write(directory.company())) {
          written = directory.company().version();
        }
        if (isChanged) {
          directory.company().trunks().forEach(CompanySnapshot::prepare);
          listeners.forEach(listener -> call(listener, directory));
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /// Whether the copy is on disk; if not, writing is retried later.
  private boolean write(Company company) {
    if (company.version() == 0) {
      return false;
    }
    try {
      copy.write(company);
      return true;
    } catch (IOException e) {
      log.atError().setCause(e).log("company: the copy cannot be written to disk");
      return false;
    }
  }

  /// A trunk whose plan cannot be prepared does not stop the others.
  private static void prepare(Company.Trunk trunk) {
    try {
      trunk.plan().prepare();
    } catch (RuntimeException e) {
      log.atError()
          .setCause(e)
          .addKeyValue("trunk", trunk.name())
          .log("company: no numbering plan");
    }
  }

  private static void call(Consumer<Directory> listener, Directory directory) {
    try {
      listener.accept(directory);
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("company: a listener failed");
    }
  }
}
