package io.tamas.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.db.TestDatabase;
import io.tamas.lab.FreePorts;
import io.tamas.ops.Instance;
import io.tamas.ops.InstanceFolder;
import io.tamas.ops.LeastRights;
import io.tamas.ops.Port;
import io.tamas.ops.ProcessRights;
import io.tamas.ops.Secrets;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole instance by its command line: PostgreSQL, Asterisk and Tamas.
class UpIT {
  private static final Duration FIRST = Duration.ofMinutes(5);
  private static final Duration QUICK = Duration.ofSeconds(40);

  private static final String ELSEWHERE = "upit_elsewhere";
  private static final Duration CALL = Duration.ofSeconds(90);

  private static final long BOTH_MEGABYTES = 220;
  private static final long WATCHING_MEGABYTES = 80;

  @TempDir private Path folder;

  @AfterEach
  void down() throws Exception {
    run(QUICK, "down");
  }

  @Test
  void anInstanceTakesACallSurvivesKillsAndLeavesNothing() throws Exception {
    CommandRun first =
        run(FIRST, upWith(nobodys(EnumSet.complementOf(EnumSet.of(Port.RTP))), "-d"));
    assertOk(first);
    assertTrue(first.output().contains("Place a call"), first.output());
    assertTrue(first.output().contains("SIP              127.0.0.1:"), first.output());
    secretsStandInTheirFileOnly(first);
    CommandRun status = run(QUICK, "status");
    assertOk(status);
    assertFalse(status.output().contains("dashboards"), status.output());
    CommandRun role = run(QUICK, "report-role");
    assertOk(role);
    assertTrue(role.output().contains("tamas_report with login"), role.output());
    assertLeastRights();

    CommandRun call = run(CALL, "call", "--talk", "2");
    assertOk(call);
    assertTrue(call.output().contains("status       ANSWERED"), call.output());
    assertTrue(call.output().contains("caller       +989121234567"), call.output());
    assertTrue(call.output().contains("  ready  "), call.output());
    for (String event : List.of("call.started", "call.ringing", "call.answered", "call.ended")) {
      assertTrue(call.output().contains(event), call.output());
    }
    CommandRun logs = run(QUICK, "logs", "tamas", "-n", "3");
    assertOk(logs);
    assertEquals(3, logs.output().lines().count(), logs.output());
    needsLittleMemory();

    String killed = pid("Tamas");
    kill(killed);
    await(() -> !pid("Tamas").equals(killed) && run(QUICK, "status").status() == 0);

    assertEquals(1, run(QUICK, "up").status(), "a second supervisor was let in");
    kill(pid("supervisor"));
    assertOk(run(QUICK, "down"));
    assertEquals(List.of(), processesOf(data()));

    makeAsAnEarlierVersionLeftIt();
    CommandRun second = run(QUICK, "up", "-d");
    assertOk(second);
    assertEquals(LeastRights.of(data()).isPresent(), second.output().contains("files of root"));
    assertLeastRights();
    assertTrue(second.output().contains("account 101"), second.output());
    assertFalse(second.output().contains("First user"), second.output());
    CommandRun reset = run(QUICK, "user", "reset", "admin");
    assertOk(reset);
    assertTrue(reset.output().contains("one-time password "), reset.output());
    CommandRun again = run(CALL, "call", "--talk", "1", "--from", "+989351112233");
    assertOk(again);
    assertTrue(again.output().contains("caller       +989351112233"), again.output());
    CommandRun refold = run(QUICK, "calls", "refold", "--check");
    assertOk(refold);
    assertTrue(refold.output().contains("2 calls, 0 different"), refold.output());
    assertOk(run(QUICK, "down"));
    assertEquals(List.of(), processesOf(data()));
    assertEquals(1, run(QUICK, "status").status());
  }

  @Test
  void twoInstancesDoNotMeetAndOneHasADatabaseElsewhere() throws Exception {
    Map<String, String> environment = databaseElsewhere();
    Path other = folder.resolve("other");
    Path output = folder.resolve("foreground.out");
    List<String> ports = nobodys(EnumSet.complementOf(EnumSet.of(Port.RTP, Port.POSTGRES)));
    Process up =
        CommandRun.start(
            output, Path.of("/dev/null"), environment, line(List.of(upWith(ports)), other));
    try {
      await(() -> Files.readString(output).contains("Place a call"));
      // one of its own: the other has left this port free
      ports.addAll(nobodys(EnumSet.of(Port.POSTGRES)));
      assertOk(run(FIRST, upWith(ports, "-d")));
      String from = "+989120000001";
      assertOk(runIn(other, CALL, "call", "--talk", "1", "--from", from));
      assertOk(run(CALL, "call", "--talk", "1"));
      dashboardsAreSetUpBySomebodyElse(other, environment);

      interrupt(up);
      assertTrue(up.waitFor(QUICK.toSeconds(), TimeUnit.SECONDS), () -> text(output));
      assertEquals(List.of(), processesOf(other));
      assertEquals(1, callsFrom(from, ELSEWHERE), () -> text(output));
      assertOk(run(CALL, "call", "--talk", "1"));
    } finally {
      up.destroyForcibly();
      runIn(other, QUICK, "down");
    }
  }

