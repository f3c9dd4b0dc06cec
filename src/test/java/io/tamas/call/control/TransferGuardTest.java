package io.tamas.call.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.asterisk.ami.AttendedTransfer;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransferGuardTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<String> hungUp = new ArrayList<>();
  private final TransferGuard guard =
      new TransferGuard(
          request -> {
            hungUp.add(request.uri());
            return Future.failedFuture(new IllegalStateException("Asterisk is away"));
          },
          registry);

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
    guard.onTransfer(new AttendedTransfer(first, second, List.of("1.1", "node/1.2")));
    assertEquals(isEnded ? List.of("channels/1.1", "channels/node%2F1.2") : List.of(), hungUp);
    assertEquals(isEnded ? 1 : 0, registry.counter("tamas.calls.takeovers").count());
  }
}
