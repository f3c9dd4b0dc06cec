package io.tamas.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What a user is in the company; each one may do what those before it may.
public enum Role {
  /// Has an extension and sees what is its own, and the CRM.
  OPERATOR,
  /// Reads the company as well.
  SUPERVISOR,
  /// Sees and may do everything.
  ADMINISTRATOR;

  /// @throws IllegalArgumentException if there is no role of that name
  @JsonCreator
  public static Role of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  public boolean includes(Role needed) {
    return compareTo(needed) >= 0;
  }

  /// The scopes that a key with the same rights would have.
  public Set<Scope> scopes() {
    return this == ADMINISTRATOR
        ? EnumSet.allOf(Scope.class)
        : EnumSet.of(Scope.READ, Scope.WRITE, Scope.CALL);
  }

  /// As in texts.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
