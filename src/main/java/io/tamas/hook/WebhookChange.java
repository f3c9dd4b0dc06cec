package io.tamas.hook;

/// The outcome of a change of a webhook.
sealed interface WebhookChange {
  /// @param secret of the new webhook
  record Created(Webhook webhook, WebhookSecret secret) implements WebhookChange {}

  /// @param webhook after the change
  record Updated(Webhook webhook) implements WebhookChange {}

  /// There is none of that name.
  record Absent() implements WebhookChange {}

  /// Somebody else has changed it: `version` is its current version.
  record Stale(long version) implements WebhookChange {}

  /// There are too many.
  record Full() implements WebhookChange {}
}
