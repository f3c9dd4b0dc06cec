package io.tamas.event;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.tamas.db.Database;
import io.tamas.web.SignedIn;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the events of all nodes once and distributes them: to listeners inside the process and to
/// WebSocket clients, each event serialised once for all.
///
/// Without PostgreSQL clients stay connected and receive nothing; once it is back they receive what
/// they missed. A client that cannot keep up is closed with 1013 and resumes by the last id it
/// received.
public final class EventHub {
  private static final Logger log = LoggerFactory.getLogger(EventHub.class);
  private static final long SNAPSHOT_NANOS = Duration.ofMillis(200).toNanos();

  /// Maximum of simultaneous reads of the table for clients that resume from long ago; others wait
  /// in a queue.
  private static final int MAX_READERS = 4;

  /// Maximum of events read at once; fewer than a client may lag, so that reading does not make it
  /// too slow.
  private static final int PAGE = 500;

  private final Vertx vertx;
  private final Context context;
  private final Events events;
  private final Snapshot snapshot;
  private final Limits limits;
  private final EventReader reader;
  private final List<EventListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<EventLoop, Shard> shards = new ConcurrentHashMap<>();
  private final Turnstile readers = new Turnstile(MAX_READERS);
  private final ReentrantLock stateLock = new ReentrantLock();
  private final AtomicInteger clients = new AtomicInteger();
  private final Counter slow;
  private final Counter unknown;
  private final Timer lag;
  private final Promise<Void> ready = Promise.promise();
  private volatile @Nullable Feed feed;
  private volatile @Nullable StateFrame state;
  private long last;
  private long knownAtStart;
  private long pinging;
  private long positioning;

  /// How much a client may lag and how long it may be unresponsive.
  ///
  /// @param events events kept in memory: a client further behind is closed
  /// @param bytes the same in bytes
  /// @param ping interval of pings to the clients
  /// @param silence after how long without a pong a client is disconnected
  /// @param position interval at which a client is told how far it is, if events were not for it
  public record Limits(int events, long bytes, Duration ping, Duration silence, Duration position) {
    public static final Limits DEFAULT =
        new Limits(10_000, 64L << 20, Duration.ofSeconds(20), Duration.ofSeconds(60));

    public Limits(int events, long bytes, Duration ping, Duration silence) {
      this(events, bytes, ping, silence, Duration.ofSeconds(30));
    }
  }

  /// The snapshot as it is sent.
  record StateFrame(long lastId, byte[] frame, long madeAt) {}

  public EventHub(
      Vertx vertx, Database database, Snapshot snapshot, Limits limits, MeterRegistry metrics) {
    this.vertx = vertx;
    this.events = new Events(database);
    this.snapshot = snapshot;
    this.limits = limits;
    this.context = vertx.getOrCreateContext();
    this.reader = new EventReader(vertx, context, database, new ReaderSink(), page(limits));
    this.slow = metrics.counter("tamas.events.clients.slow");
    this.unknown = metrics.counter("tamas.unknown", "set", "event");
    this.lag =
        Timer.builder("tamas.events.lag")
            .description("From the commit of an event to its dispatch to the clients")
            .publishPercentiles(0.5, 0.99)
            .register(metrics);
    Gauge.builder("tamas.events.clients", clients, AtomicInteger::get).register(metrics);
  }

  /// Adds a listener inside the process; before the start.
  public void listen(EventListener listener) {
    listeners.add(listener);
  }

  private static int page(Limits limits) {
    return Math.clamp(limits.events() / 4, 1, PAGE);
  }

  /// Completes when the newest events are in memory and clients can be served. While PostgreSQL is
  /// unavailable it keeps trying.
  public Future<Void> start() {
    pinging = vertx.setPeriodic(limits.ping().toMillis(), tick -> ping());
    positioning = vertx.setPeriodic(limits.position().toMillis(), _ -> tellPositions());
    reader.start();
    return ready.future();
  }

  /// Whether clients can be served.
  public boolean isReady() {
    return ready.future().succeeded();
  }

  /// WebSocket clients connected.
  public int clients() {
    return clients.get();
  }

  /// Serves a client that has been accepted.
  ///
  /// @param after where it continues; empty for one that starts with the state, as does one that
  ///   now sees something else than before
  void subscribe(
      ServerWebSocket socket,
      Channel channel,
      Optional<Resume> after,
      Optional<SignedIn> signedIn) {
    Subscriber subscriber = new Subscriber(socket, channel, this, signedIn);
    EventLoop loop = channel.eventLoop();
    Shard shard = shards.computeIfAbsent(loop, Shard::new);
    clients.incrementAndGet();
    Runnable unwatch = signedIn.map(holder -> watch(holder, loop, subscriber)).orElse(() -> {});
    socket.closeHandler(gone -> {
      unwatch.run();
      loop.execute(() -> leave(shard, subscriber));
    });
    loop.execute(() -> shard.add(subscriber));
    after
        .filter(from -> from.isOf(subscriber.viewer()))
        .ifPresentOrElse(
            from -> loop.execute(() -> subscriber.resume(from.after())),
            () -> Thread.startVirtualThread(() -> startWithState(loop, subscriber)));
  }

