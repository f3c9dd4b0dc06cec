package io.tamas.web;

import io.tamas.web.Response.Chunks;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.Map;

/// A response, ready to be written.
record Answer(int status, Map<String, String> headers, Content content) {

  sealed interface Content {}

  record Bytes(Buffer buffer) implements Content {}

  /// A part of a file.
  record Slice(Path path, long offset, long length) implements Content {}

  /// A text of any length.
  record Pieces(Chunks chunks) implements Content {}

  record None() implements Content {}
}
