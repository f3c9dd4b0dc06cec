package io.tamas.web;

import io.netty.channel.Channel;
import io.tamas.web.Answer.Bytes;
import io.tamas.web.Answer.None;
import io.tamas.web.Answer.Pieces;
import io.tamas.web.Answer.Slice;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Writes an answer; on the event loop.
final class AnswerWriter {
  /// By which clients know how far their clock is off.
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private AnswerWriter() {}

  /// Completes when the client's side has taken the answer.
  static Future<Void> write(HttpServerRequest request, Answer answer, String requestId) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed() || response.headWritten()) {
      return Future.succeededFuture();
    }
    response
        .setStatusCode(answer.status())
        .putHeader("date", DATE.format(Instant.now()))
        .putHeader("x-request-id", requestId)
        .putHeader("x-content-type-options", "nosniff")
        .putHeader("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
        .putHeader("referrer-policy", "no-referrer")
        .putHeader("cache-control", "no-store");
    answer.headers().forEach(response::putHeader);
    if (!request.isEnded()) {
      // the rest of the body is not read: the connection cannot be reused
      response.putHeader("connection", "close");
    }
    return send(request, response, answer.content());
  }

  private static Future<Void> send(
      HttpServerRequest request, HttpServerResponse response, Answer.Content content) {
    boolean head = request.method() == HttpMethod.HEAD;
    return switch (content) {
      case Bytes(var buffer) -> {
        response.putHeader("content-length", "" + buffer.length());
        yield end(request, head ? response.end() : response.end(buffer));
      }
      case Slice slice when head || slice.length() == 0 -> {
        response.putHeader("content-length", "" + slice.length());
        yield end(request, response.end());
      }
      case Slice(var path, var offset, var length) ->
          end(request, response.sendFile(path.toString(), offset, length));
      case Pieces(var next) -> end(request, ChunkWriter.send(response, next, head));
      case None() -> end(request, response.end());
    };
  }

  /// If the file has been deleted meanwhile, no error can be sent any more, so the connection is
  /// closed. It is also closed if the rest of a body is still arriving, but not at once.
  private static Future<Void> end(HttpServerRequest request, Future<Void> sent) {
    return sent.onComplete(done -> {
      if (done.failed()) {
        request.connection().close();
      } else if (!request.isEnded()) {
        discardTheRest(request);
      }
    });
  }

  private static void discardTheRest(HttpServerRequest request) {
    Channel channel = Connections.channel(request.connection());
    Linger.before(channel);
    request
        .handler(_ -> {})
        .endHandler(_ -> Linger.end(channel))
        .exceptionHandler(_ -> Linger.end(channel))
        .resume();
  }
}
