package io.tamas.web;

import java.nio.file.Path;
import java.util.Optional;

/// A request that fits the contract.
public interface Request {

  /// A path parameter.
  String path(String name);

  /// A query parameter.
  Optional<String> query(String name);

  /// A header.
  Optional<String> header(String name);

  /// The JSON body.
  <T> T body(Class<T> type);

  /// The body of an operation that takes text.
  default String text() {
    throw new IllegalStateException("this operation takes no text");
  }

  /// The body of an operation that takes a file. It is deleted once the request is answered, unless
  /// it was moved away.
  default Path file() {
    throw new IllegalStateException("this operation takes no file");
  }

  /// The name of the API key that signed in.
  String principal();
}
