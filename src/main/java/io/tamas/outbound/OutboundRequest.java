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
  private final Target target;
  private final Map<String, String> headers;
  private final Optional<Buffer> body;
  private final int most;
  private @Nullable HttpClientRequest open;
  private boolean isCut;

  /// @param body of a POST; empty: a GET
  /// @param most bytes read of the answer
  OutboundRequest(
      HttpClient client,
      Target target,
      Map<String, String> headers,
      Optional<Buffer> body,
      int most) {
    this.client = client;
    this.target = target;
    this.headers = headers;
    this.body = body;
    this.most = most;
  }

  Future<Reply> send(List<InetAddress> addresses) {
    return connect(addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size())))
        .compose(this::send)
        .compose(this::read);
  }

  /// To the first that can be connected to.
  private Future<HttpClientRequest> connect(List<InetAddress> addresses) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(body.isPresent() ? HttpMethod.POST : HttpMethod.GET)
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
    return body.map(request::send).orElseGet(request::send);
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

  private Future<Reply> read(HttpClientResponse response) {
    Promise<Reply> complete = Promise.promise();
    Buffer start = Buffer.buffer();
    response.handler(piece -> {
      start.appendBuffer(piece.slice(0, Math.min(piece.length(), most - start.length())));
      if (start.length() == most) {
        complete.tryComplete(reply(response, start, false));
        response.request().connection().close();
      }
    });
    response.exceptionHandler(complete::tryFail);
    response.endHandler(_ -> complete.tryComplete(reply(response, start, true)));
    return complete.future();
  }

  private static Reply reply(HttpClientResponse response, Buffer body, boolean isWhole) {
    return new Reply(
        response.statusCode(),
        Optional.ofNullable(response.getHeader(HttpHeaders.RETRY_AFTER)),
        body,
        isWhole);
  }
}
