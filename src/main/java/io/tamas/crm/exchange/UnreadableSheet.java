package io.tamas.crm.exchange;

/// A file that is not what its first bytes promise, or that goes beyond the bounds; the message
/// says what and where.
final class UnreadableSheet extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableSheet(String message) {
    super(message);
  }
}
