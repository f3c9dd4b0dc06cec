package io.tamas.web;

import io.tamas.db.DatabaseFault;
import io.tamas.web.Api.Handler;
import io.tamas.web.FileAnswer.RangeNotSatisfiable;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// One request from its header to its answer: authenticated and read on the event loop, validated
/// and handled on its own virtual thread, answered exactly once, by the handler or at the deadline.
final class Exchange {
  private static final Logger log = LoggerFactory.getLogger(Exchange.class);

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private static final Principal ANYBODY = new Principal("", Set.of());

  private final RoutingContext routing;
  private final Context context;
  private final Operation operation;
  private final Handler handler;
  private final Serving serving;
  private final RequestLog requestLog;
  private volatile Principal principal = ANYBODY;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final AtomicReference<@Nullable Thread> worker = new AtomicReference<>();
  private volatile Optional<Admission.Admitted> admitted = Optional.empty();

  /// Fails when the rest of the request cannot be read, which may be before its body is waited for.
  private final Promise<Void> broken = Promise.promise();

  Exchange(RoutingContext routing, Operation operation, Handler handler, Serving serving) {
    this.routing = routing;
    this.context = serving.vertx().getOrCreateContext();
    this.operation = operation;
    this.handler = handler;
    this.serving = serving;
    this.requestLog = new RequestLog(routing.request(), operation.id(), serving);
  }

  void start() {
    HttpServerRequest request = routing.request();
    request.pause();
    request.exceptionHandler(broken::tryFail);
    requestLog.watch();
    long timeout = operation.timeout().orElse(serving.timeout()).toMillis();
    long timer = serving.vertx().setTimer(timeout, _ -> expire());
    requestLog.ended().onComplete(_ -> serving.vertx().cancelTimer(timer));
    authenticate(request)
        .compose(principal -> received(request, principal).map(body -> handle(principal, body)))
        .onFailure(cause -> answer(answerOf(cause)));
  }

  /// Waits for the body.
  private Future<Received> received(HttpServerRequest request, Principal principal) {
    if (operation.body() instanceof BodyForm.Nothing) {
      return body(request);
    }
    Answer crowded =
        incomplete("too many requests wait for their bodies: this was the oldest of its key");
    Runnable leave =
        serving.waits().enter(principal.name(), () -> context.runOnContext(_ -> answer(crowded)));
    return body(request).onComplete(_ -> leave.run());
  }

  private Answer incomplete(String why) {
    return Answers.of(new Problem(408, "Request timeout", why, List.of()), requestLog.id());
  }

  private Future<Principal> authenticate(HttpServerRequest request) {
    if (!operation.produces().isEmpty() && !Accepts.any(request, operation.produces())) {
      return Future.failedFuture(
          new Problem(406, "Not acceptable", "available: " + operation.produces(), List.of()));
    }
    boolean acts = !operation.method().equals("GET");
    if (operation.secured()) {
      return serving.authenticate(request, acts).map(this::allowed);
    }
    Optional<Problem> foreign =
        acts ? serving.admission().refusalOfStranger(request) : Optional.empty();
    return foreign
        .<Future<Principal>>map(Future::failedFuture)
        .orElseGet(() -> Future.succeededFuture(ANYBODY));
  }

  private Principal allowed(Admission.Admitted known) {
    admitted = Optional.of(known);
    Principal principal = known.principal();
    this.principal = principal;
    requestLog.principal(principal.name());
    operation
        .refusal(principal)
        .ifPresent(why -> {
          throw Problem.forbidden(why);
        });
    Runnable unwatch =
        known
            .watch()
            .watch(
                known.secret(),
                principal,
                this::ended,
                problem -> context.runOnContext(_ -> refused(problem)));
    requestLog.ended().onComplete(_ -> unwatch.run());
    return principal;
  }

