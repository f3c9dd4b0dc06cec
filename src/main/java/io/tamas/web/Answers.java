package io.tamas.web;

import io.tamas.json.Json;
import io.tamas.web.Answer.Bytes;
import io.tamas.web.Answer.None;
import io.tamas.web.Answer.Pieces;
import io.tamas.web.Answer.Slice;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/// Turns the responses of handlers into answers.
final class Answers {
  /// The media type of problem documents (RFC 9457).
  static final String PROBLEM = "application/problem+json";

  private Answers() {}

  static Answer of(Response response, Request request) {
    return switch (response) {
      case Response.Body body -> body(body);
      case Response.Text text -> text(text);
      case Response.Stream(var headers, var type, var chunks) ->
          pieces(headers, type, () -> chunks.next().map(Buffer::buffer));
      case Response.Binary(var headers, var type, var pieces) ->
          pieces(headers, type, () -> pieces.next().map(Buffer::buffer));
      case Response.Empty empty -> new Answer(empty.status(), empty.headers(), new None());
      case Response.File file -> FileAnswer.of(file, request);
    };
  }

  private static Answer body(Response.Body body) {
    Map<String, String> headers = new LinkedHashMap<>(body.headers());
    headers.put("content-type", "application/json");
    return new Answer(body.status(), headers, new Bytes(Buffer.buffer(Json.write(body.body()))));
  }

  private static Answer text(Response.Text text) {
    Map<String, String> headers = new LinkedHashMap<>(text.headers());
    headers.put("content-type", text.contentType());
    return new Answer(200, headers, new Bytes(Buffer.buffer(text.text())));
  }

  /// The first piece is read at once.
  private static Answer pieces(
      Map<String, String> before, String contentType, Supplier<Optional<Buffer>> next) {
    Map<String, String> headers = new LinkedHashMap<>(before);
    headers.put("content-type", contentType);
    AtomicReference<Optional<Buffer>> first = new AtomicReference<>(next.get());
    return new Answer(200, headers, new Pieces(() -> first.getAndSet(Optional.empty()).or(next)));
  }

  /// The document of a problem, as sent to the client.
  ///
  /// @param request the id of the request in the log
  private record Document(
      String title, int status, String detail, String request, List<Problem.Fault> faults) {}

  static Answer of(Problem problem, String requestId) {
    Document document =
        new Document(
            problem.title(), problem.status(), problem.detail(), requestId, problem.faults());
    Map<String, String> headers = new LinkedHashMap<>(problem.headers());
    headers.put("content-type", PROBLEM);
    if (problem.status() == 401) {
      headers.put("www-authenticate", "Bearer realm=\"tamas\"");
    }
    if (problem.status() == 503) {
      headers.put("retry-after", "1");
    }
    return new Answer(problem.status(), headers, new Bytes(Buffer.buffer(Json.write(document))));
  }

  static Answer empty(int status, Map<String, String> headers) {
    return new Answer(status, headers, new None());
  }

  static Answer slice(int status, Map<String, String> headers, Slice slice) {
    return new Answer(status, headers, slice);
  }
}