  /// Of a user who may not create roles.
  private static Map<String, String> databaseElsewhere() throws Exception {
    sql("postgres", "drop database if exists " + ELSEWHERE + " with (force)");
    sql("postgres", "drop role if exists " + ELSEWHERE);
    sql("postgres", "create role " + ELSEWHERE + " login password 'elsewhere'");
    sql("postgres", "create database " + ELSEWHERE + " owner " + ELSEWHERE);
    return Map.of(
        "TAMAS_DATABASE_URL",
        TestDatabase.server().config(ELSEWHERE).url(),
        "TAMAS_DATABASE_USER",
        ELSEWHERE,
        "TAMAS_DATABASE_PASSWORD",
        "elsewhere");
  }

  private void dashboardsAreSetUpBySomebodyElse(Path other, Map<String, String> environment)
      throws Exception {
    String[] status = line(List.of("status"), other);
    CommandRun without = CommandRun.of(folder, QUICK, environment, status);
    assertTrue(
        without.output().contains("dashboards are not set up, see ./tamas report-role"),
        without.output());
    CommandRun role =
        CommandRun.of(
            folder,
            QUICK,
            Map.of("TAMAS_DATABASE_URL", "postgresql://ann@another.example/none"),
            line(List.of("report-role"), other));
    assertOk(role);
    sql(ELSEWHERE, role.output());
    CommandRun with = runIn(other, QUICK, "status");
    assertOk(with);
    assertFalse(with.output().contains("dashboards"), with.output());
  }

  private static void sql(String database, String sql) throws Exception {
    try (Connection connection = TestDatabase.server().connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /// Asks for ports that no other test has; where an instance has one already, another is found.
  private static String[] upWith(List<String> ports, String... more) {
    List<String> line = new ArrayList<>(List.of("up", "--free-ports"));
    line.addAll(ports);
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }

  private static List<String> nobodys(Set<Port> ports) {
    List<String> options = new ArrayList<>();
    for (Port port : ports) {
      options.addAll(List.of(port.option(), Integer.toString(FreePorts.take())));
    }
    return options;
  }

  private static void interrupt(Process process) throws Exception {
    String pid = Long.toString(process.pid());
    assertEquals(0, new ProcessBuilder("kill", "-INT", pid).start().waitFor());
  }

  private static long callsFrom(String number, String database) throws Exception {
    String sql = "select count(*) from call where record->>'caller' = ?";
    try (Connection connection = TestDatabase.server().connect(database);
        PreparedStatement count = connection.prepareStatement(sql)) {
      count.setString(1, number);
      ResultSet row = count.executeQuery();
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void aPortInUseIsReportedAndNothingIsStarted() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      CommandRun refused = run(QUICK, "up", "--agi-port", port);
      assertEquals(1, refused.status());
      assertTrue(refused.output().contains("port " + port), refused.output());
      assertTrue(refused.output().contains("--agi-port"), refused.output());
      assertEquals(List.of(), processesOf(data()));
    }
  }

  private void secretsStandInTheirFileOnly(CommandRun first) throws Exception {
    Secrets secrets = Secrets.load(data().resolve("secrets.yaml"), new SecureRandom());
    String phone = Objects.requireNonNull(secrets.phones().get("101")).reveal();
    String file = "in " + data().resolve("secrets.yaml");
    String admin = secrets.administrator().orElseThrow().reveal();
    List<String> toldWhere =
        List.of(
            "API key          " + file,
            "password " + file,
            "First user       admin, one-time password " + file);
    for (String told : toldWhere) {
      assertTrue(first.output().contains(told), first.output());
    }
    // of a test, which is no terminal
    assertFalse(first.output().contains(secrets.apiKey().reveal()), "the API key is printed");
    assertFalse(first.output().contains(phone), "a password is printed");
    assertFalse(first.output().contains(admin), "a one-time password is printed");
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(data().resolve("logs"))) {
      for (Path log : logs) {
        for (String secret : List.of(secrets.apiKey().reveal(), phone, admin)) {
          assertFalse(text(log).contains(secret), log::toString);
        }
      }
    }
  }

  private void assertLeastRights() throws Exception {
    Optional<LeastRights> own = LeastRights.of(data());
    if (own.isPresent()) {
      for (String component : List.of("Asterisk", "Tamas")) {
        ProcessRights rights = ProcessRights.of(Long.parseLong(pid(component)));
        int user = component.equals("Tamas") ? own.get().tamas() : own.get().asterisk();
        assertEquals(user + ":" + own.get().group(), rights.user(), component);
        assertEquals(Set.of("0000000000000000"), rights.capabilities(), component);
        assertTrue(rights.cannotGainMore(), component);
      }
      for (String secret : List.of("secrets.yaml", "postgres", "run")) {
        assertEquals(0, Files.getAttribute(data().resolve(secret), "unix:uid"), secret);
        assertFalse(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(data().resolve(secret)))
                .substring(3)
                .contains("r"),
            secret);
      }
    }
  }

