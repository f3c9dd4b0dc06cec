package io.tamas.company;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
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

/// The company in memory: what calls are routed by.
///
/// Follows PostgreSQL: changes of this node are published by [Companies], those of others are heard
/// by `LISTEN`. While PostgreSQL is away the last company stays, and a start without PostgreSQL
/// begins with the copy on disk; without a copy it begins with no company, so that each call takes
/// the dialplan's fallback.
public final class CompanySnapshot implements Supplier<Directory> {
  private static final Logger log = LoggerFactory.getLogger(CompanySnapshot.class);

  /// How long a start waits for PostgreSQL before it goes on with the copy.
  private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

  /// How often a connection that hears nothing is tried.
  private static final Duration SILENCE = Duration.ofSeconds(15);

  private static final Duration RETRY = Duration.ofMillis(500);
  private static final int MAX_LISTENERS = 16;
  private static final String LISTEN = "listen " + CompanyRows.CHANNEL;

  private final Database database;
  private final CompanyCopy copy;
  private final List<Consumer<Directory>> listeners = new CopyOnWriteArrayList<>();
  private final Signal look = new Signal();
  private final Signal tell = new Signal();
  private final Promise<Void> looked = Promise.promise();
  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final ReentrantLock publishing = new ReentrantLock();
  private volatile Directory current = Directory.of(Company.empty());
  private volatile boolean closed;

  /// @param file the copy on disk
  public CompanySnapshot(Database database, Path file, MeterRegistry metrics) {
    this.database = database;
    this.copy = new CompanyCopy(file);
    metrics.gauge("tamas.company.version", this, self -> self.company().version());
  }

  /// Something to look after; how often it was said does not matter.
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
  /// that come quickly it may see only the last. It is also called once after the start.
  public void onChange(Consumer<Directory> listener) {
    if (listeners.size() == MAX_LISTENERS) {
      throw new IllegalStateException("too many listeners");
    }
    listeners.add(listener);
  }

  /// Completes when the company is that of PostgreSQL or, with PostgreSQL away, that of the disk:
  /// within about a second. Never fails.
  public Future<Void> start() {
    threads.add(Thread.ofVirtual().name("company-follow").start(this::follow));
    Thread.ofVirtual().name("company-tell").start(this::tellAll);
    threads.add(Thread.ofVirtual().name("company-first-look").start(this::endFirstLook));
    return looked.future();
  }

  public Future<Void> close() {
    closed = true;
    tell.raise(); // not interrupted: it may be writing the copy
    threads.forEach(Thread::interrupt);
    return Future.succeededFuture();
  }

  /// Takes a newer company; an older one than the present is dropped.
  void publish(Company company) {
    take(company, false);
  }

  private void take(Company company, boolean alsoOlder) {
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
    tell.raise();
  }

  private void follow() {
    readCopy();
    try {
      while (!closed) {
        tryToFollow();
        Thread.sleep(RETRY);
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  private void tryToFollow() throws InterruptedException {
    try {
      followUntilLost();
    } catch (DatabaseFault e) {
      if (!closed) {
        log.atWarn().addKeyValue("reason", e.getMessage()).log("company: PostgreSQL is away");
      }
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("company: what is stored cannot be read");
    }
    looked.tryComplete();
  }

  private void endFirstLook() {
    try {
      Thread.sleep(FIRST_LOOK);
    } catch (InterruptedException e) {
      // closed
    }
    looked.tryComplete();
  }

  private void readCopy() {
    try {
      copy.read().ifPresent(this::publish);
    } catch (IOException e) {
      log.atError().setCause(e).log("company: the copy on disk cannot be used");
    }
  }

  /// Listens first and looks then, so that no change falls between the two.
  private void followUntilLost() throws InterruptedException {
    PgConnection connection = connect();
    try {
      connection.notificationHandler(notification -> look.raise());
      connection.closeHandler(lost -> look.raise());
      database.await(connection.query(LISTEN).execute());
      // what PostgreSQL has counts now, also if it is older, as after a restore
      take(database.await(CompanyRows.load(connection)).company(), true);
      looked.tryComplete();
      while (!closed) {
        look.await(SILENCE);
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
      connecting.onSuccess(PgConnection::close); // comes late and is not wanted any more
      throw e;
    }
  }

  private void tellAll() {
    long written = -1;
    try {
      while (!closed) {
        boolean changed = tell.await(SILENCE);
        Directory directory = get();
        if (directory.company().version() != written && write(directory.company())) {
          written = directory.company().version();
        }
        if (changed) {
          directory.company().trunks().forEach(trunk -> trunk.plan().prepare());
          listeners.forEach(listener -> tell(listener, directory));
        }
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /// Whether the copy is on disk; if not it is tried again later.
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

  private static void tell(Consumer<Directory> listener, Directory directory) {
    try {
      listener.accept(directory);
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("company: a listener failed");
    }
  }
}
