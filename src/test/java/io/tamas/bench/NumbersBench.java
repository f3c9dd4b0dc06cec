package io.tamas.bench;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.tamas.number.NumberingPlan;
import io.tamas.number.WrittenNumbers;
import io.tamas.number.WrittenPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;

/// How long numbers take to be read, beside libphonenumber alone, which parses and validates the
/// same digits. `./tamas bench numbers`.
///
/// Each number is read in several rounds, in turn with the other readers, and its median counts: so
/// a number that is slow to read stays slow, and one that the machine interrupted once does not.
public final class NumbersBench {
  private static final int READ = 50_000;
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 5;
  private static final long BAR = 20_000;
  private static final PhoneNumberUtil PEER = PhoneNumberUtil.getInstance();

  /// What phones dial and trunks deliver, by plan; `#` is any digit.
  private static final List<String> PLANS =
      List.of(
          "IR 21 0912####### +98912####### 91###### 00905321###### 905321###### 0909####### 2###",
          "RU 495 8495####### ####### +7916####### 81049301##### 375291###### 8809####### 916#######",
          "DE 30 030######## 49171####### 0900####### 0044207####### 905321###### 901###",
          "TR 212 0532####### 532####### +90212####### 0098912####### 98912####### 0900####### 444####",
          "US 212 1212####### 212####### 01198912####### 98912####### 1900####### 555####",
          "BR 11 1198####### 01198####### +551181###### 98912####### 0900#######",
          "AR 11 01115######## 11######## +54911######## 98912####### 4#######",
          "FR 1 0690###### 01######## +336######## 0098912####### 98912####### 0899######");

  private NumbersBench() {}

  private record Written(NumberingPlan plan, String digits) {}

  public static void main(String[] args) {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    boolean met = true;
    for (String plan : PLANS) {
      met &= measure(plan, random);
    }
    pattern();
    System.out.println("p99 under 20 us with each plan: " + (met ? "met" : "MISSED"));
  }

  /// A company has the plan of one country, or of two.
  private static boolean measure(String plan, Random random) {
    List<Written> written = written(plan.split(" "), random);
    WrittenNumbers people = new WrittenNumbers(List.of(written.getFirst().plan()));
    System.out.println(written.getFirst().plan());
    List<Reader> readers =
        List.of(
            new Reader("libphonenumber", n -> peer(written.get(n))),
            new Reader("Tamas", n -> written.get(n).plan().parse(written.get(n).digits())),
            new Reader("Tamas, of people", n -> people.read(written.get(n).digits())));
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (Reader reader : readers) {
        reader.read(Math.max(round, 0));
      }
    }
    List<Histogram> medians = readers.stream().map(Reader::medians).toList();
    System.out.printf(
        "  Tamas : libphonenumber  p50 %.2f, p99 %.2f%n",
        ratio(medians.get(1), medians.get(0), 50), ratio(medians.get(1), medians.get(0), 99));
    return medians.get(1).getValueAtPercentile(99) < BAR;
  }

  /// The nanoseconds of each number in each round. What was read adds to a sum, so that no reading
  /// is left out by the compiler.
  private record Reader(String what, IntFunction<Object> work, long[][] nanos, int[] sum) {
    Reader(String what, IntFunction<Object> work) {
      this(what, work, new long[READ][ROUNDS], new int[1]);
    }

    void read(int round) {
      for (int n = 0; n < READ; n++) {
        long begun = System.nanoTime();
        Object result = work.apply(n);
        nanos[n][round] = System.nanoTime() - begun;
        sum[0] += result.hashCode() % 2;
      }
    }

    Histogram medians() {
      Histogram medians = new Histogram(3);
      Histogram single = new Histogram(3);
      for (long[] rounds : nanos) {
        LongStream.of(rounds).forEach(single::recordValue);
        medians.recordValue(
            LongStream.of(rounds).sorted().skip(ROUNDS / 2).findFirst().orElseThrow());
      }
      System.out.printf(
          "  %-18s p50 %.2f us, p99 %.2f us, slowest %.2f us; single readings p99 %.2f us (%d)%n",
          what,
          medians.getValueAtPercentile(50) / 1e3,
          medians.getValueAtPercentile(99) / 1e3,
          medians.getMaxValue() / 1e3,
          single.getValueAtPercentile(99) / 1e3,
          sum[0]);
      return medians;
    }
  }

  /// A national pattern is tried with numbers; it is read once, when it is stored.
  private static void pattern() {
    List<NumberingPlan> plans = List.of(new NumberingPlan("RU", "495"));
    long begun = System.nanoTime();
    int read =
        IntStream.range(0, 200)
            .map(n -> WrittenPattern.read("8" + (300 + n) + "*", plans).isPresent() ? 1 : 0)
            .sum();
    System.out.printf(
        "national pattern: %.0f us, %d of 200 read%n", (System.nanoTime() - begun) / 200e3, read);
  }

  private static Object peer(Written written) {
    try {
      var number = PEER.parse(written.digits(), written.plan().country());
      return PEER.isValidNumber(number)
          ? PEER.format(number, PhoneNumberUtil.PhoneNumberFormat.E164)
          : "";
    } catch (NumberParseException e) {
      return e;
    }
  }

  private static double ratio(Histogram one, Histogram other, double percentile) {
    return (double) one.getValueAtPercentile(percentile) / other.getValueAtPercentile(percentile);
  }

  private static List<Written> written(String[] plan, Random random) {
    NumberingPlan read = new NumberingPlan(plan[0], plan[1]);
    List<Written> written = new ArrayList<>(READ);
    for (int n = 0; n < READ; n++) {
      StringBuilder digits = new StringBuilder();
      plan[2 + random.nextInt(plan.length - 2)]
          .chars()
          .forEach(c -> digits.append((char) (c == '#' ? '0' + random.nextInt(10) : c)));
      written.add(new Written(read, digits.toString()));
    }
    return written;
  }
}
