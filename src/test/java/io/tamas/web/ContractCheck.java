package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.web.Problem.Fault;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Holds answers of real routes against the contract.
///
/// ```java
/// ContractCheck.answers("getCall", 200, response);
/// ```
public final class ContractCheck {
  private static final Contract CONTRACT = Contract.load();
  private static final Map<String, Schema> MESSAGES = new ConcurrentHashMap<>();
  private static final Set<String> OF_CALLS =
      Set.of("call.started", "call.ringing", "call.answered", "call.changed", "call.ended");

  private ContractCheck() {}

  /// Fails unless an answer of whatever status is as the contract says.
  ///
  /// @param path below `/api/v1`, with its query
  public static void answers(String method, String path, HttpResponse<String> response) {
    answers(operation(method, path), response.statusCode(), response);
  }

  private static String operation(String method, String path) {
    String bare = "/api/v1" + path.replaceFirst("\\?.*", "");
    return CONTRACT.operations().stream()
        .filter(one -> one.method().equals(method.equals("HEAD") ? "GET" : method))
        .filter(one -> bare.matches(one.path().replaceAll("\\{[a-zA-Z]+}", "[^/]+")))
        // as the server: a path that is written out goes before one with a parameter
        .min(Comparator.comparing(one -> one.path().contains("{")))
        .map(Operation::id)
        .orElseThrow(() -> new IllegalArgumentException("no operation " + method + " " + path));
  }

  /// Fails unless the response has that status and a body as the contract says.
  public static void answers(String operationId, int status, HttpResponse<String> response) {
    assertEquals(status, response.statusCode(), response.body());
    String type = response.headers().firstValue("content-type").orElse("");
    if (type.isEmpty() || type.endsWith("json")) {
      assertEquals(List.of(), faults(operationId, status, response.body()), response.body());
    } else {
      String bare = type.replaceFirst(" *;.*", "");
      assertTrue(CONTRACT.operation(operationId).produces().contains(bare), type);
    }
  }

  /// What is wrong with the body of an answer; empty when it is as the contract says.
  public static List<Fault> faults(String operationId, int status, String body) {
    Optional<Schema> schema = CONTRACT.answerSchema(operationId, status);
    return schema
        .map(expected -> expected.faults(Json.decodeValue(body)))
        .orElseGet(
            () -> body.isEmpty() ? List.of() : List.of(new Fault("", "no body is foreseen")));
  }

  /// What is wrong with a message of the events; the data of a call is a call.
  public static List<Fault> messageFaults(String message) {
    JsonObject json = new JsonObject(message);
    String type = json.getString("type");
    List<Fault> faults =
        new ArrayList<>(
            switch (type) {
              case "snapshot" -> named("EventsSnapshot").faults(json);
              case "gap" -> named("EventsGap").faults(json);
              case "position" -> named("EventsPosition").faults(json);
              default -> named("Event").faults(json);
            });
    if (OF_CALLS.contains(type)) {
      faults.addAll(named("Call").faults(json.getJsonObject("data")));
    }
    return faults;
  }

  private static Schema named(String name) {
    return MESSAGES.computeIfAbsent(name, _ -> CONTRACT.schema("/components/schemas/" + name));
  }

  /// What is wrong with a body of a request.
  public static List<Fault> requestFaults(String operationId, String body) {
    return CONTRACT
        .operation(operationId)
        .schema()
        .map(schema -> schema.faults(Json.decodeValue(body)))
        .orElseThrow(() -> new IllegalArgumentException(operationId + " takes no body"));
  }

  static List<Fault> problem(String body) {
    return faults("getCall", 404, body);
  }
}
