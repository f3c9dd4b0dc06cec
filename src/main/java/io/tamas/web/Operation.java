package io.tamas.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One operation of the contract.
///
/// @param path with parameters in braces, such as `/api/v1/calls/{id}`
/// @param secured whether an API key is required
/// @param stated the scope that the document names (`x-scope`)
/// @param timeout how long it may take where that is longer than for the others
/// @param produces the media types of its successful answers
/// @param pointer where it stands in the document
record Operation(
    String id,
    String method,
    String path,
    boolean secured,
    Optional<Scope> stated,
    List<Parameter> parameters,
    BodyForm body,
    Optional<Duration> timeout,
    List<String> produces,
    String pointer) {

  Operation {
    parameters = List.copyOf(parameters);
  }

  /// Reading needs [Scope#READ], all else [Scope#WRITE], unless another is stated.
  Scope scope() {
    return stated.orElse(method.equals("GET") ? Scope.READ : Scope.WRITE);
  }

  /// Of its JSON body.
  Optional<Schema> schema() {
    return body instanceof BodyForm.Json(Schema schema) ? Optional.of(schema) : Optional.empty();
  }

  List<Parameter> parameters(Parameter.Place place) {
    return parameters.stream().filter(parameter -> parameter.place() == place).toList();
  }
}
