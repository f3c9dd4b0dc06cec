package io.tamas.web;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A response, ready to be written.
record Answer(int status, Map<String, String> headers, Content content) {

  /// The same with what it offers to undo.
  Answer with(Optional<Act.Undo> undo) {
    if (undo.isEmpty()) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put("undo-id", undo.get().id());
    more.put("undo-until", undo.get().until().toString());
    return new Answer(status, more, content);
  }

  sealed interface Content {}

  record Bytes(Buffer buffer) implements Content {}

  /// A part of a file.
  record Slice(Path path, long offset, long length) implements Content {}

  /// What is of any length; none at its end.
  record Pieces(Supplier<Optional<Buffer>> next) implements Content {}

  record None() implements Content {}
}
