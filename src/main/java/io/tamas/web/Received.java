package io.tamas.web;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.Optional;

/// The body of a request as received: in memory, or in a file that is deleted once the request is
/// answered.
record Received(Buffer bytes, Optional<Path> file) {
  static final Received NOTHING = new Received(Buffer.buffer(), Optional.empty());

  static Received of(Buffer bytes) {
    return new Received(bytes, Optional.empty());
  }

  static Received of(Path file) {
    return new Received(Buffer.buffer(), Optional.of(file));
  }
}
