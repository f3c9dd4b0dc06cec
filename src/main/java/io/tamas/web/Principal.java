package io.tamas.web;

import io.tamas.number.ExtensionNumber;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// The authenticated client.
///
/// @param name of the API key
/// @param owner the only extension for which the key makes calls, acts on them and reads them
public record Principal(String name, Set<Scope> scopes, Optional<Owner> owner) {

  /// An extension, and since when it exists: what happened before belongs to an earlier owner of
  /// its number.
  public record Owner(ExtensionNumber extension, Instant since) {}

  public Principal {
    scopes = Set.copyOf(scopes);
  }

  /// The holder of a key that belongs to no extension.
  public Principal(String name, Set<Scope> scopes) {
    this(name, scopes, Optional.empty());
  }
}
