package io.tamas.crm.outside;

/// The CRM has not said whether somebody has the number. The message says why, for the log.
final class UnusableAnswer extends RuntimeException {
  UnusableAnswer(String message) {
    super(message, null, false, false);
  }
}
