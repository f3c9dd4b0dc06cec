package io.tamas.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.Principal.Reach;
import io.tamas.web.Problem.Fault;
import io.vertx.core.MultiMap;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A request that was validated against the contract.
///
/// @param opening the grant that opens the operation, of all extensions
/// @param tickets makes one for an address
record ValidRequest(
    Principal holder,
    Optional<Grant> opening,
    Client client,
    Map<String, String> path,
    MultiMap queries,
    MultiMap headers,
    JsonNode json,
    String text,
    Optional<Path> received,
    UnaryOperator<String> tickets)
    implements Request {

  @Override
  public String path(String name) {
    return Optional.ofNullable(path.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no path parameter " + name));
  }

  @Override
  public Optional<String> query(String name) {
    return Optional.ofNullable(queries.get(name));
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /// What the schema cannot express is checked by the constructors of the type: their refusal is
  /// reported like one of the schema.
  @Override
  public <T> T body(Class<T> type) {
    try {
      return Json.mapper().treeToValue(json, type);
    } catch (JsonMappingException e) {
      throw Problem.invalid(List.of(new Fault(pointer(e), reason(e))));
    } catch (JsonProcessingException e) {
      throw Problem.invalid(List.of(new Fault("", "cannot be read")));
    }
  }

  @Override
  public Path file() {
    return received.orElseThrow();
  }

  @Override
  public String ticket(String path) {
    return tickets.apply(path);
  }

  @Override
  public String principal() {
    return holder.name();
  }

  @Override
  public Principal.User user() {
    return holder.user().orElseGet(Request.super::user);
  }

  @Override
  public Optional<Reach.Extensions> extensions() {
    return switch (reach()) {
      case Reach.Everything() -> Optional.empty();
      case Reach.Extensions reached when reached.isEmpty() ->
          throw Problem.forbidden("the user has no extension and supervises none");
      case Reach.Extensions reached -> Optional.of(reached);
    };
  }

  @Override
  public Optional<Reach.Extensions> ungranted() {
    return holder.reach() instanceof Reach.Extensions reached
        ? Optional.of(reached)
        : Optional.empty();
  }

  private Reach reach() {
    return holder.reach(opening);
  }

  @Override
  public Optional<ExtensionNumber> own() {
    return holder.own();
  }

  /// In a directory a user without an extension has no entry of their own.
  @Override
  public boolean isReached(ExtensionNumber number) {
    return reach() instanceof Reach.Everything
        || reach() instanceof Reach.Extensions reached && reached.includes(number);
  }

  private static String pointer(JsonMappingException e) {
    return e.getPath().stream()
        .map(step -> step.getFieldName() == null ? "" + step.getIndex() : step.getFieldName())
        .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }

  /// Messages of our own constructors are meant for the client; those of the library name classes.
  private static String reason(JsonMappingException e) {
    return e.getCause() instanceof IllegalArgumentException refusal && refusal.getMessage() != null
        ? refusal.getMessage()
        : "is not valid";
  }
}