  /// A client that has lost its right is closed (1008).
  private static Runnable watch(SignedIn holder, EventLoop loop, Subscriber subscriber) {
    return holder
        .watch()
        .start(
            refusal -> loop.execute(() -> subscriber.close(Subscriber.POLICY, refusal.detail())));
  }

  private void startWithState(EventLoop loop, Subscriber subscriber) {
    try {
      StateFrame first = stateFrame(subscriber.viewer());
      loop.execute(() -> subscriber.startWith(first));
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("a subscriber gets no snapshot");
      loop.execute(() -> subscriber.close(Subscriber.INTERNAL_ERROR, "the snapshot failed"));
    }
  }

  private void leave(Shard shard, Subscriber subscriber) {
    clients.decrementAndGet();
    subscriber.gone();
    shard.remove(subscriber);
  }

  Feed feed() {
    Feed current = feed;
    if (current == null) {
      throw new IllegalStateException("the hub has not read events yet");
    }
    return current;
  }

  Future<Events.Page> page(long after, int limit) {
    return readers.pass(() -> events.page(after, limit));
  }

  void tooSlow() {
    slow.increment();
  }

  private StateFrame stateFrame(Viewer viewer) {
    return viewer.reach().isEmpty() ? stateOfAll() : freshState(viewer);
  }

  /// The state, created once for clients that connect at the same time.
  private StateFrame stateOfAll() {
    stateLock.lock();
    try {
      StateFrame made = state;
      if (made != null && System.nanoTime() - made.madeAt() < SNAPSHOT_NANOS) {
        return made;
      }
      StateFrame fresh = freshState(Viewer.ALL);
      state = fresh;
      return fresh;
    } finally {
      stateLock.unlock();
    }
  }

  /// The position in the stream is determined before the state is requested, so that what happens
  /// in between is contained in both and missing in neither.
  private StateFrame freshState(Viewer viewer) {
    long lastId = feed().newest().id;
    Object calls = viewer.reach().map(snapshot::calls).orElseGet(snapshot::calls);
    Message.State message = new Message.State(lastId, calls, snapshot.extensions());
    byte[] frame = Frame.of(message, Resume.cursor(lastId, viewer));
    return new StateFrame(lastId, frame, System.nanoTime());
  }

  private void ping() {
    shards.values().forEach(shard -> shard.each(client -> client.ping(limits.silence().toNanos())));
  }

  private void tellPositions() {
    shards.values().forEach(shard -> shard.each(Subscriber::tellPosition));
  }

  /// Closes all clients (1001) and stops reading.
  public Future<Void> close() {
    vertx.cancelTimer(pinging);
    vertx.cancelTimer(positioning);
    ready.tryFail("closed");
    closeClients(Subscriber.GOING_AWAY, "the server is stopping");
    return reader.close();
  }

  private void closeClients(short code, String reason) {
    shards.values().forEach(shard -> shard.each(client -> client.close(code, reason)));
  }

  /// Receives what the reader reads; on the reader's event loop.
  private final class ReaderSink implements EventReader.Sink {

    @Override
    public long last() {
      return last;
    }

    @Override
    public void connected(Events.Range kept) {
      if (feed == null) {
        // the newest are read again, so that clients from before the start find their position in
        // memory
        last = Math.max(kept.deletedTo(), kept.newest() - limits.events());
        knownAtStart = kept.newest();
        feed = new Feed(last, limits.events(), limits.bytes());
        listeners.forEach(EventListener::missed);
      } else if (kept.newest() < last) {
        restored(kept.newest());
      }
    }

    /// The database was restored to an earlier state: ids continue from there.
    private void restored(long newest) {
      last = newest;
      feed = new Feed(newest, limits.events(), limits.bytes());
      state = null;
      listeners.forEach(EventListener::missed);
      closeClients(Subscriber.RESTART, "the database was restored");
    }

    @Override
    public Future<Void> read(Events.Page page) {
      Feed current = feed();
      long deletedTo = page.range().deletedTo();
      if (deletedTo > last) {
        listeners.forEach(EventListener::missed);
        byte[] gap = Frame.open(new Message.Gap(last + 1, deletedTo));
        current.append(deletedTo, gap, Audience.Circle.EVERYBODY);
        last = deletedTo;
      }
      Instant now = Instant.now();
      for (Event event : page.events()) {
        if (event.id() > knownAtStart) {
          listeners.forEach(listener -> listener.happened(event));
          if (event.type() instanceof EventType.Unknown) {
            unknown.increment();
          }
          lag.record(Duration.between(event.at(), now));
        }
        current.append(event.id(), Frame.open(event), event.audience());
        last = event.id();
      }
      if (last >= knownAtStart) {
        ready.tryComplete();
      }
      return page.events().isEmpty() ? Future.succeededFuture() : wake();
    }

    /// Completes when every client has been visited, so that a flood of events does not overtake
    /// those that keep up; but does not wait longer than 1 s for a busy loop.
    private Future<Void> wake() {
      CompletableFuture<?>[] rounds =
          shards.values().stream().map(Shard::wake).toArray(CompletableFuture<?>[]::new);
      Promise<Void> visited = Promise.promise();
      var unused =
          CompletableFuture.allOf(rounds)
              .completeOnTimeout(null, 1, TimeUnit.SECONDS)
              .whenComplete((done, thrown) -> context.runOnContext(go -> visited.complete()));
      return visited.future();
    }
  }
}
