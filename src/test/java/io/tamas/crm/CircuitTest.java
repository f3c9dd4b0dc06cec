package io.tamas.crm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CircuitTest {
  private final AtomicLong now = new AtomicLong();
  private final Circuit circuit = new Circuit(Duration.ofSeconds(1), now::get);

  @Test
  void opensAfterThreeFailuresInARow() {
    circuit.failed();
    circuit.failed();
    circuit.succeeded();
    circuit.failed();
    circuit.failed();
    assertFalse(circuit.isOpen());

    circuit.failed();
    assertTrue(circuit.isOpen());
  }

  @Test
  void letsThroughAfterThePauseAndOpensAgainWithTheNextFailure() {
    fail(3);

    now.addAndGet(Duration.ofSeconds(1).toNanos());
    assertFalse(circuit.isOpen());

    circuit.failed();
    assertTrue(circuit.isOpen());
  }

  @Test
  void oneSuccessClosesIt() {
    fail(3);
    circuit.succeeded();
    assertFalse(circuit.isOpen());
    fail(1);
    assertFalse(circuit.isOpen());
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      circuit.failed();
    }
  }
}
