package io.tamas.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A receiver of webhooks that does as it is told.
final class HookReceiver implements AutoCloseable {
  final List<Request> requests = new CopyOnWriteArrayList<>();
  final List<Request> accepted = new CopyOnWriteArrayList<>();

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private volatile Function<Request, Reply> script = _ -> Reply.status(204);

  record Request(Map<String, String> headers, String body) {
    JsonNode event() {
      return Json.read(body, JsonNode.class);
    }

    long id() {
      return event().get("id").longValue();
    }

    String subject() {
      return event().get("subject").textValue();
    }

    String header(String name) {
      return String.valueOf(headers.get(name));
    }
  }

  /// @param status 0: none, the connection is closed; less: none at all
  record Reply(int status, Map<String, String> headers, String body) {
    static final Reply CLOSE = status(0);
    static final Reply SILENCE = status(-1);

    static Reply status(int status) {
      return new Reply(status, Map.of(), "");
    }
  }

  HookReceiver() throws Exception {
    this(0);
  }

  HookReceiver(int port) throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.bodyHandler(body -> received(request, body)))
            .listen(port, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
  }

  void does(Function<Request, Reply> script) {
    this.script = script;
  }

  int port() {
    return server.actualPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/hook";
  }

  List<Long> acceptedIds() {
    return accepted.stream().map(Request::id).toList();
  }

  private void received(HttpServerRequest request, Buffer body) {
    Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.headers().forEach(headers::put);
    Request seen = new Request(headers, body.toString());
    requests.add(seen);
    Reply reply = script.apply(seen);
    if (reply.status() < 0) {
      return;
    }
    if (reply.status() == 0) {
      request.connection().close();
      return;
    }
    if (reply.status() / 100 == 2) {
      accepted.add(seen);
    }
    HttpServerResponse response = request.response().setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    response.end(reply.body());
  }

  @Override
  public void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }
}
