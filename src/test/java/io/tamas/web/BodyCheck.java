package io.tamas.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.web.Problem.Fault;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// What a body is answered by the contract and the words of its handler.
public final class BodyCheck {
  private static final Contract CONTRACT = Contract.load();

  private BodyCheck() {}

  /// @param words of the handler
  public static List<Fault> told(
      String operationId, String body, Function<JsonNode, List<Fault>> words) {
    Api.Handler handler = ((Api.Handler) _ -> Response.noContent()).explaining(words);
    Operation operation = CONTRACT.operation(operationId);
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("content-type", "application/json");
    Map<String, String> path = Map.of("name", "x", "number", "1");
    try {
      new RequestValidation(operation, handler)
          .validate(
              new Principal("test", Set.of(Scope.WRITE)),
              new Client("127.0.0.1", false),
              path,
              MultiMap.caseInsensitiveMultiMap(),
              headers,
              Received.of(Buffer.buffer(body)),
              _ -> "");
      return words.apply(io.tamas.json.Json.read(body, JsonNode.class));
    } catch (Problem refused) {
      return refused.faults();
    }
  }
}
