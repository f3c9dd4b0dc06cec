package io.tamas.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.db.TestServer;
import io.tamas.event.Audience;
import io.tamas.event.EventHub;
import io.tamas.event.EventSocket;
import io.tamas.event.EventType;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.tamas.event.Snapshot;
import io.tamas.user.Accounts;
import io.tamas.web.RouteServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/// Events with rights: 200 users with 25 WebSocket clients each (170 operators of an extension, 25
/// supervisors of 8, 5 administrators), 200 events a second over the 170 extensions. From before an
/// event is appended, in a transaction of its own, to its receipt; the clients are in the same
/// process. `./tamas bench events [seconds]`.
public final class EventsBench {
  private static final int OPERATORS = 170;
  private static final int SUPERVISORS = 25;
  private static final int SUPERVISED = 8;
  private static final int ADMINISTRATORS = 5;
  private static final int CLIENTS_EACH = 25;
  private static final int PER_SECOND = 200;
  private static final double TARGET_MILLIS = 100;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration LAST = Duration.ofSeconds(30);

  /// Extension `100 + n` is in the groups of the supervisors of whom it is one of the eight.
  private static final String FILL =
      """
      insert into company_item (kind, name, body, version)
      select 'extension-group', 'g' || s, '{}', 1 from generate_series(0, %2$d - 1) s;
      insert into company_item (kind, name, body, version)
      select 'extension', (100 + n)::text, jsonb_build_object('groups', coalesce(
          (select jsonb_agg('g' || s) from generate_series(0, %2$d - 1) s
            where mod(n - s * 6 + %1$d, %1$d) < %3$d), '[]')), 1
      from generate_series(0, %1$d - 1) n;
      insert into user_account (name, role, extension, extension_since, one_time, password)
      select 'operator-' || n, 'OPERATOR', (100 + n)::text, now(), null, 'none'
      from generate_series(0, %1$d - 1) n;
      insert into user_account (name, role, password)
      select 'supervisor-' || n, 'SUPERVISOR', 'none' from generate_series(0, %2$d - 1) n;
      insert into user_account (name, role, password)
      select 'administrator-' || n, 'ADMINISTRATOR', 'none' from generate_series(0, %4$d - 1) n;
      insert into user_group (account, name)
      select id, 'g' || substr(name, 12) from user_account where role = 'SUPERVISOR';
      insert into user_session (hash, account, address, agent)
      select sha256(convert_to(rpad(name, 43, '_'), 'UTF8')), id, '127.0.0.1', 'bench'
      from user_account;
      """
          .formatted(OPERATORS, SUPERVISORS, SUPERVISED, ADMINISTRATORS);

  private final int count;
  private final Histogram micros = new ConcurrentHistogram(3);
  private final List<Client> clients = new ArrayList<>();

  /// What one client received of the measured events.
  private final class Client {
    private final String user;
    private final CountDownLatch begun = new CountDownLatch(1);
    private long received;
    private long sum;

    private Client(String user) {
      this.user = user;
    }

    /// On its event loop.
    private void onText(String text) {
      if (text.contains("\"type\":\"snapshot\"")) {
        begun.countDown();
      } else if (text.contains("\"type\":\"bench.happened\"")) {
        long number = number(text, "\"number\":");
        if (number > 0) {
          received++;
          sum += number;
          micros.recordValue((System.nanoTime() - number(text, "\"nanos\":")) / 1_000);
        }
      }
    }
  }

  private record Nothing() implements Snapshot {
    @Override
    public Object calls() {
      return List.of();
    }

    @Override
    public Object extensions() {
      return List.of();
    }
  }

  /// @param number of the measured ones from 1; 0 before
  private record Data(long number, long nanos) {}

