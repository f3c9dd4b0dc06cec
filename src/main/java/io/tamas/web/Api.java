package io.tamas.web;

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
  }
}
