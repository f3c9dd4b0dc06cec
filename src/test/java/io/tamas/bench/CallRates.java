package io.tamas.bench;

import io.tamas.bench.SippCalls.Run;
import io.tamas.bench.SippCalls.Talk;
import io.tamas.lab.Eventually;
import io.tamas.lab.Lab;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// Climbs to the highest rate of calls at which none fails, in several ways, and tells what a call
/// costs whom, each beside the first way.
final class CallRates {
  /// How a peer that runs in this process is called in the table.
  static final String PEER = "DefaultAgiServer";

  private static final Duration CAUGHT_UP = Duration.ofMinutes(2);
  private static final int WARM_SECONDS = 60;

  private final Lab lab;
  private final Rates rates;
  private final Talk talk;
  private double first;

  /// @param warm the rate of the calls before it is measured
  record Rates(int warm, int lowest, int step, int seconds) {
    /// @param args lowest, step and seconds, as many as there are
    Rates with(String[] args) {
      int[] numbers = {lowest, step, seconds};
      for (int i = 0; i < args.length; i++) {
        numbers[i] = Integer.parseInt(args[i]);
      }
      return new Rates(warm, numbers[0], numbers[1], numbers[2]);
    }
  }

  /// One way to take a call.
  ///
  /// @param address from which sipp calls
  /// @param number that it calls
  record Way(String name, String address, String number, boolean asksTamas) {}

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

  CallRates(Lab lab, Rates rates, Talk talk) {
    this.lab = lab;
    this.rates = rates;
    this.talk = talk;
    System.out.println("                         calls/s  ratio  ms of processor a call");
    System.out.printf(
        "%-24s %7s %6s  %9s %9s %9s %10s %7s  %s%n",
        "", "", "", "Asterisk", "peer", "Tamas", "PostgreSQL", "others", "record after");
  }

  /// Goes up to the first rate that is too high twice, and prints the one before; the lowest one if
  /// that is too high already.
  void highest(Way way) {
    call(way, rates.warm, WARM_SECONDS);
    Step best = tryTwice(way, rates.lowest);
    Step next = best;
    while (next.run.isClean()) {
      best = next;
      next = tryTwice(way, best.run.rate() + rates.step);
    }
    first = first == 0 ? best.run.rate() : first;
    print(System.out, way, best);
  }

  /// Something else on the machine may have disturbed the first.
  private Step tryTwice(Way way, int rate) {
    Step tried = call(way, rate, rates.seconds);
    return tried.run.isClean() ? tried : call(way, rate, rates.seconds);
  }

  private void print(PrintStream to, Way way, Step step) {
    to.printf(
        "%-24s %7d %6.2f  %9.2f %9.2f %9.2f %10.2f %7.2f  %.1f s%n",
        way.name,
        step.run.rate(),
        step.run.rate() / first,
        step.milliseconds("Asterisk"),
        step.milliseconds(PEER),
        step.milliseconds("Tamas"),
        step.milliseconds("PostgreSQL"),
        step.others(),
        step.late.toMillis() / 1e3);
  }

  private Step call(Way way, int rate, int seconds) {
    CpuTimes before = cpu();
    Run run = SippCalls.run(lab.asterisk(), way.address, way.number, talk, rate, seconds);
    long end = System.nanoTime();
    if (way.asksTamas) {
      awaitRecords();
    }
    Step step = new Step(run, cpu().since(before), Duration.ofNanos(System.nanoTime() - end));
    System.err.print(run + " ");
    print(System.err, way, step);
    return step;
  }

  void awaitRecords() {
    Eventually.eventually("every call has its record", CAUGHT_UP, lab::isJournalStored);
  }

  private CpuTimes cpu() {
    Map<String, ProcessHandle> programs = new HashMap<>(lab.processes());
    programs.put(PEER, ProcessHandle.current());
    return CpuTimes.of(programs);
  }
}
