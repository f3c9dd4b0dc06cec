package io.tamas.outbound;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request, to one of some addresses that may be reached.
final class OutboundRequest {
  /// The maximum of addresses that are tried.
  private static final int MAX_ADDRESSES = 3;

  private final HttpClient client;
  private final HttpMethod method;
  private final Target target;
  private final Map<String, String> headers;
  private final Buffer body;
  private final int most;
  private @Nullable HttpClientRequest open;
  private boolean isCut;

  /// What was received of an answer.
  ///
  /// @param isWhole whether that is all of it
  record Received(int status, Optional<String> retryAfter, Buffer start, boolean isWhole) {}

  /// @param most bytes that are read of an answer
  OutboundRequest(
      HttpClient client,
      HttpMethod method,
      Target target,
      Map<String, String> headers,
      Buffer body,
      int most) {
    this.client = client;
    this.method = method;
    this.most = most;
    this.target = target;
    this.headers = headers;
    this.body = body;
  }

  Future<Received> send(List<InetAddress> addresses) {
    return connect(addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size())))
        .compose(this::send)
        .compose(this::read);
  }

  /// To the first that can be connected to.
  private Future<HttpClientRequest> connect(List<InetAddress> addresses) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setServer(
                SocketAddress.inetSocketAddress(
                    target.port(), addresses.getFirst().getHostAddress()))
            .setHost(target.host())
            .setPort(target.port())
            .setSsl(target.tls())
            .setURI(target.uri())
            .setFollowRedirects(false);
    Future<HttpClientRequest> first = client.request(options);
    return addresses.size() == 1
        ? first
        : first.recover(_ -> connect(addresses.subList(1, addresses.size())));
  }

  private Future<HttpClientResponse> send(HttpClientRequest request) {
    if (!opened(request)) {
      request.reset();
      return Future.failedFuture(new OutboundFault("too late"));
    }
    request.putHeader(HttpHeaders.HOST, target.authority());
    request.putHeader(HttpHeaders.USER_AGENT, "tamas");
    headers.forEach(request::putHeader);
    return body.length() == 0 ? request.send() : request.send(body);
  }

  private synchronized boolean opened(HttpClientRequest request) {
    open = request;
    return !isCut;
  }

  /// Nobody waits for it any more.
  synchronized void cut() {
    isCut = true;
    if (open != null) {
      open.reset();
    }
  }

  private Future<Received> read(HttpClientResponse response) {
    Promise<Received> complete = Promise.promise();
    Buffer start = Buffer.buffer();
    response.handler(piece -> {
      start.appendBuffer(piece.slice(0, Math.min(piece.length(), most - start.length())));
      if (start.length() == most) {
        complete.tryComplete(received(response, start, false));
        response.request().connection().close();
      }
    });
    response.exceptionHandler(complete::tryFail);
    response.endHandler(_ -> complete.tryComplete(received(response, start, true)));
    return complete.future();
  }

  private static Received received(HttpClientResponse response, Buffer start, boolean isWhole) {
    return new Received(
        response.statusCode(),
        Optional.ofNullable(response.getHeader(HttpHeaders.RETRY_AFTER)),
        start,
        isWhole);
  }
}