  /// What was begun goes on for whoever sees more now.
  private Optional<Problem> ended(Principal before, Principal now) {
    return operation
        .refusal(now)
        .map(Problem::forbidden)
        .or(() ->
            now.reach(operation.grant()).covers(before.reach(operation.grant()))
                ? Optional.empty()
                : Optional.of(
                    Problem.unauthorized(
                        before.user().isPresent()
                            ? "the user sees less now"
                            : "the API key belongs to somebody else now")));
  }

  /// The right is gone: what is still being received is answered, what is being sent is cut off. In
  /// between a handler decides, which takes a bounded time.
  private void refused(Problem problem) {
    if (routing.response().headWritten()) {
      Connections.cut(routing.request().connection());
    } else if (worker.get() == null) {
      answer(Answers.of(problem, requestLog.id()));
    }
  }

  private Future<Received> body(HttpServerRequest request) {
    return switch (operation.body()) {
      case BodyForm.Json _ ->
          checkCoding(request)
              .compose(_ -> inMemory(request, serving.maxBodyBytes()))
              .map(Received::of);
      case BodyForm.Text(List<String> types, int maxBytes) ->
          checkContentType(request, types)
              .compose(_ -> inMemory(request, maxBytes))
              .map(Received::of);
      case BodyForm.Upload(List<String> types, int maxBytes) ->
          checkContentType(request, types)
              .compose(_ -> inFile(request, maxBytes))
              .map(Received::of);
      case BodyForm.Nothing _ -> nothing(request);
    };
  }

  private Future<Buffer> inMemory(HttpServerRequest request, int maxBytes) {
    return BodyReader.read(request, maxBytes, broken.future());
  }

  private Future<Path> inFile(HttpServerRequest request, int maxBytes) {
    return handler
        .reception()
        .map(reception -> received(request, reception, maxBytes))
        .orElseGet(() -> inFile(request, TEMPORARY, maxBytes));
  }

  private Future<Path> received(HttpServerRequest request, Reception reception, int maxBytes) {
    if (!request.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
      return Future.failedFuture(
          new Problem(411, "Length required", "Content-Length must be given", List.of()));
    }
    return admitted(reception, BodyReader.contentLength(request))
        .compose(place ->
            inFile(request, place.folder(), maxBytes).onComplete(_ -> place.received().run()));
  }

  /// Asked on a thread of its own, as it may wait; what follows is on the event loop again.
  private Future<Reception.Place> admitted(Reception reception, long length) {
    Promise<Reception.Place> asked = Promise.promise();
    Thread.ofVirtual()
        .name("http-" + operation.id() + "-admission")
        .start(() -> {
          try {
            Reception.Place place = reception.admit(length);
            context.runOnContext(_ -> asked.complete(place));
          } catch (IOException | RuntimeException e) { // the boundary of the request
            context.runOnContext(_ -> asked.fail(e));
          }
        });
    return asked.future();
  }

  private Future<Path> inFile(HttpServerRequest request, Path folder, int maxBytes) {
    return UploadReader.read(
        serving.vertx(), request, folder, maxBytes, broken.future(), requestLog.ended());
  }

  /// Nothing is decompressed: a body is as large as it is received.
  private static Future<Void> checkCoding(HttpServerRequest request) {
    return request.headers().getAll(HttpHeaders.CONTENT_ENCODING).stream()
            .allMatch(coding -> coding.strip().equalsIgnoreCase("identity"))
        ? Future.succeededFuture()
        : Future.failedFuture(
            new Problem(
                    415,
                    "Unsupported media type",
                    "the body must be sent without Content-Encoding: it is not decompressed",
                    List.of())
                .with(Map.of("accept-encoding", "identity")));
  }

