package io.tamas.bench;

import io.tamas.asterisk.agi.Environments;
import io.tamas.db.TestServer;
import io.tamas.lab.Eventually;
import io.tamas.lab.FreePorts;
import io.tamas.ops.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// How long the server takes from its process's begin until it answers the dialplan, without and
/// with PostgreSQL, and what memory it holds when nothing happens. `args`: how many starts (default
/// 5), of which the median is told.
public final class StartBench {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Path folder;
  private final Path jar;
  private final int agi = FreePorts.take();
  private final int management = FreePorts.take();

  private StartBench(Path folder, Path jar) {
    this.folder = folder;
    this.jar = jar;
  }

  /// @param answers from the begin until it answers, in seconds
  /// @param processor seconds of it that the start took
  /// @param residentMegabytes when idle for a while
  private record Start(double answers, double processor, long residentMegabytes) {}

  public static void main(String[] args) throws Exception {
    int starts = args.length > 0 ? Integer.parseInt(args[0]) : 5;
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-start-");
    Path jar = Path.of("target/tamas.jar").toAbsolutePath();
    StartBench bench = new StartBench(folder, jar);
    System.out.printf(
        "%-46s %9s %9s %9s %9s%n",
        "median of " + starts + " starts", "seconds", "longest", "cpu s", "idle MB");
    bench.measure("without PostgreSQL, until AGI answers", starts, bench::withoutDatabase);
    try (TestServer postgres = TestServer.startThrowAway(folder.resolve("postgres"))) {
      var database = postgres.fresh("start_bench");
      Map<String, String> environment =
          Map.of(
              "TAMAS_DATABASE_URL", database.url(),
              "TAMAS_DATABASE_USER", database.user(),
              "TAMAS_DATABASE_PASSWORD", database.password().reveal());
      bench.measure(
          "with PostgreSQL, until journal and events run", starts, () -> bench.with(environment));
    }
    System.exit(0);
  }

  @FunctionalInterface
  private interface Starting {
    Start start() throws IOException, InterruptedException;
  }

  private void measure(String what, int starts, Starting starting) throws Exception {
    List<Start> all = new ArrayList<>();
    for (int i = 0; i < starts; i++) {
      all.add(starting.start());
    }
    List<Double> seconds = all.stream().map(Start::answers).sorted().toList();
    List<Long> memory = all.stream().map(Start::residentMegabytes).sorted().toList();
    List<Double> processor = all.stream().map(Start::processor).sorted().toList();
    System.out.printf(
        "%-46s %9.2f %9.2f %9.2f %9d%n",
        what,
        seconds.get(starts / 2),
        seconds.getLast(),
        processor.get(starts / 2),
        memory.get(starts / 2));
  }

  private Start withoutDatabase() throws IOException, InterruptedException {
    Map<String, String> none =
        Map.of(
            "TAMAS_DATABASE_URL", "postgresql://127.0.0.1:1/none",
            "TAMAS_DATABASE_PASSWORD", "none");
    return start(none, this::answersTheDialplan);
  }

  private Start with(Map<String, String> database) throws IOException, InterruptedException {
    return start(database, () -> answersTheDialplan() && stores());
  }

  private Start start(Map<String, String> database, BooleanSupplier ready)
      throws IOException, InterruptedException {
    JavaCommand java =
        new JavaCommand(
            Path.of(System.getProperty("java.home"), "bin/java"),
            jar.toString(),
            "io.tamas.Tamas",
            List.of(),
            true);
    ProcessBuilder command =
        new ProcessBuilder(java.line(List.of("serve")))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("tamas.log").toFile());
    command.environment().putAll(settings());
    command.environment().putAll(database);
    long begin = System.nanoTime();
    Process process = command.start();
    try {
      Eventually.eventually("it answers; see " + folder, DEADLINE, ready);
      double answers = (System.nanoTime() - begin) / 1e9;
      Duration processor = process.info().totalCpuDuration().orElse(Duration.ZERO);
      Thread.sleep(IDLE);
      return new Start(answers, processor.toNanos() / 1e9, residentMegabytes(process.pid()));
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private Map<String, String> settings() {
    return Map.of(
        "TAMAS_ARI_PASSWORD", "none",
        "TAMAS_AMI_PASSWORD", "none",
        "TAMAS_ARI_PORT", "0",
        "TAMAS_HTTP_PORT", "0",
        "TAMAS_AGI_PORT", Integer.toString(agi),
        "TAMAS_MANAGEMENT_PORT", Integer.toString(management));
  }

  /// The company is empty: what the dialplan asks has no answer, and the server says so by closing.
  private boolean answersTheDialplan() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), agi)) {
      String question = Environments.inboundCall().text();
      socket.getOutputStream().write(question.getBytes(StandardCharsets.UTF_8));
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean stores() {
    try {
      URI address = URI.create("http://127.0.0.1:" + management + "/health/ready");
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      try (var body =
          connection.getResponseCode() < 400
              ? connection.getInputStream()
              : connection.getErrorStream()) {
        String health = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        return Stream.of("database", "journal", "events")
            .allMatch(part -> health.contains("\"" + part + "\":{\"ready\":true"));
      }
    } catch (IOException e) {
      return false;
    }
  }

  private static long residentMegabytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      String line = lines.filter(text -> text.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
