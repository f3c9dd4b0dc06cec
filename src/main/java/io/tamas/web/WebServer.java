package io.tamas.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.config.Config;
import io.tamas.db.DatabaseFault;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The public HTTP server. It serves the contract: an operation without a handler, or a handler
/// without an operation, prevents its creation.
///
/// Without PostgreSQL it answers 503, except for cached keys and features that do not need
/// PostgreSQL.
public final class WebServer {
  /// Failures of the router itself or of a route outside the contract.
  private static final List<Integer> FAILURES = List.of(400, 404, 405, 413, 415, 426, 500, 503);

  private static final Logger log = LoggerFactory.getLogger(WebServer.class);

  /// For those that wait for their clients.
  private static final int WAITS_PER_REQUEST = 2;

  private final Contract contract;
  private final CrossOrigin foreign;
  private final TicketRoutes tickets;
  private final Serving serving;
  private final Router router;
  private final HttpServer server;
  private final Optional<HttpServer> forOthers;

  public WebServer(
      Vertx vertx,
      Config.Http config,
      Config.Https https,
      Contract contract,
      Authenticator keys,
      Browsers browsers,
      List<Api> apis,
      MeterRegistry meters) {
    this.contract = contract;
    this.foreign = new CrossOrigin(config.allowedOrigins());
    this.tickets = new TicketRoutes(contract);
    Tickets made = new Tickets(System::nanoTime);
    this.serving =
        new Serving(
            vertx,
            new Admission(vertx, config, keys, browsers, foreign, made),
            new Connections(vertx, config, Listening.SILENCE, meters),
            made,
            new StrangerLog(vertx),
            new ClientWaits(WAITS_PER_REQUEST * config.maxRequests()),
            new Slots(config.maxRequests()),
            config.requestTimeout(),
            config.maxBodyBytes(),
            meters,
            new AtomicReference<>((_, _) -> {}));
    this.router = Router.router(vertx);
    mount(handlers(apis));
    this.server = listener(vertx, Listening.here(config));
    this.forOthers =
        https.isOn()
            ? Optional.of(listener(vertx, Listening.forOthers(config, https)))
            : Optional.empty();
    meters.gauge("tamas.http.active", serving.slots(), Slots::taken);
    meters.gauge("tamas.http.waiting", serving.waits(), ClientWaits::size);
  }

  private HttpServer listener(Vertx vertx, HttpServerOptions options) {
    return vertx
        .createHttpServer(options)
        .requestHandler(this::received)
        .connectionHandler(serving.connections()::opened)
        .invalidRequestHandler(this::refuseUnreadable);
  }

  private void received(HttpServerRequest request) {
    serving.connections().began(request);
    foreign
        .headers(request.headers().getAll(HttpHeaders.ORIGIN))
        .forEach(request.response()::putHeader);
    RequestForm.fault(request)
        .ifPresentOrElse(problem -> respond(request, problem), () -> router.handle(request));
  }

  /// Has somebody told of refused requests from now on.
  public void report(Refusals refusals) {
    serving.refusals().set(refusals);
  }

  /// For routes outside the contract, such as the WebSocket of events.
  public Router router() {
    return router;
  }

  /// For a stream outside the contract: passes requests of those who have the scope to the next
  /// handler, and answers all others.
  public Handler<RoutingContext> signedIn(String path, Scope scope) {
    tickets.stream(path);
    return routing -> {
      routing.request().pause();
      admit(routing.request(), scope)
          .onComplete(signing -> {
            routing.request().resume();
            if (signing.failed()) {
              routing.fail(signing.cause());
            } else {
              signedIn(signing.result(), scope).putInto(routing);
              serving.connections().streams(routing.request());
              routing.next();
            }
          });
    };
  }

  private Future<Admission.Admitted> admit(HttpServerRequest request, Scope scope) {
    return serving
        .authenticate(request, true)
        .map(admitted -> {
          refusal(admitted.principal(), scope)
              .ifPresent(why -> {
                throw Problem.forbidden(why);
              });
          return admitted;
        });
  }

  private static Optional<String> refusal(Principal principal, Scope scope) {
    if (principal.user().filter(Principal.User::oneTime).isPresent()) {
      return Optional.of("the one-time password must be replaced first");
    }
    if (principal.user().filter(Principal.User::codesDue).isPresent()) {
      return Optional.of("one-time codes must be set up first");
    }
    return principal.scopes().contains(scope)
        ? Optional.empty()
        : Optional.of("the key lacks the scope " + scope);
  }

  private SignedIn signedIn(Admission.Admitted admitted, Scope scope) {
    return new SignedIn(
        admitted.principal(),
        refused ->
            admitted
                .watch()
                .watch(
                    admitted.secret(),
                    admitted.principal(),
                    (before, now) -> ended(before, now, scope),
                    refused));
  }

