package io.tamas.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.config.Secret;
import io.tamas.lab.FreePorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Supervision of real processes: shells that stand in for the parts, and a real PostgreSQL.
class SupervisorIT {
  @TempDir private Path folder;
  private final List<String> told = new CopyOnWriteArrayList<>();
  private Instance instance;
  private Supervisor supervisor;

  @BeforeEach
  void open() throws Exception {
    instance = InstanceFolder.open(folder.resolve("a"));
    supervisor = new Supervisor(instance.premises(), told::add);
  }

  @AfterEach
  void stop() throws Exception {
    supervisor.stop();
  }

  @Test
  void aKilledComponentIsRestartedAndThatIsReported() throws Exception {
    Component sleeper = shell("sleeper", "touch ready; exec sleep 60");
    supervisor.start(sleeper);
    Child first = Leftovers.running(instance, sleeper).orElseThrow();
    first.stop(Supervised.Signal.KILL, Duration.ofSeconds(5));
    await(
        () -> Leftovers.running(instance, sleeper).filter(c -> c.pid() != first.pid()).isPresent());
    assertTrue(told.stream().anyMatch(line -> line.contains("ended with 137")), told.toString());
  }

  @Test
  void aStopEndsWhatTheComponentsStarted() throws Exception {
    Component parent = shell("parent", "sleep 61 & touch ready; exec sleep 62");
    supervisor.start(parent);
    supervisor.stop();
    assertEquals(List.of(), marked());
    assertFalse(Files.exists(Child.file(instance.run(), "parent")));
  }

  @Test
  void aComponentThatDoesNotStopInTimeIsKilled() throws Exception {
    Component stubborn =
        shell("stubborn", "trap '' TERM; touch ready; while :; do sleep 0.1; done");
    supervisor.start(stubborn);
    supervisor.stop();
    assertEquals(List.of(), marked());
    assertTrue(told.stream().anyMatch(line -> line.contains("was killed")), told.toString());
  }

  @Test
  void aComponentThatEndsDuringItsStartIsReportedWithItsLastLines() {
    StartException fault =
        assertThrows(
            StartException.class,
            () -> supervisor.start(shell("broken", "echo the disk is full; exit 3")));
    assertTrue(String.valueOf(fault.getMessage()).contains("ended with 3"), fault.getMessage());
    assertTrue(String.valueOf(fault.getMessage()).contains("the disk is full"), fault.getMessage());
  }

  @Test
  void whatAKilledSupervisorLeftIsFoundAndStopped() throws Exception {
    Component sleeper = shell("sleeper", "sleep 63 & touch ready; exec sleep 64");
    supervisor.start(sleeper);
    List<String> toldByDown = new CopyOnWriteArrayList<>();
    Leftovers.stop(instance, List.of(sleeper), toldByDown::add);
    assertTrue(toldByDown.getFirst().startsWith("sleeper stopped"), toldByDown.toString());
  }

  @Test
  void whatAnEarlierProgramOfTheProcessStartedIsKeptRunningAndStopped() throws Exception {
    Component living = shell("living", "touch ready; exec sleep 66");
    Component dying = shell("dying", "touch ready; exec sleep 67");
    supervisor.start(living);
    supervisor.start(dying);
    List<String> handed = supervisor.handOver();
    Child died = Leftovers.running(instance, dying).orElseThrow();
    died.stop(Supervised.Signal.KILL, Duration.ofSeconds(5));
    Supervisor next = new Supervisor(instance.premises(), told::add);
    try {
      next.adopt(handed, List.of("/bin/sh", "-c", "exec sleep 68", "sh"));
      await(() -> isAnother(died, dying));
      Child first = Leftovers.running(instance, living).orElseThrow();
      first.stop(Supervised.Signal.KILL, Duration.ofSeconds(5));
      await(() -> isAnother(first, living));
    } finally {
      next.stop();
    }
    assertEquals(List.of(), marked());
  }

  private boolean isAnother(Child before, Component component) {
    return Leftovers.running(instance, component)
        .filter(child -> child.pid() != before.pid())
        .isPresent();
  }

  @Test
  void aPidThatBelongsToAnotherProcessNowIsLeftAlone() throws Exception {
    Child self = Child.of("sleeper", ProcessHandle.current().pid()).orElseThrow();
    new Child("sleeper", self.pid(), self.ticks() - 1, self.boot(), self.since())
        .write(instance.run());
    assertTrue(Leftovers.running(instance, shell("sleeper", "true")).isEmpty());
    Leftovers.stop(instance, List.of(shell("sleeper", "true")), told::add);
    assertTrue(self.alive());
  }

  @Test
  void oneSupervisorAtATime() throws Exception {
    try (InstanceLock lock = InstanceLock.take(instance).orElseThrow()) {
      assertTrue(InstanceLock.take(instance).isEmpty());
      assertEquals(
          ProcessHandle.current().pid(), InstanceLock.holder(instance).orElseThrow().pid());
      assertTrue(lock != null);
    }
    InstanceLock.take(instance).orElseThrow().close();
  }

  @Test
  void postgresKeepsItsDataOverAKillAndAStop() throws Exception {
    int port = FreePorts.take();
    EmbeddedPostgresServer postgres =
        new EmbeddedPostgresServer(
            instance.postgres(), Instance.cache(System.getenv()), port, new Secret("hush'\"hush"));
    supervisor.start(postgres);
    execute(port, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");
    Leftovers.running(instance, postgres)
        .orElseThrow()
        .stop(Supervised.Signal.KILL, Duration.ofSeconds(5));
    await(postgres::ready);
    execute(port, "INSERT INTO kept VALUES (8)");
    supervisor.stop();
    assertFalse(postgres.ready());
    Supervisor next = new Supervisor(instance.premises(), told::add);
    try {
      next.start(postgres);
      execute(port, "DO $$ BEGIN ASSERT (SELECT sum(n) FROM kept) = 15; END $$");
      assertThrows(
          java.sql.SQLException.class,
          () -> DriverManager.getConnection("jdbc:" + postgres.url(), "tamas", "wrong").close());
    } finally {
      next.stop();
    }
    assertEquals(List.of(), marked());
  }

  private static void execute(int port, String... statements) throws Exception {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/tamas";
    try (Connection connection = DriverManager.getConnection(url, "tamas", "hush'\"hush");
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<String> marked() throws Exception {
    List<String> left = new CopyOnWriteArrayList<>();
    Leftovers.sweep(instance.premises(), left::add);
    return left;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "the deadline has passed");
      Thread.sleep(20);
    }
  }

  private Component shell(String name, String script) {
    return new Component() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String title() {
        return name;
      }

      @Override
      public String address() {
        return "nowhere";
      }

      @Override
      public ProcessBuilder command() {
        return new ProcessBuilder("/bin/sh", "-c", script).directory(folder.toFile());
      }

      @Override
      public boolean ready() {
        return Files.exists(folder.resolve("ready"));
      }

      @Override
      public Duration startDeadline() {
        return Duration.ofSeconds(10);
      }

      @Override
      public Signal stopSignal() {
        return Signal.TERM;
      }

      @Override
      public Duration stopDeadline() {
        return Duration.ofSeconds(1);
      }
    };
  }
}
