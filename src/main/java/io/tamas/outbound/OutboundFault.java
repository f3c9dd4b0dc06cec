package io.tamas.outbound;

/// A request that was not answered, or not made at all. The message says why, for an administrator.
public final class OutboundFault extends RuntimeException {
  OutboundFault(String message) {
    super(message, null, false, false);
  }

  /// Why, for an administrator.
  public String reason() {
    return String.valueOf(getMessage());
  }
}
