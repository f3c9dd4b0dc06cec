package io.tamas.web;

import java.util.List;
import java.util.Optional;

/// One operation of the contract.
///
/// @param path with parameters in braces, such as `/api/v1/calls/{id}`
/// @param secured whether an API key is required
/// @param produces the media types of its successful answers
/// @param pointer where it stands in the document
record Operation(
    String id,
    String method,
    String path,
    boolean secured,
    List<Parameter> parameters,
    Optional<Schema> body,
    List<String> produces,
    String pointer) {

  Operation {
    parameters = List.copyOf(parameters);
  }

  /// Reading needs [Scope#READ], all else [Scope#WRITE].
  Scope scope() {
    return method.equals("GET") ? Scope.READ : Scope.WRITE;
  }

  List<Parameter> parameters(Parameter.Place place) {
    return parameters.stream().filter(parameter -> parameter.place() == place).toList();
  }
}
