package io.tamas.web;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The response of a handler.
public sealed interface Response {

  /// A JSON body.
  record Body(int status, Map<String, String> headers, Object body) implements Response {}

  /// A text that is not JSON.
  record Text(Map<String, String> headers, String contentType, String text) implements Response {}

  /// No body.
  record Empty(int status, Map<String, String> headers) implements Response {
    public Empty(int status) {
      this(status, Map.of());
    }
  }

  /// A text of any length, sent piece by piece.
  record Stream(Map<String, String> headers, String contentType, Chunks chunks)
      implements Response {}

  /// Bytes of any length, sent piece by piece.
  record Binary(Map<String, String> headers, String contentType, Pieces pieces)
      implements Response {}

  /// As [Chunks], of bytes.
  @FunctionalInterface
  interface Pieces {
    /// Waits for the next piece; empty at the end.
    Optional<byte[]> next();
  }

  /// The pieces of a text. The first is read before anything is sent, so that a fault is still told
  /// to the client; a later one ends the connection.
  @FunctionalInterface
  interface Chunks {
    /// Waits for the next piece; empty at the end.
    Optional<String> next();
  }

  /// A file, with ranges (RFC 9110 section 14).
  record File(Path path, String contentType, String downloadName) implements Response {}

  static Response ok(Object body) {
    return new Body(200, Map.of(), body);
  }

  static Response created(String location, Object body) {
    return new Body(201, Map.of("location", location), body);
  }

  static Response noContent() {
    return new Empty(204);
  }
}
