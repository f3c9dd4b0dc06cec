package io.tamas.web;

import io.tamas.number.ExtensionNumber;
import java.util.Optional;
import java.util.Set;

/// The authenticated client.
///
/// @param name of the API key
/// @param extension the only extension for which the key makes calls and acts on them
public record Principal(String name, Set<Scope> scopes, Optional<ExtensionNumber> extension) {
  public Principal {
    scopes = Set.copyOf(scopes);
  }

  /// The holder of a key that belongs to no extension.
  public Principal(String name, Set<Scope> scopes) {
    this(name, scopes, Optional.empty());
  }
}
