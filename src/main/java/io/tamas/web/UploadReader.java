package io.tamas.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.List;

/// Writes the body of a paused request into a new file, no faster than the disk accepts it and
/// never more than is allowed.
final class UploadReader {
  /// Writes are collected, since each is a task for another thread.
  private static final int WRITTEN_AT_ONCE = 128 << 10;

  private final HttpServerRequest request;
  private final AsyncFile file;
  private final int maxBytes;
  private final Promise<Void> whole = Promise.promise();
  private Buffer unwritten = Buffer.buffer();
  private long received;

  private UploadReader(HttpServerRequest request, AsyncFile file, int maxBytes) {
    this.request = request;
    this.file = file;
    this.maxBytes = maxBytes;
  }

  /// The file, which the caller deletes; if the future fails, no file is left. It fails with a
  /// [Problem] 413 as soon as the body is known to be too large.
  ///
  /// @param folder in which the file is made
  /// @param broken fails when no more of the body will come
  /// @param over completes when the request was answered or its client has disconnected
  static Future<Path> read(
      Vertx vertx,
      HttpServerRequest request,
      Path folder,
      int maxBytes,
      Future<Void> broken,
      Future<Void> over) {
    if (BodyReader.contentLength(request) > maxBytes) {
      return Future.failedFuture(BodyReader.tooLarge(maxBytes));
    }
    return vertx
        .fileSystem()
        .createTempFile(folder.toString(), "tamas-", ".upload", "rw-------")
        .compose(path ->
            vertx
                .fileSystem()
                .open(path, new OpenOptions().setRead(false))
                .compose(file -> new UploadReader(request, file, maxBytes).read(broken, over))
                .map(Path.of(path))
                .recover(cause ->
                    vertx.fileSystem().delete(path).transform(_ -> Future.failedFuture(cause))));
  }

  private Future<Void> read(Future<Void> broken, Future<Void> over) {
    broken.onFailure(whole::tryFail);
    over.onComplete(_ -> whole.tryFail(incomplete()));
    BodyReader.sendContinue(request);
    file.exceptionHandler(whole::tryFail);
    request.handler(this::take);
    request.endHandler(_ -> {
      write();
      whole.tryComplete();
    });
    request.resume();
    return whole.future().eventually(file::close);
  }

  private static Problem incomplete() {
    return new Problem(
        408, "Request timeout", "the request was not received completely", List.of());
  }

  private void take(Buffer chunk) {
    received += chunk.length();
    if (received > maxBytes) {
      request.pause();
      whole.tryFail(BodyReader.tooLarge(maxBytes));
    } else if (!whole.future().isComplete()) {
      unwritten.appendBuffer(chunk);
      if (unwritten.length() >= WRITTEN_AT_ONCE) {
        write();
      }
    }
  }

  private void write() {
    file.write(unwritten).onFailure(whole::tryFail);
    unwritten = Buffer.buffer();
    if (file.writeQueueFull()) {
      request.pause();
      file.drainHandler(_ -> request.resume());
    }
  }
}
