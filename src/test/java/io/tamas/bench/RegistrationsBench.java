package io.tamas.bench;

import io.tamas.config.Secret;
import io.tamas.lab.Eventually;
import io.tamas.lab.Lab;
import io.tamas.lab.RegisteringPhone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/// Phones that all register at the same moment, as after a power failure, each from its own socket
/// over UDP, with a digest challenge and retransmissions (RFC 3261 section 17.1.2), while Tamas
/// runs and publishes an event for each; and again when they renew. `args`: how many (default
/// 1,000).
public final class RegistrationsBench {
  private static final int FIRST = 20_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TARGET = Duration.ofSeconds(10);

  private RegistrationsBench() {}

  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
    try (Lab lab = Lab.asDelivered()) {
      List<RegisteringPhone> phones = phones(lab, count);
      print("all at once", round(phones));
      print("renewed", round(phones));
      phones.forEach(RegisteringPhone::close);
    }
    System.exit(0);
  }

  private static List<RegisteringPhone> phones(Lab lab, int count) {
    List<RegisteringPhone> phones = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String number = Integer.toString(FIRST + i);
      Secret password = lab.office().newExtension(number, "Phone", false);
      phones.add(new RegisteringPhone(lab, number, password));
    }
    String last = Integer.toString(FIRST + count - 1);
    Eventually.eventually(
        "all phones are in Asterisk",
        PATIENCE,
        () -> lab.asterisk().console("pjsip show endpoint " + last).contains("Endpoint:  " + last));
    return phones;
  }

  private static Histogram round(List<RegisteringPhone> phones) throws Exception {
    Histogram millis = new Histogram(3);
    CountDownLatch now = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Duration>> waits = new ArrayList<>();
      for (RegisteringPhone phone : phones) {
        waits.add(
            threads.submit(() -> {
              now.await();
              return phone.registers(PATIENCE);
            }));
      }
      now.countDown();
      for (Future<Duration> wait : waits) {
        millis.recordValue(wait.get().toMillis());
      }
    }
    return millis;
  }

  private static void print(String what, Histogram millis) {
    System.out.printf(
        "%-12s %d phones: p50 %d ms, p99 %d ms, longest %d ms (target %d ms: %s)%n",
        what,
        millis.getTotalCount(),
        millis.getValueAtPercentile(50),
        millis.getValueAtPercentile(99),
        millis.getMaxValue(),
        TARGET.toMillis(),
        millis.getMaxValue() <= TARGET.toMillis() ? "met" : "MISSED");
  }
}
