package io.tamas.lab;

import java.time.Duration;
import java.util.Optional;

/// How one part of a house connects to another: in tests it can be made slow and be cut.
///
/// @param port where it begins
record Road(int port, Optional<SlowProxy> proxy) implements AutoCloseable {
  /// What is measured goes straight to the port.
  static Road to(int port, Running running) {
    if (running == Running.AS_DELIVERED) {
      return new Road(port, Optional.empty());
    }
    SlowProxy proxy = new SlowProxy(port);
    return new Road(proxy.port(), Optional.of(proxy));
  }

  void answersLateBy(Duration delay) {
    proxy.orElseThrow().delayAnswers(delay);
  }

  void cut() {
    proxy.orElseThrow().cut();
  }

  void mend() {
    proxy.orElseThrow().mend();
  }

  @Override
  public void close() {
    proxy.ifPresent(SlowProxy::close);
  }
}
