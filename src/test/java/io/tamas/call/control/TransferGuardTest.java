package io.tamas.call.control;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.asterisk.ami.AttendedTransfer;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.asterisk.ari.AriResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferGuardTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final AttendedTransfer TAKEOVER =
      new AttendedTransfer("PJSIP/101-00000001", "PJSIP/102-00000002", List.of("1.1", "node/1.2"));
  private static final List<String> ITS_CHANNELS = List.of("channels/1.1", "channels/node%2F1.2");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<String> hungUp = new CopyOnWriteArrayList<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile int status = 204;
  private final TransferGuard guard =
      new TransferGuard(this::answer, Duration.ofMillis(100), registry);

  private Future<AriResponse> answer(AriRequest request) {
    asked.incrementAndGet();
    if (status == 0) {
      return Promise.<AriResponse>promise().future();
    }
    hungUp.add(request.uri());
    return Future.succeededFuture(new AriResponse(status, ""));
  }

  @BeforeEach
  void start() {
    guard.start();
  }

  @AfterEach
  void close() {
    guard.close();
  }

  @ParameterizedTest
  @CsvSource({
    "PJSIP/101-00000001,          PJSIP/101-00000002,             false",
    "PJSIP/101-00000001,          Local/102@tamas-transfer-01;1,  false",
    "PJSIP/101-00000001,          PJSIP/102-00000002,             true",
    "PJSIP/101-00000001,          PJSIP/1011-00000002,            true",
    "PJSIP/101-00000001,          PJSIP/trunk-main-00000002,      true",
    "PJSIP/trunk-main-00000001,   PJSIP/101-00000002,             true",
  })
  void transferEndsWhereItsCallsBelongToDifferentParties(
      String first, String second, boolean isEnded) {
    guard.onTransfer(new AttendedTransfer(first, second, List.of("2.1")));
    guard.onTransfer(TAKEOVER);
    ended(isEnded ? 2 : 1);
    assertEquals(isEnded, hungUp.contains("channels/2.1"));
  }

  @Test
  void transferThatIsReportedTwiceIsEndedOnce() {
    guard.onTransfer(TAKEOVER);
    guard.onTransfer(TAKEOVER);
    guard.onTransfer(new AttendedTransfer("PJSIP/103-3", "PJSIP/104-4", List.of("3.1")));
    ended(2);
    assertEquals(List.of("channels/1.1", "channels/node%2F1.2", "channels/3.1"), hungUp);
  }

  @Test
  void transferWhoseCallsAreOverIsNotCounted() {
    status = 404;
    guard.onTransfer(TAKEOVER);
    eventually("it is asked for", SOON, () -> hungUp.size() == 2);
    status = 204;
    guard.onTransfer(new AttendedTransfer("PJSIP/103-3", "PJSIP/104-4", List.of("3.1")));
    ended(1);
  }

  @Test
  void callsEndOnceAsteriskAnswers() {
    status = 0;
    guard.onTransfer(TAKEOVER);
    eventually("Asterisk is asked", SOON, () -> asked.get() == ITS_CHANNELS.size());
    status = 204;
    ended(1);
    assertEquals(ITS_CHANNELS, hungUp);
  }

  private void ended(int count) {
    eventually(
        count + " are ended",
        SOON,
        () -> registry.counter("tamas.calls.takeovers").count() == count);
  }
}
