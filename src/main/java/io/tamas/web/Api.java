package io.tamas.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The operations of one feature. Each is named by its `operationId` in the OpenAPI document.
public interface Api {

  void mount(Operations on);

  /// Binds operations to handlers; each runs on its own virtual thread and may wait.
  interface Operations {
    Operations on(String operationId, Handler handler);
  }

  /// Answers one request that the contract has already validated.
  @FunctionalInterface
  interface Handler {
    Response handle(Request request) throws Problem;

    /// What is wrong with a JSON body that breaks its schema, field by field, in the words of the
    /// feature; fields that are not named are told in those of the schema.
    default List<Problem.Fault> explain(JsonNode body) {
      return List.of();
    }

    /// Says where the body of an upload goes; without it, among the temporary files.
    default Optional<Reception> reception() {
      return Optional.empty();
    }

    /// This handler with a place for uploads.
    default Handler receiving(Reception reception) {
      Handler handler = this;
      return new Handler() {
        @Override
        public Response handle(Request request) {
          return handler.handle(request);
        }

        @Override
        public Optional<Reception> reception() {
          return Optional.of(reception);
        }
      };
    }

    /// This handler with such words.
    default Handler explaining(Function<JsonNode, List<Problem.Fault>> words) {
      Handler handler = this;
      return new Handler() {
        @Override
        public Response handle(Request request) {
          return handler.handle(request);
        }

        @Override
        public List<Problem.Fault> explain(JsonNode body) {
          return words.apply(body);
        }
      };
    }
  }
}
