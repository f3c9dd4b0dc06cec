package io.tamas.web;

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

  /// The name of the API key that signed in.
  String principal();
}
