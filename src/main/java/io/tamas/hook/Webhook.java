package io.tamas.hook;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A webhook as it is shown, without its secret.
///
/// @param url where its events are sent
/// @param events their types
/// @param reason why it is suspended
/// @param oldSecretUntil how long the secret before the present one signs, too
public record Webhook(
    String name,
    String url,
    List<String> events,
    State state,
    Optional<String> reason,
    Optional<Instant> suspendedAt,
    Optional<Instant> oldSecretUntil,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  /// Whether its events are sent.
  public enum State {
    ACTIVE,
    /// Switched off by an administrator.
    DISABLED,
    /// Stopped by Tamas, until it is saved again.
    SUSPENDED
  }
}
