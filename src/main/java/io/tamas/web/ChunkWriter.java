package io.tamas.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends a body piece by piece, on a virtual thread of its own: one piece is in memory, and the
/// next is read when the client has taken it.
final class ChunkWriter {
  private static final Logger log = LoggerFactory.getLogger(ChunkWriter.class);

  /// A client that takes no piece for this time does not read any more.
  private static final int SECONDS = 30;

  private ChunkWriter() {}

  /// Fails if not all was sent: then the connection must be closed, so that the client sees that
  /// something is missing.
  static Future<Void> send(
      HttpServerResponse response, Supplier<Optional<Buffer>> pieces, boolean head) {
    if (head) {
      return response.end();
    }
    response.setChunked(true);
    Promise<Void> sent = Promise.promise();
    Thread.ofVirtual().name("http-chunks").start(() -> send(response, pieces, sent));
    return sent.future();
  }

  private static void send(
      HttpServerResponse response, Supplier<Optional<Buffer>> pieces, Promise<Void> sent) {
    try {
      Optional<Buffer> next = pieces.get();
      while (next.isPresent()) {
        response.write(next.get()).await(SECONDS, TimeUnit.SECONDS);
        next = pieces.get();
      }
      response.end().await(SECONDS, TimeUnit.SECONDS);
      sent.complete();
    } catch (Exception e) { // the boundary of the request
      log.atInfo().addKeyValue("cause", e.toString()).log("an answer was not sent completely");
      sent.fail(e);
    }
  }
}
