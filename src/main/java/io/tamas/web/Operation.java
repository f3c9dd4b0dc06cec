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
/// @param own whether it has something for one extension alone (`x-own`): keys that belong to an
///   extension are refused everything else
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
    boolean own,
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

  /// Why the holder of a key may not use it; empty if they may.
  Optional<String> refusal(Principal principal) {
    if (!principal.scopes().contains(scope())) {
      return Optional.of("the key lacks the scope " + scope());
    }
    return principal
        .owner()
        .filter(_ -> !own)
        .map(owner ->
            "the key belongs to extension %s, and acts for that one only"
                .formatted(owner.extension().digits()));
  }

  /// The schema of its JSON body.
  Optional<Schema> schema() {
    return body instanceof BodyForm.Json(Schema schema) ? Optional.of(schema) : Optional.empty();
  }

  List<Parameter> parameters(Parameter.Place place) {
    return parameters.stream().filter(parameter -> parameter.place() == place).toList();
  }
}