  /// All files were root's, and those of the folder `state` beside it.
  private void makeAsAnEarlierVersionLeftIt() throws Exception {
    String script =
        """
        cd "$1" && mv state/* . && rmdir state && chown -R 0:0 . && \
          find . -type d -exec chmod 700 {} + && find . -type f -exec chmod 600 {} +
        """;
    if (LeastRights.of(data()).isPresent()) {
      assertEquals(
          0, new ProcessBuilder("sh", "-c", script, "sh", data().toString()).start().waitFor());
    }
  }

  private CommandRun run(Duration deadline, String... arguments) throws Exception {
    return runIn(data(), deadline, arguments);
  }

  private CommandRun runIn(Path data, Duration deadline, String... arguments) throws Exception {
    return CommandRun.of(folder, deadline, Map.of(), line(List.of(arguments), data));
  }

  private static String[] line(List<String> arguments, Path data) {
    List<String> line = new ArrayList<>(arguments);
    line.addAll(List.of("--data", data.toString()));
    return line.toArray(String[]::new);
  }

  private Path data() {
    return folder.resolve("upit");
  }

  private static void assertOk(CommandRun run) {
    assertEquals(0, run.status(), run::output);
  }

  private String pid(String component) throws Exception {
    Matcher row =
        Pattern.compile("(?m)^" + component + " .*? (\\d+) ")
            .matcher(run(QUICK, "status").output());
    return row.find() ? row.group(1) : "";
  }

  /// Idle after a call: the server and what watches it, both.
  private void needsLittleMemory() throws Exception {
    String server = pid("Tamas");
    String supervisor = pid("supervisor");
    await(() -> megabytes(server, supervisor) < BOTH_MEGABYTES);
    long watching = megabytes(supervisor);
    assertTrue(watching < WATCHING_MEGABYTES, () -> "it watches with " + watching + " MB");
  }

  /// What they have in memory. A file that both have mapped, such as the virtual machine itself,
  /// counts once, and what only other programs share with them counts in full.
  private static long megabytes(String... pids) throws Exception {
    Map<String, Long> files = new HashMap<>();
    long own = 0;
    for (String pid : pids) {
      Map<String, Long> mapped = new HashMap<>();
      String file = "";
      for (String line : Files.readAllLines(Path.of("/proc", pid, "smaps"))) {
        String[] words = line.split(" +", 6);
        if (words[0].contains("-")) {
          file = words.length == 6 ? words[5] : "";
        } else if (words[0].equals("Rss:")) {
          mapped.merge(file, Long.parseLong(words[1]), Long::sum);
        } else if (words[0].equals("Anonymous:")) {
          own += Long.parseLong(words[1]);
          mapped.merge(file, -Long.parseLong(words[1]), Long::sum);
        }
      }
      mapped.forEach((name, kilobytes) -> files.merge(name, kilobytes, Long::max));
    }
    return own + files.values().stream().mapToLong(each -> each).sum() >> 10;
  }

  private static void kill(String pid) {
    assertNotEquals("", pid);
    assertTrue(ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly());
  }

  /// All that has the folder in its command line or its environment, and all that listens.
  private static List<String> processesOf(Path data) throws Exception {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        String text = text(process.resolve("environ")) + text(process.resolve("cmdline"));
        if (text.contains(data.toString())) {
          found.add(process.getFileName() + " " + text(process.resolve("cmdline")));
        }
      }
    }
    Instance instance = InstanceFolder.read(data);
    for (Port port : List.of(Port.HTTP, Port.AGI, Port.ARI, Port.POSTGRES)) {
      if (listens(instance.port(port)) && instance.port(port) != port.usual()) {
        found.add(port + " " + instance.port(port));
      }
    }
    String mounts = Files.readString(Path.of("/proc/self/mounts"));
    Optional.of(mounts).filter(text -> text.contains(data.toString())).ifPresent(found::add);
    return found;
  }

  private static boolean listens(int port) {
    try (var socket = new java.net.Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1).replace('\0', ' ');
    } catch (java.io.IOException e) {
      return "";
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + QUICK.toNanos();
    while (!condition.call()) {
      assertTrue(System.nanoTime() < deadline, "the deadline has passed");
      Thread.sleep(100);
    }
  }
}
