package io.tamas.work;

/// What came of handing something over to a server elsewhere.
public sealed interface Delivery {
  /// For metrics.
  String label();

  record Sent() implements Delivery {
    @Override
    public String label() {
      return "sent";
    }
  }

  /// The server is away, or asks for another try.
  record Later(String reason) implements Delivery {
    @Override
    public String label() {
      return "later";
    }
  }

  /// The server will never take it.
  record Refused(String reason) implements Delivery {
    @Override
    public String label() {
      return "refused";
    }
  }
}
