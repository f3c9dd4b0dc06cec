package io.tamas.cli;

import static io.tamas.lab.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.ops.Instance;
import io.tamas.ops.InstanceFolder;
import io.tamas.ops.Port;
import io.tamas.ops.RestClient;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An instance whose recordings and journal are volumes of their own, in a mount namespace of the
/// test's own, and one of them is small.
class VolumesFaultIT {
  private static final Duration FIRST = Duration.ofMinutes(5);
  private static final Duration CALL = Duration.ofSeconds(90);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String JOURNAL = "asterisk/log/cel-custom";

  /// `$1` is the data folder; what follows is the program.
  private static final String MOUNTED =
      """
      PATH=$PATH:/usr/sbin:/sbin; data=$1; shift
      mkdir -p "$data/recordings" "$data/asterisk/log/cel-custom"
      mount -t tmpfs -o size=64m volume "$data/recordings"
      mount -t tmpfs -o size=512k volume "$data/asterisk/log/cel-custom"
      exec "$@"
      """;

  @TempDir private Path folder;
  private Path output = Path.of("");
  private @Nullable Process up;

  @BeforeEach
  void start() throws Exception {
    output = folder.resolve("up.out");
    Map<String, String> environment =
        Map.of("TAMAS_STORAGE_LOW_BYTES", "1000000000000000", "TAMAS_STORAGE_FULL_BYTES", "8192");
    Process started =
        CommandRun.start(
            List.of("unshare", "--mount", "sh", "-c", MOUNTED, "sh", data().toString()),
            output,
            environment,
            "up",
            "--free-ports",
            "--data",
            data().toString());
    up = started;
    eventually(
        "it is up", FIRST, () -> text(output).contains("Place a call") || !started.isAlive());
    assertTrue(started.isAlive(), Files.readString(output));
    // meanwhile its number is nobody's for a moment
    eventually("the program that watches has taken its place", SOON, () -> watches(started.pid()));
  }

  private static boolean watches(long pid) {
    try {
      Path line = Path.of("/proc", Long.toString(pid), "cmdline");
      return new String(Files.readAllBytes(line), UTF_8).contains(Watch.class.getName());
    } catch (IOException changing) {
      return false;
    }
  }

  @AfterEach
  void stop() throws Exception {
    run("down");
    Objects.requireNonNull(up).destroyForcibly();
  }

  @Test
  void recordingsAreOnTheirVolumeAndAFullJournalIsToldUntilItIsWrittenAgain() throws Exception {
    CommandRun recorded = run("call", "--talk", "1");
    assertEquals(0, recorded.status(), recorded::output);
    assertTrue(recorded.output().contains("  ready  "), recorded::output);
    assertEquals(1, wavs(inside("recordings")));
    assertEquals(0, wavs(data().resolve("recordings")));
    assertEquals(200, get("/health/ready").statusCode());
    logged("LOW");
    assertEquals("", warnedOfMissingTables());
    assertTrue(text(output).contains("ATTENTION: space is running out: "), text(output));
    assertTrue(run("status").output().contains("ATTENTION: space is running out: "));

    Path filler = inside(JOURNAL).resolve("filler");
    try (RestClient rest = new RestClient(instance(), Launch.secrets(instance()).apiKey());
        EventStream events = EventStream.open(rest, SOON)) {
      fill(filler);
      becomes(503, "journal: no space is left");
      assertTrue(isTold("STALLED", events));
      // the rest of a page may still hold the rows of one
      for (int call = 0; call < 2; call++) {
        run("call", "--talk", "1", "--deadline", "8");
      }
      becomes(503, "writes nothing");
    }
    assertTrue(get("/metrics").body().contains("tamas_journal_stalled 1"));
    logged("STALLED");

    Files.delete(filler);
    CommandRun again = run("call", "--talk", "1");
    assertEquals(0, again.status(), again::output);
    becomes(200, "");
  }

  /// As a file system makes itself after a fault of its disk.
  @Test
  void aVolumeThatBecomesReadOnlyIsToldUntilItCanBeWritten() throws Exception {
    String recordings = data().resolve("recordings").toString();
    within("mount", "-o", "remount,ro", recordings);
    becomes(503, "recordings: its file system is read-only");
    assertTrue(run("status").output().contains("recordings: its file system"));
    within("mount", "-o", "remount,rw", recordings);
    becomes(200, "");
  }

  /// By an administrator, or a changed export of a file server.
  @Test
  void aFolderInWhichAsteriskMayNoLongerWriteIsToldUntilItMay() throws Exception {
    for (String name : List.of("recordings", "prompts", "mailboxes")) {
      within("chmod", "u-w,g-w", data().resolve(name).toString());
      becomes(503, name + ": its permissions (owner ");
      within("chmod", "u+w,g+w", data().resolve(name).toString());
      becomes(200, "");
    }
  }

  @Test
  void aDiskThatIsMountedOnAFolderOfTheRunningInstanceIsToldUntilItIsGone() throws Exception {
    try (RestClient rest = new RestClient(instance(), Launch.secrets(instance()).apiKey());
        EventStream events = EventStream.open(rest, SOON)) {
      for (String name : List.of("recordings", "prompts", JOURNAL)) {
        within("mount", "-t", "tmpfs", "-o", "size=64m", "later", data().resolve(name).toString());
      }
      becomes(503, "journal: mounted or unmounted since the start");
      becomes(503, "prompts: mounted or unmounted since the start");
      becomes(503, "recordings: mounted or unmounted since the start");
      assertTrue(isTold("HIDDEN", events));
    }
    logged("HIDDEN");
    assertTrue(run("status").output().contains("recordings: mounted"));
    CommandRun call = run("call", "--talk", "1");
    assertEquals(0, call.status(), call::output);
    assertEquals(0, wavs(inside("recordings")));
    for (String name : List.of("recordings", "prompts", JOURNAL)) {
      within("umount", data().resolve(name).toString());
    }
    becomes(200, "");
    assertEquals(1, wavs(inside("recordings")));
  }

