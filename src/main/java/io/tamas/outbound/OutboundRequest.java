package io.tamas.outbound;

import io.tamas.text.Printable;
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
  /// The maximum bytes read of an answer.
  private static final int MAX_BODY = 4_096;

  private static final int MAX_EXTRACT = 200;

  /// The maximum of addresses that are tried.
  private static final int MAX_ADDRESSES = 3;

  private final HttpClient client;
  private final Target target;
  private final Map<String, String> headers;
  private final Buffer body;
  private @Nullable HttpClientRequest open;
  private boolean isCut;

  OutboundRequest(HttpClient client, Target target, Map<String, String> headers, Buffer body) {
    this.client = client;
    this.target = target;
    this.headers = headers;
    this.body = body;
  }

  Future<Answer> send(List<InetAddress> addresses) {
    return connect(addresses.subList(0, Math.min(MAX_ADDRESSES, addresses.size())))
        .compose(this::send)
        .compose(this::read);
  }

  /// To the first that can be connected to.
  private Future<HttpClientRequest> connect(List<InetAddress> addresses) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
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
    return request.send(body);
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

  private Future<Answer> read(HttpClientResponse response) {
    Promise<Answer> complete = Promise.promise();
    Buffer start = Buffer.buffer();
    response.handler(piece -> {
      start.appendBuffer(piece.slice(0, Math.min(piece.length(), MAX_BODY - start.length())));
      if (start.length() == MAX_BODY) {
        complete.tryComplete(answer(response, start));
        response.request().connection().close();
      }
    });
    response.exceptionHandler(complete::tryFail);
    response.endHandler(_ -> complete.tryComplete(answer(response, start)));
    return complete.future();
  }

  private static Answer answer(HttpClientResponse response, Buffer start) {
    String printable = Printable.of(start.toString());
    return new Answer(
        response.statusCode(),
        Optional.ofNullable(response.getHeader(HttpHeaders.RETRY_AFTER)),
        printable.substring(0, printable.offsetByCodePoints(0, shown(printable))));
  }

  private static int shown(String printable) {
    return Math.min(MAX_EXTRACT, printable.codePointCount(0, printable.length()));
  }
}