  private EventsBench(int seconds) {
    this.count = seconds * PER_SECOND;
  }

  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-events-");
    try (TestServer postgres = TestServer.startThrowAway(folder)) {
      new EventsBench(seconds).run(postgres);
    }
    System.exit(0);
  }

  private void run(TestServer postgres) throws Exception {
    Config.Database config = postgres.fresh("events_bench");
    try (Connection connection = postgres.connect("events_bench")) {
      fill(connection);
    }
    Vertx vertx = Vertx.vertx();
    Database database = new Database(vertx, config);
    Accounts accounts =
        new Accounts(
            database,
            new Config.Sessions(Duration.ofHours(12), Duration.ofDays(7)),
            () -> {
              throw new IllegalStateException("no numbers are read");
            },
            List::of,
            Optional.empty(),
            Optional.empty(),
            new SimpleMeterRegistry());
    EventHub hub =
        new EventHub(
            vertx, database, new Nothing(), EventHub.Limits.DEFAULT, new SimpleMeterRegistry());
    hub.start().await(10, TimeUnit.SECONDS);
    int most = 10_000;
    RouteServer server = RouteServer.startFor(vertx, accounts.browsers(), most);
    server.mount(new EventSocket(hub, most));
    String cookie = accounts.browsers().cookie().await(10, TimeUnit.SECONDS);
    connect(vertx, server.port(), cookie);
    System.out.printf("%,d clients are connected%n", clients.size());
    append(database, 0, (int) WARM_UP.toSeconds() * PER_SECOND);
    append(database, 1, count);
    judge();
  }

  private static void fill(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(FILL);
    }
  }

  private void connect(Vertx vertx, int port, String cookie) throws Exception {
    WebSocketClient client =
        vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(10_000));
    for (String user : users()) {
      List<Future<?>> connecting = new ArrayList<>();
      for (int i = 0; i < CLIENTS_EACH; i++) {
        Client each = new Client(user);
        clients.add(each);
        ClientWebSocket socket = client.webSocket();
        socket.textMessageHandler(each::onText);
        connecting.add(
            socket.connect(
                new WebSocketConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setURI(EventSocket.PATH)
                    .setAllowOriginHeader(true)
                    .addHeader("origin", "http://127.0.0.1:" + port)
                    .addHeader("cookie", cookie + "=" + user + "_".repeat(43 - user.length()))));
      }
      Future.all(connecting).await(60, TimeUnit.SECONDS);
    }
    for (Client each : clients) {
      if (!each.begun.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a client of " + each.user + " has no snapshot");
      }
    }
  }

  private static List<String> users() {
    List<String> users = new ArrayList<>();
    for (int i = 0; i < OPERATORS; i++) {
      users.add("operator-" + i);
    }
    for (int i = 0; i < SUPERVISORS; i++) {
      users.add("supervisor-" + i);
    }
    for (int i = 0; i < ADMINISTRATORS; i++) {
      users.add("administrator-" + i);
    }
    return users;
  }

  /// @param first the number of the first; 0: none has one
  private static void append(Database database, long first, int events) {
    long start = System.nanoTime();
    long interval = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < events; i++) {
        long due = start + i * interval;
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        long number = first == 0 ? 0 : first + i;
        String extension = "" + (100 + i % OPERATORS);
        threads.execute(() -> append(database, number, extension));
      }
    }
  }

  private static void append(Database database, long number, String extension) {
    NewEvent event =
        new NewEvent(
            EventType.of("bench.happened"),
            "extension:" + extension,
            new Data(number, System.nanoTime()),
            Audience.of(List.of(extension), Instant.now()));
    database.inTransaction(tx -> tx.await(Outbox.append(tx.connection(), List.of(event))));
  }

  private void judge() throws InterruptedException {
    Map<String, long[]> expected = new HashMap<>();
    for (String user : users()) {
      expected.put(user, expected(user));
    }
    long deadline = System.nanoTime() + LAST.toNanos();
    long all =
        clients.stream().mapToLong(each -> expected.getOrDefault(each.user, new long[2])[0]).sum();
    while (micros.getTotalCount() < all && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    long wrong =
        clients.stream()
            .filter(each -> {
              long[] right = expected.getOrDefault(each.user, new long[2]);
              return each.received != right[0] || each.sum != right[1];
            })
            .count();
    double p99 = micros.getValueAtPercentile(99) / 1e3;
    System.out.printf("%,d events, %,d of %,d deliveries%n", count, micros.getTotalCount(), all);
    System.out.printf("clients that lost some or received too much: %d (target 0)%n", wrong);
    System.out.printf(
        "delivery p50 %.1f ms, p99 %.1f ms, longest %.1f ms (target: p99 under %.0f ms)%n",
        micros.getValueAtPercentile(50) / 1e3, p99, micros.getMaxValue() / 1e3, TARGET_MILLIS);
  }

  /// How many of the measured events, and the sum of their numbers.
  private long[] expected(String user) {
    int of = Integer.parseInt(user.substring(user.indexOf('-') + 1));
    long received = 0;
    long sum = 0;
    for (int i = 0; i < count; i++) {
      int extension = i % OPERATORS;
      boolean theirs =
          switch (user.charAt(0)) {
            case 'o' -> extension == of;
            case 's' -> Math.floorMod(extension - of * 6, OPERATORS) < SUPERVISED;
            default -> true;
          };
      received += theirs ? 1 : 0;
      sum += theirs ? i + 1 : 0;
    }
    return new long[] {received, sum};
  }

  private static long number(String text, String after) {
    int at = text.indexOf(after) + after.length();
    // PostgreSQL writes one behind the colon
    while (text.charAt(at) == ' ') {
      at++;
    }
    long number = 0;
    while (Character.isDigit(text.charAt(at))) {
      number = number * 10 + text.charAt(at++) - '0';
    }
    return number;
  }
}
