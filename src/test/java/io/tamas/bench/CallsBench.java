package io.tamas.bench;

import io.tamas.bench.SippCalls.Run;
import io.tamas.lab.AsteriskServer;
import io.tamas.lab.Eventually;
import io.tamas.lab.Lab;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiRequest;
import org.asteriskjava.fastagi.AgiScript;
import org.asteriskjava.fastagi.DefaultAgiServer;

/// The highest rate of calls without a failed one, through a real Asterisk: bare (answer and hang
/// up), asking Asterisk-Java's `DefaultAgiServer` for a hard-wired answer, and asking Tamas with
/// everything on: caller lookup, rules, journal, record, events. And what a call costs whom.
///
/// Each call is INVITE, 200, ACK, BYE by sipp on the same machine. CEL is written in all three;
/// only in the last one does Tamas run and read it. `args`: the lowest rate, the highest, the step,
/// the seconds at each.
public final class CallsBench {
  private static final String NUMBER = "02191770000";
  private static final Duration CAUGHT_UP = Duration.ofMinutes(2);
  private static final String PEER = "DefaultAgiServer";
  private static final int WARM_RATE = 100;
  private static final int WARM_SECONDS = 60;

  private final Lab lab;
  private final Rates rates;
  private double bare;

  private CallsBench(Lab lab, Rates rates) {
    this.lab = lab;
    this.rates = rates;
  }

  private record Rates(int lowest, int highest, int step, int seconds) {
    static Rates of(String[] args) {
      int[] rates = {100, 1_000, 50, 6};
      for (int i = 0; i < args.length; i++) {
        rates[i] = Integer.parseInt(args[i]);
      }
      return new Rates(rates[0], rates[1], rates[2], rates[3]);
    }
  }

  /// One way to answer a call.
  ///
  /// @param address from which sipp calls, which decides the way
  private record Way(String name, String address, boolean asksTamas) {}

  /// @param late from the end of the last call until every call has its record
  private record Step(Run run, CpuTimes cpu, Duration late) {
    double milliseconds(String program) {
      return perCall(cpu.byName().getOrDefault(program, Duration.ZERO));
    }

    /// Of sipp, and of what else runs on the machine.
    double others() {
      Duration known = cpu.byName().values().stream().reduce(Duration.ZERO, Duration::plus);
      return perCall(cpu.all().minus(known));
    }

    private double perCall(Duration time) {
      return time.toNanos() / 1e6 / run.answered();
    }
  }

  public static void main(String[] args) throws Exception {
    try (Lab lab = Lab.asDelivered()) {
      new CallsBench(lab, Rates.of(args)).run();
    }
    System.exit(0);
  }

  private void run() throws IOException {
    lab.office().extension("9000", "Fallback", false);
    lab.office().trunk("bench", "127.0.9.1", "9000");
    String silence = lab.office().announcement("silence/1");
    lab.office().route("bench", "+982191770000", silence, Duration.ofSeconds(20), false);
    int port = AsteriskServer.freeTcpPort();
    DefaultAgiServer peer = hardWired(port);
    prepare(lab, port);
    System.out.println("                         calls/s  ratio  ms of processor a call");
    System.out.printf(
        "%-24s %7s %6s  %9s %9s %9s %10s %7s  %s%n",
        "", "", "", "Asterisk", "peer", "Tamas", "PostgreSQL", "others", "record after");
    lab.office().dies();
    highest(new Way("Asterisk alone", "127.0.9.2", false));
    highest(new Way("with DefaultAgiServer", "127.0.9.3", false));
    lab.office().recovers();
    Eventually.eventually("Tamas has caught up", CAUGHT_UP, lab::isJournalStored);
    highest(new Way("with Tamas", "127.0.9.1", true));
    peer.shutdown();
  }

  /// Goes up to the first rate that is too high, and prints the one before.
  private void highest(Way way) {
    call(way, WARM_RATE, WARM_SECONDS);
    Step best = call(way, rates.lowest, rates.seconds);
    Step next = best;
    while (next.run.isClean() && next.run.rate() < rates.highest) {
      best = next;
      next = call(way, best.run.rate() + rates.step, rates.seconds);
    }
    best = next.run.isClean() ? next : best;
    bare = bare == 0 ? best.run.rate() : bare;
    print(System.out, way, best);
  }

  private void print(PrintStream to, Way way, Step step) {
    to.printf(
        "%-24s %7d %6.2f  %9.2f %9.2f %9.2f %10.2f %7.2f  %.1f s%n",
        way.name,
        step.run.rate(),
        step.run.rate() / bare,
        step.milliseconds("Asterisk"),
        step.milliseconds(PEER),
        step.milliseconds("Tamas"),
        step.milliseconds("PostgreSQL"),
        step.others(),
        step.late.toMillis() / 1e3);
  }

  private Step call(Way way, int rate, int seconds) {
    CpuTimes before = cpu();
    Run run = SippCalls.run(lab.asterisk(), way.address, NUMBER, rate, seconds);
    long end = System.nanoTime();
    if (way.asksTamas) {
      Eventually.eventually("every call has its record", CAUGHT_UP, lab::isJournalStored);
    }
    Step step = new Step(run, cpu().since(before), Duration.ofNanos(System.nanoTime() - end));
    System.err.print(run + " ");
    print(System.err, way, step);
    return step;
  }

  private CpuTimes cpu() {
    Map<String, ProcessHandle> programs = new HashMap<>(lab.processes());
    programs.put(PEER, ProcessHandle.current());
    return CpuTimes.of(programs);
  }

  private static DefaultAgiServer hardWired(int port) {
    AgiScript script =
        new AgiScript() {
          @Override
          public void service(AgiRequest request, AgiChannel channel)
              throws org.asteriskjava.fastagi.AgiException {
            channel.setVariable("TAMAS_NOTE", "none");
            channel.setVariable("TAMAS_SOUND", "silence/1");
            channel.setVariable("TAMAS_ACTION", "announce");
          }
        };
    DefaultAgiServer server = new DefaultAgiServer(script);
    server.setPort(port);
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            server.startup();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
    return server;
  }

  /// The two peers have endpoints and contexts of their own; Tamas has its trunk.
  private static void prepare(Lab lab, int agiPort) throws IOException {
    StringBuilder endpoints = new StringBuilder();
    for (Map.Entry<String, String> peer :
        Map.of("bare", "127.0.9.2", "wired", "127.0.9.3").entrySet()) {
      endpoints.append(
          """
          [%1$s]
          type = endpoint
          context = bench-%1$s
          allow = alaw
          identify_by = ip
          direct_media = no
          [%1$s]
          type = identify
          endpoint = %1$s
          match = %2$s
          """
              .formatted(peer.getKey(), peer.getValue()));
    }
    AsteriskServer asterisk = lab.asterisk();
    Files.writeString(asterisk.settings().data().resolve("pjsip.local.conf"), endpoints);
    asterisk.console("module reload res_pjsip.so");
    asterisk.console("module reload res_pjsip_endpoint_identifier_ip.so");
    String answer = "Answer() into bench-";
    asterisk.console("dialplan add extension _X.,1," + answer + "bare");
    asterisk.console("dialplan add extension _X.,2,Playback(silence/1) into bench-bare");
    asterisk.console(
        "dialplan add extension _X.,1,AGI(agi://127.0.0.1:" + agiPort + "/x) into bench-wired");
    asterisk.console("dialplan add extension _X.,2," + answer + "wired");
    asterisk.console("dialplan add extension _X.,3,Playback(silence/1) into bench-wired");
  }
}
