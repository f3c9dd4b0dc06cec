package io.tamas.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One operation of the contract.
///
/// @param path with parameters in braces, such as `/api/v1/calls/{id}`
/// @param secured whether an API key is required
/// @param tag its group in the document
/// @param declaredScope the scope that the document names (`x-scope`)
/// @param timeout its deadline, if longer than that of the others
/// @param produces the media types of its successful answers
/// @param pointer its place in the document
record Operation(
    String id,
    String method,
    String path,
    boolean secured,
    String tag,
    Optional<Scope> declaredScope,
    List<Parameter> parameters,
    BodyForm body,
    Optional<Duration> timeout,
    List<String> produces,
    String pointer) {

  Operation {
    parameters = List.copyOf(parameters);
  }

  /// Reading requires [Scope#READ], all else [Scope#WRITE], unless another scope is declared.
  Scope scope() {
    return declaredScope.orElse(method.equals("GET") ? Scope.READ : Scope.WRITE);
  }

  /// Whether it concerns others than one extension, whatever the scopes of a key: what changes the
  /// company, keys, and figures of all.
  boolean isOfAll() {
    return tag.equals("company") && !method.equals("GET")
        || tag.equals("statistics")
        || scope() == Scope.ADMIN;
  }

  /// The schema of its JSON body.
  Optional<Schema> schema() {
    return body instanceof BodyForm.Json(Schema schema) ? Optional.of(schema) : Optional.empty();
  }

  List<Parameter> parameters(Parameter.Place place) {
    return parameters.stream().filter(parameter -> parameter.place() == place).toList();
  }
}
