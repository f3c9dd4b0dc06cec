package io.tamas.event;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.tamas.web.Problem;
import io.tamas.web.SignedIn;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/// `WS /api/v1/events`: the state, then events; or, with `?after=<cursor>`, the events after it.
public final class EventSocket {
  public static final String PATH = "/api/v1/events";

  /// The name of the handler of Vert.x in the pipeline of Netty.
  private static final String VERTX = "handler";

  private final EventHub hub;
  private final int maxClients;

  public EventSocket(EventHub hub, int maxClients) {
    this.hub = hub;
    this.maxClients = maxClients;
  }

  /// @param authenticator passes authorised requests to the next handler, and answers all others
  public void mount(Router router, Handler<RoutingContext> authenticator) {
    router.get(PATH).handler(authenticator).handler(this::upgrade);
  }

  private void upgrade(RoutingContext context) {
    HttpServerRequest request = context.request();
    Optional<Resume> after;
    try {
      after = after(request);
      check(request);
    } catch (Problem refused) {
      context.fail(refused.status(), refused);
      return;
    }
    // Vert.x has no public API for one frame to many clients; its connection is a channel of Netty
    Channel channel = ((ConnectionBase) request.connection()).channel();
    request
        .toWebSocket()
        .onSuccess(socket -> {
          channel.pipeline().addBefore(VERTX, "text", new Utf8FrameValidator());
          hub.subscribe(socket, channel, after, SignedIn.of(context));
        })
        .onFailure(context::fail);
  }

  private void check(HttpServerRequest request) {
    Optional<Problem> fault = Handshake.fault(request.headers());
    if (fault.isPresent()) {
      throw fault.get();
    }
    if (!hub.isReady()) {
      throw new Problem(503, "Not ready", "events cannot be read yet", List.of());
    }
    if (hub.clients() >= maxClients) {
      throw new Problem(503, "Too many clients", "no more clients are accepted", List.of());
    }
  }

  private static Optional<Resume> after(HttpServerRequest request) {
    return Optional.ofNullable(request.getParam("after")).map(Resume::parse);
  }
}
