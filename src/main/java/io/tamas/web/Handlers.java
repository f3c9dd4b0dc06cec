package io.tamas.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The handlers of all operations.
final class Handlers implements Api.Operations {
  private final Map<String, Api.Handler> handlers = new HashMap<>();
  private final List<String> faults = new ArrayList<>();

  @Override
  public Api.Operations on(String operationId, Api.Handler handler) {
    if (handlers.putIfAbsent(operationId, handler) != null) {
      faults.add(operationId + " has two handlers");
    }
    return this;
  }

  /// The handler of each operation of the contract.
  ///
  /// @throws IllegalStateException if contract and handlers are not the same set
  Map<String, Api.Handler> matching(List<Operation> operations) {
    List<String> ids = operations.stream().map(Operation::id).toList();
    ids.stream()
        .filter(id -> !handlers.containsKey(id))
        .forEach(id -> faults.add(id + " has no handler"));
    handlers.keySet().stream()
        .filter(id -> !ids.contains(id))
        .sorted()
        .forEach(id -> faults.add(id + " is not in the contract"));
    if (!faults.isEmpty()) {
      throw new IllegalStateException("the API does not fit its contract: " + faults);
    }
    return Map.copyOf(handlers);
  }
}
