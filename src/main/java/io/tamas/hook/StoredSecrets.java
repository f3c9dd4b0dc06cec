package io.tamas.hook;

import io.tamas.seal.Seal;
import java.util.Optional;

/// Secrets of webhooks as the database keeps them: sealed, if the instance has a key, each for its
/// webhook. Those that were stored before it had one are as they are.
public final class StoredSecrets {
  private final Optional<Seal> seal;

  public StoredSecrets(Optional<Seal> seal) {
    this.seal = seal;
  }

  byte[] stored(String webhook, WebhookSecret secret) {
    return seal.map(by -> by.seal(place(webhook), secret.key())).orElseGet(secret::key);
  }

  /// Empty if it was sealed by another key, or there is none now.
  Optional<WebhookSecret> opened(String webhook, byte[] stored) {
    return isSealed(stored)
        ? seal.flatMap(by -> by.open(place(webhook), stored)).map(WebhookSecret::new)
        : Optional.of(new WebhookSecret(stored));
  }

  /// What is sealed is longer.
  static boolean isSealed(byte[] stored) {
    return stored.length > WebhookSecret.BYTES;
  }

  boolean seals() {
    return seal.isPresent();
  }

  private static String place(String webhook) {
    return "webhook " + webhook;
  }
}
