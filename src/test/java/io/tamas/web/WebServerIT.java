package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebServerIT {
  @TempDir private Path files;
  private ThingServer server;

  @BeforeEach
  void start() throws Exception {
    Path folder = Files.createDirectory(files.resolve("open"));
    Files.writeString(files.resolve("secret"), "nobody's business");
    Files.writeString(folder.resolve("0000aaaa"), "0123456789");
    Files.createSymbolicLink(folder.resolve("0000bbbb"), files.resolve("secret"));
    server = new ThingServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aRightRequestIsHandled() throws Exception {
    HttpResponse<String> response = server.post("{\"name\":\"one\",\"count\":2}");
    assertEquals(201, response.statusCode());
    assertEquals("{\"name\":\"one\",\"count\":2}", response.body());
    assertEquals("/api/v1/things/1", response.headers().firstValue("location").orElse(""));
    assertEquals("nosniff", response.headers().firstValue("x-content-type-options").orElse(""));
    assertEquals("no-store", response.headers().firstValue("cache-control").orElse(""));
    assertEquals(1, server.created.size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":1}|/name",
        "{\"name\":\"\"}|/name",
        "{\"name\":\"longer than ten\"}|/name",
        "{\"name\":null}|/name",
        "{\"name\":\"a\",\"count\":\"1\"}|/count",
        "{\"name\":\"a\",\"count\":-1}|/count",
        "{\"name\":\"a\",\"count\":1.5}|/count",
        "{\"name\":\"a\",\"cuont\":1}|/cuont",
        "{\"name\":\"a\",\"extension\":\"12a\"}|/extension",
        "{\"name\":\"a\",\"parts\":[{},{\"size\":\"x\"}]}|/parts/1/size",
        "{\"name\":\"a\",\"parts\":[{\"colour\":1}]}|/parts/0/colour",
        "{\"name\":\"a\\u0000b\"}|/name",
        "{\"name\":\"a\\ud83d\"}|/name",
        "{\"name\":\"\\ude00b\"}|/name",
        "{}|/name",
        "[]|''",
        "\"name\"|''",
      })
  void aBodyThatBreaksItsSchemaIsRefusedNamingTheField(String body, String pointer)
      throws Exception {
    HttpResponse<String> response = server.post(body);
    assertEquals(List.of(pointer), pointers(problem(response, 422)));
    assertTrue(server.created.isEmpty());
  }

  @Test
  void allFaultsAreReportedAtOnce() throws Exception {
    HttpResponse<String> response = server.post("{\"name\":\"\",\"count\":-1,\"x\":0}");
    assertEquals(List.of("/name", "/count", "/x"), pointers(problem(response, 422)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"name\":\"a\"} x",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{'name':'a'}",
        "{\"name\":NaN}",
        "\u0000",
      })
  void whatIsNoJsonIsRefused(String body) throws Exception {
    problem(server.post(body), 400);
    problem(server.post("[".repeat(500)), 400);
    assertTrue(server.created.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "ISO-8859-1"})
  void jsonInAnotherEncodingIsRefused(String encoding) throws Exception {
    byte[] body = "{\"name\":\"é\"}".getBytes(Charset.forName(encoding));
    problem(
        server.send(
            server
                .request("/api/v1/things")
                .setHeader("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))),
        400);
    assertTrue(server.created.isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "limit=0,query:limit",
    "limit=201,query:limit",
    "limit=ten,query:limit",
    "limit=99999999999999999999,query:limit",
    "limit=1&limit=2,query:limit",
    "limit=,query:limit",
    "all=yes,query:all",
    "limt=5,query:limt",
    "cursor=x,query:cursor",
    "cursor=b3RoZXIfMQ,query:cursor",
    "cursor=dGhpbmdzHzEfMg,query:cursor",
    "cursor=%00,query:cursor",
  })
  void wrongParametersAreRefusedNamingThem(String query, String pointer) throws Exception {
    HttpResponse<String> response = server.send(server.request("/api/v1/things?" + query));
    assertEquals(List.of(pointer), pointers(problem(response, 400)));
  }

  @ParameterizedTest
  @CsvSource({"Bearer nobody", "Bearer", "Basic d3JpdGVyOng=", "writer", "Bearer writer reader"})
  void aWrongKeyIsRefused(String authorization) throws Exception {
    HttpRequest.Builder request =
        server.request("/api/v1/things").setHeader("authorization", authorization);
    HttpResponse<String> response = server.send(request);
    problem(response, 401);
    assertEquals(
        "Bearer realm=\"tamas\"", response.headers().firstValue("www-authenticate").orElse(""));
  }

  @Test
  void withoutAKeyNothingIsReadOfTheBody() throws Exception {
    String answer =
        RawHttp.send(
            server.port(),
            "POST /api/v1/things HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                + "content-length: 1000000\r\n\r\n{\"name\"");
    assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
    assertTrue(answer.contains("connection: close"), answer);
  }

  @ParameterizedTest
  @CsvSource({"writer,426", "reader,403", "nobody,401", "unknowable,503"})
  void aRouteBesideTheContractIsSignedInAlike(String key, int status) throws Exception {
    HttpRequest.Builder request =
        server.request("/api/v1/beside").setHeader("authorization", "Bearer " + key);
    problem(server.send(request), status);
  }

  @Test
  void aKeyThatMayOnlyReadChangesNothing() throws Exception {
    HttpRequest.Builder request =
        server
            .request("/api/v1/things")
            .setHeader("authorization", "Bearer reader")
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"a\"}"));
    problem(server.send(request), 403);
    assertTrue(server.created.isEmpty());
  }

  @Test
  void withoutTheDatabaseItIsAnsweredUnavailable() throws Exception {
    HttpResponse<String> byKey =
        server.send(
            server.request("/api/v1/things").setHeader("authorization", "Bearer unknowable"));
    problem(byKey, 503);
    HttpResponse<String> byHandler = server.send(server.request("/api/v1/faults/database"));
    assertFalse(problem(byHandler, 503).toString().contains("secret"));
    assertEquals("1", byHandler.headers().firstValue("retry-after").orElse(""));
  }

  @Test
  void hugeBodiesAreRefused() throws Exception {
    problem(server.post("{\"name\":\"" + "a".repeat(ThingServer.MAX_BODY) + "\"}"), 413);
    String chunk = "800\r\n" + "a".repeat(0x800) + "\r\n";
    String answer =
        RawHttp.send(
            server.port(),
            "POST /api/v1/things HTTP/1.1\r\nhost: x\r\nauthorization: Bearer writer\r\n"
                + "content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n",
            chunk + chunk + chunk);
    assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
  }

  @Test
  void aClientThatWaitsForItIsSentContinue() throws Exception {
    String answer =
        RawHttp.send(
            server.port(),
            "POST /api/v1/things HTTP/1.1\r\nhost: x\r\nauthorization: Bearer writer\r\n"
                + "content-type: application/json\r\ncontent-length: 12\r\nexpect: 100-continue\r\n"
                + "connection: close\r\n\r\n{\"name\":\"a\"}");
    assertTrue(answer.startsWith("HTTP/1.1 100 Continue"), answer);
    assertTrue(answer.contains("HTTP/1.1 201 "), answer);
  }

  @Test
  void aBodyWhereNoneIsTakenIsRefused() throws Exception {
    HttpRequest.Builder request =
        server.request("/api/v1/things/1").method("GET", HttpRequest.BodyPublishers.ofString("{}"));
    problem(server.send(request), 400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/jsonx", "application/json; charset=utf-16", ""})
  void anotherContentTypeIsRefused(String type) throws Exception {
    HttpRequest.Builder request =
        server
            .request("/api/v1/things")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"a\"}"));
    if (!type.isEmpty()) {
      request.header("content-type", type);
    }
    problem(server.send(request), 415);
    assertTrue(server.created.isEmpty());
  }

  @Test
  void whatIsNotProducedIsNotAcceptable() throws Exception {
    problem(server.send(server.request("/api/v1/things").header("accept", "text/html")), 406);
    HttpRequest.Builder browser =
        server.request("/api/v1/things").header("accept", "text/html, */*;q=0.8");
    assertEquals(200, server.send(browser).statusCode());
  }

  /// As a generated client in Python does for a recording.
  @Test
  void whoNamesProblemDocumentsOnlyGetsTheOtherFormToo() throws Exception {
    HttpRequest.Builder generated =
        server.request("/api/v1/files/0000aaaa").header("accept", "application/problem+json");
    assertEquals(200, server.send(generated).statusCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE|/api/v1/things|GET, HEAD, POST",
        "PATCH|/api/v1/things/1|GET, HEAD",
        "OPTIONS|/api/v1/things|GET, HEAD, POST",
        "TRACE|/api/v1/things|GET, HEAD, POST",
      })
  void anotherMethodIsRefusedNamingTheRightOnes(String method, String path, String allowed)
      throws Exception {
    HttpResponse<String> response =
        server.send(server.request(path).method(method, HttpRequest.BodyPublishers.noBody()));
    problem(response, 405);
    assertEquals(allowed, response.headers().firstValue("allow").orElse(""));
  }

  @ParameterizedTest
  @CsvSource({"/,404", "/api/v1/nothing,404", "/api/v1/things/0,400", "/api/v1/things/x,400"})
  void whatDoesNotExistIsReportedAsSuch(String path, int status) throws Exception {
    problem(server.send(server.request(path)), status);
  }

  @ParameterizedTest
  @CsvSource({"stale,412", "taken,409", "broken,500"})
  void whatAHandlerThrowsBecomesAProblem(String kind, int status) throws Exception {
    HttpResponse<String> response = server.send(server.request("/api/v1/faults/" + kind));
    String told = problem(response, status).toString();
    assertFalse(told.contains("secret") || told.contains("Exception"), told);
  }

  @Test
  void aSlowHandlerIsCutOffAtTheDeadline() throws Exception {
    problem(server.send(server.request("/api/v1/faults/slow")), 504);
    assertTrue(server.interrupted.await(5, TimeUnit.SECONDS));
    assertEquals(200, server.send(server.request("/api/v1/things/1")).statusCode());
  }

  @Test
  void aBodyThatNeverComesEndsAtTheDeadline() throws Exception {
    String answer =
        RawHttp.send(
            server.port(),
            "POST /api/v1/things HTTP/1.1\r\nhost: x\r\nauthorization: Bearer writer\r\n"
                + "content-type: application/json\r\ncontent-length: 100\r\n\r\n{");
    assertTrue(answer.startsWith("HTTP/1.1 408 "), answer);
  }

  @Test
  void moreRequestsAtOnceThanAllowedAreAnsweredUnavailable() throws Exception {
    List<CompletableFuture<HttpResponse<String>>> slow = new ArrayList<>();
    for (int i = 0; i < ThingServer.MAX_REQUESTS * 2; i++) {
      slow.add(server.sendLater(server.request("/api/v1/faults/slow")));
    }
    List<Integer> statuses = new ArrayList<>();
    for (CompletableFuture<HttpResponse<String>> answer : slow) {
      statuses.add(answer.get(10, TimeUnit.SECONDS).statusCode());
    }
    statuses.sort(null);
    assertEquals(List.of(503, 503, 503, 503, 504, 504, 504, 504), statuses);
    assertEquals(200, server.send(server.request("/api/v1/things/1")).statusCode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-|200|0123456789|-",
        "bytes=0-3|206|0123|bytes 0-3/10",
        "bytes=7-|206|789|bytes 7-9/10",
        "bytes=-2|206|89|bytes 8-9/10",
        "bytes=5-99|206|56789|bytes 5-9/10",
        "bytes=0-1,3-4|200|0123456789|-",
        "bytes=5-3|200|0123456789|-",
        "lines=1-2|200|0123456789|-",
      })
  void rangesAreServed(String range, int status, String content, String contentRange)
      throws Exception {
    HttpRequest.Builder request = server.request("/api/v1/files/0000aaaa");
    if (range != null) {
      request.header("range", range);
    }
    HttpResponse<String> response = server.send(request);
    assertEquals(status, response.statusCode());
    assertEquals(content, response.body());
    assertEquals(contentRange, response.headers().firstValue("content-range").orElse(null));
    assertEquals("audio/wav", response.headers().firstValue("content-type").orElse(""));
    assertEquals(
        "inline; filename=\"a_b.wav\"",
        response.headers().firstValue("content-disposition").orElse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=-0", "bytes=99-100"})
  void aRangeBeyondTheFileIsNotSatisfiable(String range) throws Exception {
    HttpResponse<String> response =
        server.send(server.request("/api/v1/files/0000aaaa").header("range", range));
    problem(response, 416);
    assertEquals("bytes */10", response.headers().firstValue("content-range").orElse(""));
  }

  @Test
  void aChangedFileIsServedWhole() throws Exception {
    String etag =
        server
            .send(server.request("/api/v1/files/0000aaaa"))
            .headers()
            .firstValue("etag")
            .orElse("");
    HttpRequest.Builder same =
        server
            .request("/api/v1/files/0000aaaa")
            .header("range", "bytes=0-0")
            .header("if-range", etag);
    assertEquals(206, server.send(same).statusCode());
    HttpRequest.Builder other =
        server
            .request("/api/v1/files/0000aaaa")
            .header("range", "bytes=0-0")
            .header("if-range", "\"other\"");
    assertEquals(200, server.send(other).statusCode());
    HttpRequest.Builder known =
        server.request("/api/v1/files/0000aaaa").header("if-none-match", etag);
    assertEquals(304, server.send(known).statusCode());
  }

  @Test
  void headReturnsTheHeadersOfGet() throws Exception {
    HttpResponse<String> response =
        server.send(
            server
                .request("/api/v1/files/0000aaaa")
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertEquals(200, response.statusCode());
    assertEquals("10", response.headers().firstValue("content-length").orElse(""));
    assertEquals("", response.body());
    HttpResponse<String> json =
        server.send(
            server.request("/api/v1/things/1").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertEquals("24", json.headers().firstValue("content-length").orElse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/files/../secret",
        "/api/v1/files/%2e%2e/secret",
        "/api/v1/files/..%2fsecret",
        "/api/v1/files/..%5csecret",
        "/api/v1/files/%2fetc%2fpasswd",
        "/api/v1/files//etc/passwd",
        "/api/v1/files/0000aaaa%00",
        "/api/v1/files/0000aaaa/../../secret",
        "/api/v1/files/%",
        "/api/v1/files/0000bbbb",
        "/api/v1/files/0000cccc",
        "/../../etc/passwd",
        "file:///etc/passwd",
      })
  void pathTricksReachNoFile(String path) throws Exception {
    String answer = RawHttp.send(server.port(), RawHttp.get(path));
    assertTrue(answer.matches("(?s)HTTP/1.1 40[04] .*"), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
    assertFalse(answer.contains("business") || answer.contains("root:"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/things?limit=%zz HTTP/1.1|host: x",
        "GET /api/v1/things?limit=%4 HTTP/1.1|host: x",
        "GET /api/v1/things?%ff=1 HTTP/1.1|host: x",
        "GET /api/v1/things?q=%ed%a0%80 HTTP/1.1|host: x",
        "GET /api/v1/things/%ff HTTP/1.1|host: x",
        "GET /api/v1/things HTTP/1.1",
        "GET /api/v1/things HTTP/1.1|authorization: Bearer reader",
        "GET / HTTP/1.1",
        "GET /api/v1/things HTTP/1.1|host: x|host: y",
        "GET /api/v1/things HTTP/1.1|host: x|host: x",
        "GET /api/v1/things HTTP/1.1|host: <x>",
        "GET /api/v1/things HTTP/1.1|host: x:99999999",
        "GET /api/v1/things HTTP/1.1|host: [::1",
        "GET /api/v1/things HTTP/1.1|host: x:65536",
        "GET /api/v1/things HTTP/1.1|host: [::1]:99999",
        "GET /api/v1/things HTTP/1.1|host: %zz",
        "GET /api/v1/things HTTP/1.1|host: x%2",
        "GET /api/v1/things HTTP/1.1|host: %e0%a4%a",
        "GET /api/v1/things HTTP/1.1|host: a b",
        "GET /api/v1/things HTTP/1.1|host: x|authorization: Bearer reader|authorization: Bearer x",
        "GET /api/v1/things HTTP/1.1|host: x|range: bytes=0-1|range: bytes=2-3",
        "POST /api/v1/things HTTP/1.1|host: x|content-type: text/x|content-type: application/json",
        "GET /api/v1/things HTTP/1.1|host: x|transfer-encoding: xchunked",
        "GET /api/v1/things HTTP/1.1|host: x|transfer-encoding: gzip, chunked",
      })
  void whatCanBeReadInTwoWaysIsRefusedBeforeItsKey(String request) throws Exception {
    String answer =
        RawHttp.send(server.port(), request.replace("|", "\r\n") + "\r\nconnection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
    assertTrue(answer.contains("\"faults\""), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/things/1 HTTP/1.0",
        "GET /api/v1/things/1 HTTP/1.0|host:",
        "GET /api/v1/things/1 HTTP/1.1|host: pbx.example.ir:8080",
        "GET /api/v1/things/1 HTTP/1.1|host: [fe80::1]:80",
      })
  void aHostIsWhatRealClientsSend(String request) throws Exception {
    String answer =
        RawHttp.send(
            server.port(),
            request.replace("|", "\r\n")
                + "\r\nauthorization: Bearer reader\r\nconnection: close\r\n\r\n");
    assertTrue(answer.matches("(?s)HTTP/1.[01] 200 .*"), answer);
  }

  @Test
  void theContractIsServedWithoutAKey() throws Exception {
    HttpResponse<String> response =
        server.send(server.request("/api/v1/openapi.yaml").setHeader("authorization", ""));
    assertEquals(200, response.statusCode());
    assertEquals(ThingServer.contract().text(), response.body());
  }

  @Test
  void requestsAreCountedByOperationAndStatus() throws Exception {
    server.send(server.request("/api/v1/things/1"));
    // counted once it was written, so at the latest before the next is answered
    server.send(server.request("/api/v1/things"));
    assertEquals(
        1,
        server
            .meters
            .get("tamas.http.requests")
            .tag("operation", "getThing")
            .tag("status", "200")
            .timer()
            .count());
  }

  private static JsonNode problem(HttpResponse<String> response, int status) throws Exception {
    assertEquals(status, response.statusCode(), response.body());
    assertEquals(
        "application/problem+json", response.headers().firstValue("content-type").orElse(""));
    JsonNode problem = ThingServer.problem(response);
    assertEquals(List.of(), ContractCheck.problem(response.body()));
    assertEquals(status, problem.get("status").asInt());
    return problem;
  }

  private static List<String> pointers(JsonNode problem) {
    return StreamSupport.stream(problem.get("faults").spliterator(), false)
        .map(fault -> fault.get("pointer").asText())
        .toList();
  }
}
