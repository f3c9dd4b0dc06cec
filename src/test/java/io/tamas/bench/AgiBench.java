package io.tamas.bench;

import io.tamas.asterisk.agi.Environments;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// FastAGI sessions per second and their latency, from connecting to the server's close, with the
/// route script's real work, beside Asterisk-Java's `DefaultAgiServer` as it is delivered, which
/// sends as many commands and decides nothing, and beside a bare server, which tells what the load
/// and the kernel leave to any.
///
/// Each server has a process of its own; they take turns. `args`: the seconds of a round (default
/// 5), the rounds (default 2).
final class AgiBench {
  private static final List<Integer> AT_ONCE = List.of(50, 400, 1_000, 5_000);
  private static final long WARM = 40_000;
  private static final byte[] CALL =
      Environments.inboundCall().text().getBytes(StandardCharsets.UTF_8);

  private AgiBench() {}

  public static void main(String[] args) throws Exception {
    Duration round = Duration.ofSeconds(args.length > 0 ? Long.parseLong(args[0]) : 5);
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 2;
    try (Server tamas = new Server("tamas");
        Server peer = new Server("asterisk-java");
        Server bare = new Server("bare")) {
      tamas.warmUp();
      peer.warmUp();
      bare.warmUp();
      System.out.println(
          "at once  server         sessions/s     p50 ms     p99 ms  refused  stuck  cpu us");
      for (int atOnce : AT_ONCE) {
        Sum ours = new Sum();
        Sum theirs = new Sum();
        Sum least = new Sum();
        for (int i = 0; i < rounds; i++) {
          tamas.load(atOnce, round, ours);
          peer.load(atOnce, round, theirs);
          bare.load(atOnce, round, least);
        }
        ours.print(atOnce, "tamas");
        theirs.print(atOnce, "asterisk-java");
        least.print(atOnce, "bare");
        ours.printRatio(atOnce, theirs);
      }
    }
  }

  /// The rounds of one server at one load.
  private static final class Sum {
    private final Histogram micros = new Histogram(60_000_000L, 3);
    private double seconds;
    private Duration cpu = Duration.ZERO;
    private long good;
    private long refused;
    private long stuck;

    void add(AgiLoad.Result result, Duration spent) {
      cpu = cpu.plus(spent);
      micros.add(result.micros());
      seconds += result.seconds();
      good += result.good();
      refused += result.refused();
      stuck += result.stuck();
    }

    double perSecond() {
      return good / seconds;
    }

    /// The server's processor time for one session.
    double cpuMicros() {
      return cpu.toNanos() / 1e3 / good;
    }

    double millis(double percentile) {
      return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    void print(int atOnce, String server) {
      System.out.printf(
          "%7d  %-13s %11.0f %10.2f %10.2f %8d %6d %7.0f%n",
          atOnce, server, perSecond(), millis(50), millis(99), refused, stuck, cpuMicros());
    }

    void printRatio(int atOnce, Sum peer) {
      System.out.printf(
          "%7d  %-13s %10.2fx %9.2fx %9.2fx %22.2fx%n",
          atOnce,
          "ratio",
          perSecond() / peer.perSecond(),
          millis(50) / peer.millis(50),
          millis(99) / peer.millis(99),
          cpuMicros() / peer.cpuMicros());
    }
  }

  /// A server in a process of its own.
  private static final class Server implements AutoCloseable {
    private final Process process;
    private final int port;

    Server(String kind) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(System.getProperty("java.home") + File.separator + "bin/java");
      command.add("-Xmx512m");
      String flags = System.getProperty("tamas.bench." + kind + ".flags", "");
      if (!flags.isBlank()) {
        command.addAll(List.of(flags.split(" ", -1)));
      }
      command.addAll(
          List.of(
              "-cp", System.getProperty("java.class.path"), AgiBenchServer.class.getName(), kind));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = out.readLine();
      while (line != null && !line.matches("[0-9]+")) {
        line = out.readLine();
      }
      if (line == null) {
        throw new IOException(kind + " did not start");
      }
      port = Integer.parseInt(line);
      Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
    }

    void load(int atOnce, Duration length, Sum sum) {
      Duration before = cpu();
      sum.add(
          AgiLoad.run(port, CALL, AgiBenchServer.COMMANDS, atOnce, length), cpu().minus(before));
    }

    /// By sessions, not by time: a busy machine compiles late.
    void warmUp() {
      Sum sum = new Sum();
      for (int i = 0; i < 60 && sum.good < WARM; i++) {
        load(50, Duration.ofSeconds(1), sum);
      }
    }

    private Duration cpu() {
      return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() throws IOException, InterruptedException {
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
