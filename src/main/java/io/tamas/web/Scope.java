package io.tamas.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What an API key may do.
public enum Scope {
  READ,
  WRITE,
  /// Making calls, and acting on those in progress.
  CALL,
  /// Creating and deleting keys.
  ADMIN;

  /// @throws IllegalArgumentException if there is no scope of that name
  @JsonCreator
  static Scope of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /// The name in the contract, the table and problems.
  @Override
  @JsonValue
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
