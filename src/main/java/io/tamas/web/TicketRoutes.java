package io.tamas.web;

import io.tamas.web.Problem.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Tickets by REST, for the operations that have a parameter `ticket`, and for streams.
final class TicketRoutes implements Api {
  static final String PARAMETER = "ticket";

  private final List<Pattern> operations;
  private final Set<String> streams = ConcurrentHashMap.newKeySet();

  private record Draft(String path) {}

  private record Made(String ticket, Instant expiresAt) {}

  TicketRoutes(Contract contract) {
    this.operations =
        contract.operations().stream()
            .filter(operation ->
                operation.parameters(Parameter.Place.QUERY).stream()
                    .anyMatch(parameter -> parameter.name().equals(PARAMETER)))
            .map(
                operation -> Pattern.compile(operation.path().replaceAll("\\{[a-zA-Z]+}", "[^/]+")))
            .toList();
  }

  /// A stream outside the contract is opened by tickets, too.
  void stream(String path) {
    streams.add(path);
  }

  @Override
  public void mount(Operations on) {
    on.on("createTicket", this::create);
  }

  private Response create(Request request) {
    String path = request.body(Draft.class).path();
    if (!streams.contains(path)
        && operations.stream().noneMatch(one -> one.matcher(path).matches())) {
      throw Problem.invalid(
          List.of(
              new Fault(
                  "/path",
                  "must be the address of a recording's audio, or one of "
                      + streams.stream().sorted().collect(Collectors.joining(", ")))));
    }
    String ticket = request.ticket(path);
    return new Response.Body(201, Map.of(), new Made(ticket, Instant.now().plus(Tickets.LIFE)));
  }
}
