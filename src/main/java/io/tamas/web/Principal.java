package io.tamas.web;

import java.util.Set;

/// Who signed in.
///
/// @param name of the API key
public record Principal(String name, Set<Scope> scopes) {
  public Principal {
    scopes = Set.copyOf(scopes);
  }
}