  /// Whoever sees more or less than before begins again.
  private static Optional<Problem> ended(Principal before, Principal now, Scope scope) {
    return refusal(now, scope)
        .map(Problem::forbidden)
        .or(() ->
            before.seesTheSameAs(now)
                ? Optional.empty()
                : Optional.of(
                    Problem.unauthorized(
                        before.user().isPresent()
                            ? "the user sees something else now: connect again"
                            : "the API key belongs to somebody else now")));
  }

  public Future<Void> start() {
    return Future.all(listeners().map(HttpServer::listen).toList()).mapEmpty();
  }

  private Stream<HttpServer> listeners() {
    return Stream.concat(Stream.of(server), forOthers.stream());
  }

  /// The actual port, even if any free one was configured.
  public int port() {
    return server.actualPort();
  }

  /// The same of the listener for other machines.
  public int portForOthers() {
    return forOthers.map(HttpServer::actualPort).orElseThrow();
  }

  /// Accepts no new connections and gives requests some time to end.
  public Future<Void> close() {
    long millis = serving.timeout().toMillis();
    return Future.join(listeners().map(one -> one.shutdown(millis, TimeUnit.MILLISECONDS)).toList())
        .onComplete(_ -> {
          serving.admission().close();
          serving.connections().close();
          serving.strangers().close();
        })
        .mapEmpty();
  }

  private Map<String, Api.Handler> handlers(List<Api> apis) {
    Handlers handlers = new Handlers();
    handlers.on(
        "getOpenApi", _ -> new Response.Text(Map.of(), "application/yaml", contract.text()));
    tickets.mount(handlers);
    apis.forEach(api -> api.mount(handlers));
    return handlers.matching(contract.operations());
  }

  private void mount(Map<String, Api.Handler> handlers) {
    Map<String, List<Operation>> paths =
        contract.operations().stream()
            .collect(
                Collectors.groupingBy(Operation::path, LinkedHashMap::new, Collectors.toList()));
    // fixed paths before those with parameters
    paths.keySet().stream()
        .sorted((a, b) -> Boolean.compare(a.contains("{"), b.contains("{")))
        .forEach(path -> mount(path, paths.getOrDefault(path, List.of()), handlers));
    for (int status : FAILURES) {
      router.errorHandler(status, routing -> refuse(routing, status));
    }
  }

  private void mount(String path, List<Operation> operations, Map<String, Api.Handler> handlers) {
    String pattern = path.replaceAll("\\{([a-zA-Z]+)}", ":$1");
    for (Operation operation : operations) {
      Api.Handler handler = handlers.getOrDefault(operation.id(), _ -> Response.noContent());
      Route route = router.route(HttpMethod.valueOf(operation.method()), pattern);
      if (operation.method().equals("GET")) {
        route.method(HttpMethod.HEAD);
      }
      route.handler(routing -> new Exchange(routing, operation, handler, serving).start());
    }
    String allowed = allowed(operations);
    router.route(pattern).handler(routing -> refuseMethod(routing, allowed));
  }

  private static String allowed(List<Operation> operations) {
    return operations.stream()
        .map(Operation::method)
        .map(method -> method.equals("GET") ? "GET, HEAD" : method)
        .collect(Collectors.joining(", "));
  }

  private void refuseMethod(RoutingContext routing, String allowed) {
    HttpServerRequest request = routing.request();
    Optional<Map<String, String>> permission =
        request.method() == HttpMethod.OPTIONS
            ? foreign.permission(
                request.headers().getAll(HttpHeaders.ORIGIN),
                Optional.ofNullable(request.getHeader("access-control-request-method")),
                allowed)
            : Optional.empty();
    if (permission.isPresent()) {
      respond(request, "preflight", id -> Answers.empty(204, permission.get()));
      return;
    }
    Problem problem = new Problem(405, "Method not allowed", "allowed: " + allowed, List.of());
    respond(routing.request(), problem.with(Map.of("allow", allowed)));
  }

  private void refuse(RoutingContext routing, int status) {
    Problem problem =
        switch (routing.failure()) {
          case Problem expected -> expected;
          case DatabaseFault.Retryable fault -> Problem.of(fault);
          case null -> refusal(status);
          default -> {
            log.atError().setCause(routing.failure()).log("request failed");
            yield refusal(500);
          }
        };
    respond(routing.request(), problem);
  }

  private static Problem refusal(int status) {
    return switch (status) {
      case 404 -> Problem.notFound("this address");
      case 500 -> new Problem(500, "Internal error", "see the log", List.of());
      default -> new Problem(status, "Bad request", "the request cannot be read", List.of());
    };
  }

  private void respond(HttpServerRequest request, Problem problem) {
    respond(request, "none", id -> Answers.of(problem, id));
  }

  /// @param answer by the id of the request
  private void respond(
      HttpServerRequest request, String operation, Function<String, Answer> answer) {
    RequestLog requestLog = new RequestLog(request, operation, serving);
    requestLog.watch();
    AnswerWriter.write(request, answer.apply(requestLog.id()), requestLog.id());
  }

  /// [RequestFraming] has found why.
  private void refuseUnreadable(HttpServerRequest request) {
    respond(
        request,
        request.decoderResult().cause() instanceof Problem problem ? problem : refusal(400));
  }
}
