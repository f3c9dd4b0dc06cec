package io.tamas.bench;

import io.tamas.asterisk.journal.JournalEvent;
import io.tamas.call.fold.CapturedJournals;
import java.util.List;
import org.HdrHistogram.Histogram;

/// How long it takes to fold the journal of a call into its record and its events, on one core:
/// simple calls, and calls that were transferred, picked up and parked, as a real Asterisk wrote
/// them. `./tamas bench fold`.
public final class FoldBench {
  private static final List<String> SIMPLE =
      List.of("answered", "missed", "busy", "internal", "recorded", "group-all");
  private static final List<String> TRANSFERRED =
      List.of("moves/attended", "moves/blind", "moves/park-retrieve", "moves/attended-twice");
  private static final int CALLS = 100_000;
  private static final int ROUNDS = 3;

  private FoldBench() {}

  public static void main(String[] args) {
    int events = 0;
    for (int round = 0; round < ROUNDS; round++) {
      events += measured("simple calls", SIMPLE);
      events += measured("transferred", TRANSFERRED);
    }
    System.out.println("events " + events);
  }

  private static int measured(String what, List<String> names) {
    List<List<JournalEvent>> calls = names.stream().map(CapturedJournals::rows).toList();
    Histogram nanos = new Histogram(3);
    long rows = 0;
    int events = 0;
    long start = System.nanoTime();
    for (int n = 0; n < CALLS; n++) {
      List<JournalEvent> call = calls.get(n % calls.size());
      long before = System.nanoTime();
      events += CapturedJournals.countEvents(call);
      nanos.recordValue(System.nanoTime() - before);
      rows += call.size();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%-16s %5.1f rows a call  p50 %6.1f us  p99 %6.1f us  %9.0f calls/s%n",
        what,
        rows / (double) CALLS,
        nanos.getValueAtPercentile(50) / 1e3,
        nanos.getValueAtPercentile(99) / 1e3,
        CALLS / seconds);
    return events;
  }
}
