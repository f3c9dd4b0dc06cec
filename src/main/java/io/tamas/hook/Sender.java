package io.tamas.hook;

import io.tamas.event.Event;
import io.tamas.json.Json;
import io.tamas.outbound.OutboundClient;
import io.tamas.outbound.Target;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/// Sends one event to one receiver, as Standard Webhooks 1.0.0 describes it.
final class Sender {
  private final OutboundClient client;
  private final Clock clock;

  Sender(OutboundClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /// Never fails.
  Future<Outcome> send(Hook hook, Event event) {
    String body = Json.write(event);
    String id = Long.toString(event.id());
    long timestamp = clock.instant().getEpochSecond();
    String signatures =
        hook.secrets().stream()
            .map(secret -> secret.sign(id, timestamp, body))
            .collect(Collectors.joining(" "));
    Map<String, String> headers =
        Map.of(
            "content-type",
            "application/json",
            "webhook-id",
            id,
            "webhook-timestamp",
            Long.toString(timestamp),
            "webhook-signature",
            signatures);
    return client
        .post(Target.parse(hook.url()), headers, Buffer.buffer(body))
        .map(answer -> Outcome.of(answer, now()))
        .recover(thrown -> Future.succeededFuture(Outcome.of(thrown)));
  }

  private Instant now() {
    return clock.instant();
  }
}
