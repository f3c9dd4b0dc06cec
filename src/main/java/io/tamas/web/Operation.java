package io.tamas.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One operation of the contract.
///
/// @param path with parameters in braces, such as `/api/v1/calls/{id}`
/// @param secured whether an API key is required
/// @param tag its group in the document
/// @param declaredScope the scope that the document names (`x-scope`)
/// @param own whether it has something for one extension alone (`x-own`): keys that belong to an
///   extension are refused everything else
/// @param role the least role of a user who may use it (`x-role`); users are refused an operation
///   that states none
/// @param grant what opens it also to users of a lesser role, and of all extensions (`x-grant`)
/// @param self whether it concerns the user who has signed in (`x-self`): keys are refused
/// @param oneTime whether it may be used before a one-time password is replaced (`x-one-time`)
/// @param codesDue whether it may be used before one-time codes are set up that are demanded
///   (`x-codes-due`)
/// @param anyQuery whether further parameters are ignored (`x-any-query`), as others may add some
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
    Optional<Role> role,
    Optional<Grant> grant,
    boolean self,
    boolean oneTime,
    boolean codesDue,
    boolean anyQuery,
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

  /// Why somebody may not use it; empty if they may.
  Optional<String> refusal(Principal principal) {
    return principal
        .user()
        .map(user -> refusalOfUser(user, principal.grants()))
        .orElseGet(() -> refusalOfKey(principal));
  }

  private Optional<String> refusalOfUser(Principal.User user, Set<Grant> grants) {
    if (user.oneTime() && !oneTime) {
      return Optional.of(
          "the one-time password must be replaced first, by PUT /api/v1/me/password");
    }
    if (user.codesDue() && !codesDue && !oneTime) {
      return Optional.of(
          "one-time codes must be set up first, by POST and PUT /api/v1/me/otp: the settings of the"
              + " company demand them of the role "
              + user.role().word());
    }
    Role needed = role.orElse(Role.ADMINISTRATOR);
    if (user.role().includes(needed) || grant.filter(grants::contains).isPresent()) {
      return Optional.empty();
    }
    String other = grant.map(one -> " or the grant " + one.word()).orElse("");
    return Optional.of("the user needs the role " + needed.word() + other);
  }

  private Optional<String> refusalOfKey(Principal principal) {
    if (self) {
      return Optional.of("the key belongs to a program: only users who have signed in may");
    }
    if (!principal.scopes().contains(scope())) {
      return Optional.of("the key lacks the scope " + scope());
    }
    return principal
        .own()
        .filter(_ -> !own)
        .map(extension ->
            "the key belongs to extension %s, and acts for that one only"
                .formatted(extension.digits()));
  }

  /// The schema of its JSON body.
  Optional<Schema> schema() {
    return body instanceof BodyForm.Json(Schema schema) ? Optional.of(schema) : Optional.empty();
  }

  List<Parameter> parameters(Parameter.Place place) {
    return parameters.stream().filter(parameter -> parameter.place() == place).toList();
  }
}
