package io.tamas.work;

/// The outcome of passing something to another server.
public sealed interface Delivery {
  /// For metrics.
  String label();

  record Sent() implements Delivery {
    @Override
    public String label() {
      return "sent";
    }
  }

  /// The server is unavailable, or requests a retry.
  record Later(String reason) implements Delivery {
    @Override
    public String label() {
      return "later";
    }
  }

  /// The server will never accept it.
  record Refused(String reason) implements Delivery {
    @Override
    public String label() {
      return "refused";
    }
  }
}
