package io.tamas.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/// Reads the body of a paused request, but never more than is allowed.
final class BodyReader {
  private BodyReader() {}

  /// Fails with a [Problem] 413 as soon as the body is known to be too large.
  ///
  /// @param broken fails when no more of the body will come
  static Future<Buffer> read(HttpServerRequest request, int maxBytes, Future<Void> broken) {
    if (contentLength(request) > maxBytes) {
      return Future.failedFuture(tooLarge(maxBytes));
    }
    sendContinue(request);
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(chunk -> {
      if (body.length() + chunk.length() > maxBytes) {
        request.pause();
        whole.tryFail(tooLarge(maxBytes));
      } else {
        body.appendBuffer(chunk);
      }
    });
    request.endHandler(_ -> whole.tryComplete(body));
    broken.onFailure(whole::tryFail);
    request.resume();
    return whole.future();
  }

  /// Sends `100 Continue` to a client that waits for it before it sends its body.
  static void sendContinue(HttpServerRequest request) {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
  }

  /// Whether the request has a body.
  static boolean hasBody(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || contentLength(request) > 0;
  }

  /// The HTTP parser has already refused a value that is not a number.
  static long contentLength(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length.trim());
  }

  static Problem tooLarge(int maxBytes) {
    return new Problem(
        413,
        "Content too large",
        "the body may have at most " + maxBytes + " bytes",
        java.util.List.of());
  }
}
