package io.tamas.bench;

import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import org.HdrHistogram.Histogram;

/// From the dialling of a pickup until the phone is connected, with real phones: `0`, for which
/// Asterisk asks Tamas, beside the same by Asterisk alone. `args`: how many of each (default 30).
public final class PickupBench {
  private static final String ALONE = "88";

  private final Lab lab;
  private final int calls;

  private PickupBench(Lab lab, int calls) {
    this.lab = lab;
    this.calls = calls;
  }

  public static void main(String[] args) throws Exception {
    try (Lab lab = Lab.asDelivered()) {
      new PickupBench(lab, args.length > 0 ? Integer.parseInt(args[0]) : 30).run();
    }
    System.exit(0);
  }

  private void run() {
    lab.asterisk().console("dialplan add extension " + ALONE + ",1,Pickup() into from-phone");
    Phone desk = lab.phone("Desk");
    Phone colleague = lab.phone("Colleague");
    lab.pickUpForEachOther(desk, colleague);
    Line line = lab.line(desk);
    String number = line.numberOf(desk);
    Phone caller = line.caller("Caller");
    Histogram asked = new Histogram(3);
    Histogram alone = new Histogram(3);
    for (int i = 0; i < calls; i++) {
      asked.recordValue(micros(desk, colleague, caller, number, "0"));
      alone.recordValue(micros(desk, colleague, caller, number, ALONE));
    }
    print("with Tamas", asked);
    print("Asterisk alone", alone);
    System.out.printf(
        "%-16s %7.2fx %7.2fx%n",
        "ratio",
        asked.getValueAtPercentile(50) / (double) alone.getValueAtPercentile(50),
        asked.getValueAtPercentile(99) / (double) alone.getValueAtPercentile(99));
  }

  private static long micros(
      Phone desk, Phone colleague, Phone caller, String number, String dialled) {
    caller.calls(number);
    desk.rings();
    long begun = System.nanoTime();
    colleague.calls(dialled).talks();
    long micros = (System.nanoTime() - begun) / 1_000;
    caller.talks().hangsUp();
    desk.callEnds();
    colleague.callEnds();
    return micros;
  }

  private static void print(String what, Histogram micros) {
    System.out.printf(
        "%-16s p50 %6.1f ms  p99 %6.1f ms%n",
        what, micros.getValueAtPercentile(50) / 1e3, micros.getValueAtPercentile(99) / 1e3);
  }
}
