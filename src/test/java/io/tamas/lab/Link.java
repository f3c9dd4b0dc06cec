package io.tamas.lab;

import java.time.Duration;
import java.util.Optional;

/// A connection between two components of a house: in tests it can be delayed and cut.
///
/// @param port to connect to
record Link(int port, Optional<SlowProxy> proxy) implements AutoCloseable {
  /// Directly to the port in measurements.
  static Link to(int port, Running running) {
    if (running == Running.AS_DELIVERED) {
      return new Link(port, Optional.empty());
    }
    SlowProxy proxy = new SlowProxy(port);
    return new Link(proxy.port(), Optional.of(proxy));
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
