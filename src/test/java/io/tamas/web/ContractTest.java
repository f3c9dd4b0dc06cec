package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ContractTest {
  private final Contract contract = Contract.load();

  @Test
  void theDocumentIsOpenApi31() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      OpenAPIVersion version = OpenAPIVersion.V3_1;
      OutputUnit result =
          version
              .getRepository(vertx, "https://tamas.invalid/")
              .compose(schemas -> version.validateContract(vertx, schemas, contract.document()))
              .await(30, TimeUnit.SECONDS);
      assertTrue(result.getValid(), () -> String.valueOf(result.getErrors()));
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void eachOperationHasItsOwnId() {
    List<String> ids = contract.operations().stream().map(Operation::id).toList();
    assertEquals(ids.size(), Set.copyOf(ids).size());
  }

  @Test
  void everySchemaCanBeUsed() {
    for (Operation operation : contract.operations()) {
      operation.schema().ifPresent(schema -> assertFalse(schema.faults("x").isEmpty()));
      operation.parameters().forEach(parameter -> parameter.faults(List.of("1")));
      for (int status : List.of(200, 201, 404)) {
        contract.answerSchema(operation.id(), status).ifPresent(schema -> schema.faults("x"));
      }
    }
  }

  @Test
  void onlyTheContractItselfAndTheSignInAreOpen() {
    assertEquals(
        List.of("getOpenApi", "signIn", "getSignInWays", "beginOpenId", "endOpenId"),
        contract.operations().stream().filter(one -> !one.secured()).map(Operation::id).toList());
  }

  @Test
  void everyOperationDeclaresProblemsAndItsPathsParameters() {
    for (Operation operation : contract.operations()) {
      assertTrue(contract.answerSchema(operation.id(), 599).isPresent(), operation.id());
      Set<String> declared =
          operation.parameters(Parameter.Place.PATH).stream()
              .map(Parameter::name)
              .collect(Collectors.toSet());
      Set<String> written =
          java.util.regex.Pattern.compile("\\{([a-zA-Z]+)}")
              .matcher(operation.path())
              .results()
              .map(found -> found.group(1))
              .collect(Collectors.toSet());
      assertEquals(written, declared, operation.id());
    }
  }

  @Test
  void handlersAndOperationsMustBeTheSame() {
    Handlers handlers = new Handlers();
    handlers.on("getCall", _ -> Response.noContent()).on("getCall", _ -> Response.noContent());
    handlers.on("getColl", _ -> Response.noContent());
    String refused =
        String.valueOf(
            assertThrows(
                    IllegalStateException.class, () -> handlers.matching(contract.operations()))
                .getMessage());
    assertTrue(refused.contains("getCall has two handlers"), refused);
    assertTrue(refused.contains("getColl is not in the contract"), refused);
    assertTrue(refused.contains("listCalls has no handler"), refused);
  }

  @Test
  void theDocumentedCallFitsItsSchema() {
    String call =
        """
        {"id":"main-1795225666.0","direction":"INBOUND","caller":"+989121234567",
         "callerName":"Sara","requested":"+982191001001","destination":"extension:101",
         "status":"ANSWERED","answeredBy":"101","hungUpBy":"CALLER","cause":16,"rule":"route:main",
         "startedAt":"2026-11-21T01:47:46.210112Z","ring":"PT1.007941S","talk":"PT2.010483S",
         "hold":"PT0S","recordingChanges":[],"messages":[],"parkings":[],"decisions":[],
         "legs":[{"channel":"PJSIP/101-00000001","party":"101","tie":"DIALLED",
                  "startedAt":"2026-11-21T01:47:46Z","result":"answered","talk":"PT2.010483S"}]}
        """;
    assertEquals(List.of(), ContractCheck.faults("getCall", 200, call));
    assertEquals(
        List.of("/cause", "/colour"),
        ContractCheck.faults(
                "getCall",
                200,
                call.replace("16", "\"16\"").replace("\"rule\"", "\"colour\":1,\"rule\""))
            .stream()
            .map(Problem.Fault::pointer)
            .toList());
  }
}
