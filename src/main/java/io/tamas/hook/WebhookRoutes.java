package io.tamas.hook;

import io.tamas.hook.WebhookDelivery.State;
import io.tamas.outbound.Guard;
import io.tamas.web.Api;
import io.tamas.web.Cursor;
import io.tamas.web.ETag;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Webhooks by REST. A secret is returned only once, when it is made.
public final class WebhookRoutes implements Api {
  private static final Logger log = LoggerFactory.getLogger(WebhookRoutes.class);
  private static final String CURSOR = "webhook-deliveries";

  private final Webhooks webhooks;
  private final WebhookDeliveries deliveries;
  private final Guard guard;
  private final Runnable changed;

  /// @param changed is told of each change
  public WebhookRoutes(
      Webhooks webhooks, WebhookDeliveries deliveries, Guard guard, Runnable changed) {
    this.webhooks = webhooks;
    this.deliveries = deliveries;
    this.guard = guard;
    this.changed = changed;
  }

  private record All(List<Webhook> items) {}

  private record Created(Webhook webhook, String secret) {}

  private record NewSecret(String secret, Instant oldSecretUntil) {}

  private record Listed(List<WebhookDelivery> items, Optional<String> next) {}

  @Override
  public void mount(Operations on) {
    on.on("listWebhooks", _ -> Response.ok(new All(webhooks.list())))
        .on("getWebhook", request -> found(existing(request)))
        .on("putWebhook", this::put)
        .on("deleteWebhook", this::delete)
        .on("renewWebhookSecret", this::renewSecret)
        .on("listWebhookDeliveries", this::listDeliveries)
        .on("retryWebhookDelivery", this::retry);
  }

  private Response put(Request request) {
    WebhookDraft draft = request.body(WebhookDraft.class);
    draft.check(guard);
    WebhookChange change = webhooks.put(name(request), draft, ETag.expected(request));
    changed.run();
    return switch (change) {
      case WebhookChange.Created(Webhook webhook, WebhookSecret secret) -> {
        audit(request, "webhook created");
        yield new Response.Body(
            201,
            Map.of("location", path(webhook), "etag", ETag.of(webhook.version())),
            new Created(webhook, secret.text()));
      }
      case WebhookChange.Updated(Webhook webhook) -> {
        audit(request, "webhook changed");
        yield found(webhook);
      }
      case WebhookChange.Absent() -> throw absent(request);
      case WebhookChange.Stale(long version) -> throw stale(version);
      case WebhookChange.Full() ->
          throw Problem.conflict("there are " + Webhooks.MAX + " webhooks already");
    };
  }

  private Response delete(Request request) {
    WebhookChange change = webhooks.delete(name(request), ETag.expected(request));
    changed.run();
    return switch (change) {
      case WebhookChange.Updated _ -> {
        audit(request, "webhook deleted");
        yield Response.noContent();
      }
      case WebhookChange.Stale(long version) -> throw stale(version);
      case WebhookChange.Absent(), WebhookChange.Created _, WebhookChange.Full() ->
          throw absent(request);
    };
  }

  private Response renewSecret(Request request) {
    SecretRenewal renewal = webhooks.rotate(name(request));
    changed.run();
    return switch (renewal) {
      case SecretRenewal.Renewed(WebhookSecret secret, Instant until) -> {
        audit(request, "secret of a webhook renewed");
        yield Response.ok(new NewSecret(secret.text(), until));
      }
      case SecretRenewal.TooSoon(Instant until) ->
          throw Problem.conflict(
              "its secret was renewed less than 24 hours ago, and receivers may still have the one"
                  + " before, which signs until "
                  + until.truncatedTo(ChronoUnit.SECONDS)
                  + ": renew it after that; where a secret has become known, delete the webhook and"
                  + " create it again");
      case SecretRenewal.Absent() -> throw absent(request);
    };
  }

  private Response listDeliveries(Request request) {
    String name = existing(request).name();
    long before =
        request
            .query("cursor")
            .map(text -> Cursor.parse(CURSOR, 1, text).field(0, Long::valueOf))
            .orElse(Long.MAX_VALUE);
    int limit = request.limit();
    List<WebhookDelivery> found =
        deliveries.list(name, request.query("state").map(State::valueOf), before, limit + 1);
    List<WebhookDelivery> page = found.subList(0, Math.min(limit, found.size()));
    Optional<String> next =
        Optional.of(page)
            .filter(some -> some.size() < found.size())
            .map(some -> Cursor.of(CURSOR, some.getLast().id()).text());
    return Response.ok(new Listed(page, next));
  }

  private Response retry(Request request) {
    String name = existing(request).name();
    long id = Long.parseLong(request.path("id"));
    WebhookDelivery delivery = deliveries.retry(name, id).orElseThrow(() -> notRetried(name, id));
    changed.run();
    return Response.ok(delivery);
  }

  private Problem notRetried(String name, long id) {
    return deliveries.exists(name, id)
        ? Problem.conflict("event " + id + " is no longer kept")
        : Problem.notFound("delivery " + id);
  }

  private Webhook existing(Request request) {
    return webhooks.find(name(request)).orElseThrow(() -> absent(request));
  }

  private static Response found(Webhook webhook) {
    return new Response.Body(200, Map.of("etag", ETag.of(webhook.version())), webhook);
  }

  private static String name(Request request) {
    return request.path("name");
  }

  private static String path(Webhook webhook) {
    return "/api/v1/webhooks/" + webhook.name();
  }

  private static Problem absent(Request request) {
    return Problem.notFound("webhook " + name(request));
  }

  private static Problem stale(long version) {
    return Problem.preconditionFailed("the webhook has version " + version + " now");
  }

  private static void audit(Request request, String what) {
    log.atInfo()
        .addKeyValue("by", request.principal())
        .addKeyValue("webhook", name(request))
        .log(what);
  }
}
