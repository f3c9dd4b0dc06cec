package io.tamas.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/// Reads the body of a paused request, but never more than is allowed.
final class BodyReader {
  private BodyReader() {}

  /// Fails with a [Problem] 413 as soon as it is known to be too large.
  static Future<Buffer> read(HttpServerRequest request, int maxBytes) {
    if (announced(request) > maxBytes) {
      return Future.failedFuture(tooLarge(maxBytes));
    }
    askForIt(request);
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
    request.exceptionHandler(whole::tryFail);
    request.resume();
    return whole.future();
  }

  /// Tells a client that waits for it to send its body.
  static void askForIt(HttpServerRequest request) {
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
  }

  /// Whether a body comes.
  static boolean comes(HttpServerRequest request) {
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || announced(request) > 0;
  }

  /// The parser of HTTP has refused what is no number.
  static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length.trim());
  }

  static Problem tooLarge(int maxBytes) {
    return new Problem(
        413, "Content too large", "a body may have " + maxBytes + " bytes", java.util.List.of());
  }
}
