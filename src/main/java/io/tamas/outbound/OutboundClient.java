package io.tamas.outbound;

import io.tamas.config.Config;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Sends requests to addresses that an administrator has named.
///
/// Fails with [OutboundFault] only. A request that is not answered in time is cut off; whether the
/// other server has acted on it is unknown then.
public final class OutboundClient implements AutoCloseable {
  /// A connection that is kept for longer is often closed by the other side as a request comes.
  private static final int KEPT_SECONDS = 2;

  private static final int MAX_HEAD = 8_192;
  private static final int MAX_WAITING = 64;

  /// The maximum bytes read of an answer that is only told.
  private static final int MAX_TOLD = 4_096;

  private final Context context;
  private final Guard guard;
  private final Resolver resolver;
  private final HttpClient client;
  private final Duration patience;

  /// @param patience for a request, from the look-up of its host to the end of the answer
  /// @param atOnce the maximum of connections to one server
  public OutboundClient(
      Vertx vertx, Config.Outbound config, Resolver resolver, Duration patience, int atOnce) {
    this.context = vertx.getOrCreateContext();
    this.guard = new Guard(config);
    this.resolver = resolver;
    this.patience = patience;
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setConnectTimeout(Math.toIntExact(patience.toMillis()))
            .setSslHandshakeTimeout(patience.toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
            .setKeepAliveTimeout(KEPT_SECONDS)
            .setVerifyHost(true)
            .setDecompressionSupported(false)
            .setMaxInitialLineLength(MAX_HEAD)
            .setMaxHeaderSize(MAX_HEAD);
    config.authorities().map(Authorities::of).ifPresent(options::setTrustOptions);
    this.client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(new PoolOptions().setHttp1MaxSize(atOnce).setMaxWaitQueueSize(MAX_WAITING))
            // what other servers do wrong is told to who asked, and not logged beside
            .withConnectHandler(connection -> connection.exceptionHandler(_ -> {}))
            .build();
  }

  /// What may be reached.
  public Guard guard() {
    return guard;
  }

  /// @param headers beside those that each request has
  public Future<Answer> post(Target target, Map<String, String> headers, Buffer body) {
    return post(target, headers, body, MAX_TOLD).map(Answer::of);
  }

  /// @param headers beside those that each request has
  /// @param most bytes read of the answer
  public Future<Reply> post(Target target, Map<String, String> headers, Buffer body, int most) {
    return send(target, new OutboundRequest(client, target, headers, Optional.of(body), most));
  }

  /// @param headers beside those that each request has
  /// @param most bytes read of the answer
  public Future<Reply> get(Target target, Map<String, String> headers, int most) {
    return send(target, new OutboundRequest(client, target, headers, Optional.empty(), most));
  }

  private Future<Reply> send(Target target, OutboundRequest request) {
    Promise<Reply> answer = Promise.promise();
    // on one context, so that no part of an answer comes before somebody listens
    context.runOnContext(_ -> sendNow(target, request).onComplete(answer));
    return answer.future();
  }

  private Future<Reply> sendNow(Target target, OutboundRequest request) {
    return addresses(target)
        .compose(request::send)
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(_ -> request.cut())
        .recover(thrown -> Future.failedFuture(Reasons.of(thrown, patience)));
  }

  private Future<List<InetAddress>> addresses(Target target) {
    return guard
        .refusal(target)
        .<Future<List<InetAddress>>>map(OutboundClient::refused)
        .orElseGet(() ->
            target
                .literal()
                .map(literal -> Future.succeededFuture(List.of(literal)))
                .orElseGet(() -> resolve(target)));
  }

  private Future<List<InetAddress>> resolve(Target target) {
    return resolver
        .resolve(target.host())
        .compose(found ->
            guard
                .refusal(target, found)
                .<Future<List<InetAddress>>>map(OutboundClient::refused)
                .orElseGet(() -> Future.succeededFuture(found)));
  }

  private static Future<List<InetAddress>> refused(String why) {
    return Future.failedFuture(new OutboundFault(why));
  }

  @Override
  public void close() {
    client.close();
  }
}
