package io.tamas.web;

/// What an API key may do.
public enum Scope {
  READ,
  WRITE,
  /// Making calls, and acting on those in progress.
  CALL
}
