package io.tamas.call.state;

/// The calls on a trunk now.
///
/// @param inbound those that came in on it
/// @param outbound those that go out on it
public record TrunkCalls(int inbound, int outbound) {

  /// Counts the calls on a trunk. Must not wait.
  @FunctionalInterface
  public interface Counter {
    TrunkCalls of(String trunk);
  }
}