  private static Future<Void> checkContentType(HttpServerRequest request, List<String> types) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type != null && BodyForm.accepts(types, type)
        ? checkCoding(request)
        : Future.failedFuture(
            new Problem(
                415,
                "Unsupported media type",
                "the body must be " + String.join(" or ", types),
                List.of()));
  }

  private static Future<Received> nothing(HttpServerRequest request) {
    if (BodyReader.hasBody(request)) {
      return Future.failedFuture(Problem.bad("Bad request", "body", "must be empty"));
    }
    request.resume();
    return Future.succeededFuture(Received.NOTHING);
  }

  private Thread handle(Principal principal, Received body) {
    if (answered.get() || !serving.slots().take()) {
      body.file().ifPresent(Exchange::delete);
      throw Problem.unavailable("too many requests at once");
    }
    Thread thread =
        Thread.ofVirtual().name("http-" + operation.id()).unstarted(() -> work(principal, body));
    worker.set(thread);
    thread.start();
    return thread;
  }

  private void work(Principal principal, Received body) {
    MDC.put("request", requestLog.id());
    Answer answer;
    try {
      Map<String, String> pathParams = routing.pathParams();
      HttpServerRequest raw = routing.request();
      Client client = serving.admission().client(raw);
      Request request =
          new RequestValidation(operation, handler)
              .validate(
                  principal,
                  client,
                  pathParams,
                  routing.queryParams(),
                  raw.headers(),
                  body,
                  path -> serving.tickets().make(path, admitted.orElseThrow()));
      Act act = Act.of(principal, client, operation);
      Response response = act.during(() -> handler.handle(request));
      answer = Answers.of(response, request).with(act.undo());
    } catch (Exception e) { // the boundary of the request
      if (!operation.secured() && Serving.isUnauthorized(e)) {
        context.runOnContext(_ -> serving.reportGuess(routing.request()));
      }
      answer = answerOf(e);
    } finally {
      body.file().ifPresent(Exchange::delete);
      serving.slots().release();
    }
    Answer made = answer;
    context.runOnContext(_ -> answer(made));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.atWarn().addKeyValue("file", file).setCause(e).log("an upload could not be deleted");
    }
  }

  /// The handler may still be running; its result is then discarded.
  private void expire() {
    Thread thread = worker.get();
    answer(
        thread == null
            ? incomplete("the request was not received completely in time")
            : Answers.of(
                new Problem(504, "Timeout", "the request took too long", List.of()),
                requestLog.id()));
    if (thread != null) {
      thread.interrupt();
    }
  }

  private Answer answerOf(Throwable thrown) {
    return switch (thrown) {
      case Problem problem -> {
        Client client = serving.admission().client(routing.request());
        serving.report(Act.of(principal, client, operation), problem);
        yield Answers.of(problem, requestLog.id());
      }
      case RangeNotSatisfiable refused -> refused.answer(requestLog.id());
      case DatabaseFault.Retryable fault -> {
        log.atWarn()
            .addKeyValue("request", requestLog.id())
            .addKeyValue("cause", fault.getMessage())
            .log(
                fault.isSlow()
                    ? "request failed: PostgreSQL took too long"
                    : "request failed: PostgreSQL is unavailable");
        yield Answers.of(Problem.of(fault), requestLog.id());
      }
      // the client vanished while it sent: nobody reads the answer
      case HttpClosedException _ -> incomplete("the connection was closed");
      default -> {
        // after the deadline only the interrupt arrives here, which need not be logged
        if (!answered.get()) {
          log.atError()
              .addKeyValue("request", requestLog.id())
              .setCause(thrown)
              .log("request failed");
        }
        yield Answers.of(
            new Problem(500, "Internal error", "see the log, by the id of the request", List.of()),
            requestLog.id());
      }
    };
  }

  private void answer(Answer answer) {
    if (answered.compareAndSet(false, true)) {
      write(answer);
    }
  }

  /// An answer in memory stays there until the client takes it.
  private void write(Answer answer) {
    HttpServerRequest request = routing.request();
    Future<Void> taken = AnswerWriter.write(request, answer, requestLog.id());
    if (!taken.isComplete() && answer.content() instanceof Answer.Bytes) {
      Runnable leave =
          serving
              .waits()
              .enter(requestLog.principal(), () -> Connections.cut(request.connection()));
      taken.onComplete(_ -> leave.run());
    }
  }
}
