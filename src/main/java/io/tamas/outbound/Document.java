package io.tamas.outbound;

import io.vertx.core.buffer.Buffer;

/// The whole answer of another server, which may say anything.
public record Document(int status, Buffer body) {}
