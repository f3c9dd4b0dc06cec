package io.tamas.hook;

import java.time.Instant;

/// The outcome of the renewal of a webhook's secret.
sealed interface SecretRenewal {
  /// @param oldSecretUntil how long the one before signs, too
  record Renewed(WebhookSecret secret, Instant oldSecretUntil) implements SecretRenewal {}

  /// It was renewed less than a day ago: another renewal would end the secret that receivers may
  /// still have.
  record TooSoon(Instant oldSecretUntil) implements SecretRenewal {}

  /// There is no webhook of that name.
  record Absent() implements SecretRenewal {}
}