  @Test
  void theSupervisorIsFoundAndToldWhereItsOwnFoldersAreHidden() throws Exception {
    Path ready = instance().premises().ready();
    eventually("the supervisor watches", SOON, () -> Files.exists(ready));
    for (String name : List.of("run", "logs")) {
      within("mount", "-t", "tmpfs", "-o", "size=1m", "later", data().resolve(name).toString());
    }
    becomes(503, "logs: mounted or unmounted since the start");
    becomes(503, "run: mounted or unmounted since the start");
    String pid = Long.toString(Objects.requireNonNull(up).pid());
    CommandRun status = runWithin("status");
    assertTrue(
        status
            .output()
            .lines()
            .anyMatch(line -> line.matches("supervisor +running +" + pid + " .*")),
        status::output);
    for (String component : List.of("PostgreSQL", "Asterisk", "Tamas")) {
      assertTrue(
          status.output().lines().anyMatch(line -> line.matches(component + " +unknown +- .*")),
          status::output);
    }
    assertTrue(status.output().contains(data().resolve("run") + " is another folder"));
    assertEquals(1, status.status());
    CommandRun second = runWithin("up");
    assertEquals(1, second.status(), second::output);
    assertTrue(second.output().contains("already running (pid " + pid), second::output);
    CommandRun detached = runWithin("up", "-d");
    assertTrue(detached.output().contains("already running (pid " + pid), detached::output);
    CommandRun down = runWithin("down");
    assertTrue(down.output().contains("supervisor stopped"), down::output);
    assertTrue(Objects.requireNonNull(up).waitFor(10, TimeUnit.SECONDS));
  }

  /// One of the commands of Tamas, where `up` runs.
  private CommandRun runWithin(String... arguments) throws Exception {
    Path shown = Files.createTempFile(folder, arguments[0], ".out");
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--data", data().toString()));
    Process run =
        CommandRun.start(
            List.of(
                "nsenter", "--mount", "--target", Long.toString(Objects.requireNonNull(up).pid())),
            shown,
            Map.of(),
            line.toArray(String[]::new));
    if (!run.waitFor(CALL.toSeconds(), TimeUnit.SECONDS)) {
      run.destroyForcibly();
      throw new AssertionError(Files.readString(shown));
    }
    return new CommandRun(run.exitValue(), Files.readString(shown), Duration.ZERO);
  }

  /// Runs a command where `up` runs.
  private void within(String... command) throws Exception {
    List<String> line = new ArrayList<>(List.of("nsenter", "--mount", "--target"));
    line.add(Long.toString(Objects.requireNonNull(up).pid()));
    line.addAll(List.of(command));
    Process done = new ProcessBuilder(line).inheritIO().start();
    assertTrue(done.waitFor(10, TimeUnit.SECONDS));
    assertEquals(0, done.exitValue(), () -> String.join(" ", command));
  }

  private static boolean isTold(String state, EventStream events) throws InterruptedException {
    Optional<JsonNode> event = events.next(SOON);
    while (event.isPresent() && !event.get().at("/data/state").asText().equals(state)) {
      event = events.next(SOON);
    }
    return event.isPresent();
  }

  private void becomes(int status, String reason) {
    eventually(
        "ready is " + status + " " + reason,
        SOON,
        () -> {
          var ready = get("/health/ready");
          return ready.statusCode() == status && ready.body().contains(reason);
        });
  }

  /// At the first start the tables are made beside other things.
  private String warnedOfMissingTables() {
    return text(data().resolve("logs/tamas.log"))
        .lines()
        .filter(line -> line.contains("\"WARN\"") && line.contains("does not exist"))
        .collect(Collectors.joining("\n"));
  }

  private void logged(String text) {
    String told =
        text(data().resolve("logs/tamas.log"))
            .lines()
            .filter(line -> line.contains("StorageWatch"))
            .collect(Collectors.joining("\n"));
    assertTrue(told.contains(text), told);
  }

  private static void fill(Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < 4096; i++) {
        out.write(new byte[256]);
      }
    } catch (IOException full) {
      return;
    }
    throw new AssertionError("the volume is not small");
  }

  private static long wavs(Path in) throws IOException {
    try (var all = Files.list(in)) {
      return all.filter(file -> file.toString().endsWith(".wav")).count();
    }
  }

  /// A folder of the instance as its processes see it.
  private Path inside(String name) {
    return Path.of("/proc/" + Objects.requireNonNull(up).pid() + "/root" + data().resolve(name));
  }

  private HttpResponse<String> get(String path) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + instance().port(Port.MANAGEMENT) + path);
      return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private Instance instance() throws IOException {
    return InstanceFolder.read(data());
  }

  private CommandRun run(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--data", data().toString()));
    return CommandRun.of(folder, CALL, Map.of(), line.toArray(String[]::new));
  }

  private Path data() {
    return folder.resolve("volumes");
  }
}
