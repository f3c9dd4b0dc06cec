package io.tamas.user;

/// Too many passwords wait to be hashed.
final class Busy extends Exception {
  Busy() {
    super("too many passwords are being checked", null, false, false);
  }
}
