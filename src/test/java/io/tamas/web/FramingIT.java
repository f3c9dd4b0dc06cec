package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong before a request can be looked at, or within its body.
class FramingIT {
  private static final String POST =
      "POST /api/v1/things HTTP/1.1\r\nhost: x\r\nauthorization: Bearer writer\r\n"
          + "content-type: application/json\r\n";
  private static final String UPLOAD =
      "PUT /api/v1/uploads HTTP/1.1\r\nhost: x\r\nauthorization: Bearer writer\r\n"
          + "content-type: audio/wav\r\n";
  private static final String CHUNKED = "transfer-encoding: chunked\r\n\r\n";

  @TempDir private Path files;
  private ThingServer server;

  @BeforeEach
  void start() throws Exception {
    server = new ThingServer(files);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n{\"name\":\"a\"}\r\n0\r\n\r\n",
        "-5\r\n{\"nam\r\n0\r\n\r\n",
        "\r\n{}\r\n0\r\n\r\n",
        "ffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "2\r\n{}x\r\n0\r\n\r\n",
        "2;\rx\r\n{}\r\n0\r\n\r\n",
      })
  void aChunkThatIsNoneIsAnswered(String body) throws Exception {
    for (String head : new String[] {POST, UPLOAD}) {
      JsonNode problem = problem(400, RawHttp.send(server.port(), head + CHUNKED + body));
      assertEquals("body", problem.path("faults").path(0).path("pointer").asText());
      problem(400, RawHttp.send(server.port(), head + CHUNKED, body));
    }
    assertTrue(server.created.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "identity",
        "xchunked",
        "chunked;q=1",
        "\"chunked\"",
        "chunked, identity",
        "gzip, chunked",
        "chunked\r\ntransfer-encoding: chunked"
      })
  void aBodyWhoseEndIsNotKnownIsNoRequestOfItsOwn(String coding) throws Exception {
    String answers =
        RawHttp.send(
            server.port(),
            POST + "transfer-encoding: " + coding + "\r\n\r\n",
            "GET /api/v1/things/1 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer reader\r\n\r\n");
    problem(400, answers);
    assertEquals(0, answers.lastIndexOf("HTTP/1.1 "), answers);
  }

  @Test
  void nothingIsReadBehindAVersionThatIsRefused() throws Exception {
    String next = "GET /api/v1/things/1 HTTP/1.1\r\nhost: x\r\n\r\n";
    String answers = RawHttp.send(server.port(), "GET / HTTP/2.0\r\nhost: x\r\n\r\n" + next);
    problem(505, answers);
    assertEquals(0, answers.lastIndexOf("HTTP/1.1 "), answers);
  }

  @Test
  void whatIsWrongWithABodyIsAnsweredAfterTheRequestsBeforeIt() throws Exception {
    String answers =
        RawHttp.send(
            server.port(),
            "GET /api/v1/things/1 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer reader\r\n\r\n"
                + POST
                + CHUNKED
                + "zz\r\n");
    assertTrue(answers.startsWith("HTTP/1.1 200 "), answers);
    problem(400, answers.substring(answers.lastIndexOf("HTTP/1.1 ")));
  }

  @ParameterizedTest
  @CsvSource({"7500,400", "9000,414", "300000,414"})
  void aRequestLineHasABound(int length, int status) throws Exception {
    String answer =
        RawHttp.send(
            server.port(),
            "GET /api/v1/things/1?x="
                + "a".repeat(length)
                + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer reader\r\n"
                + "connection: close\r\n\r\n");
    // one that is short enough is read, and its parameter refused
    problem(status, answer);
  }

  /// It sends for longer than a quiet client is waited for.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/things/1?x=",
        "GET / HTTP/2.0\r\nhost: x\r\n\r\n",
        "PUT /api/v1/nowhere HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999\r\n\r\n"
      })
  void aClientThatSendsSlowlyReadsWhatIsWrong(String beginning) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(beginning.getBytes(StandardCharsets.ISO_8859_1));
      for (int i = 0; i < 12; i++) {
        out.write("a".repeat(50_000).getBytes(StandardCharsets.ISO_8859_1));
        Thread.sleep(250);
      }
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(answer.matches("(?s)HTTP/1[.][01] (414|505|404) .*"), answer);
    }
  }

  @ParameterizedTest
  @CsvSource({"x: %s,1", "x: a%s,400"})
  void theHeaderFieldsHaveABoundTogether(String field, int times) throws Exception {
    String fields = (field.formatted("a".repeat(20_000 / times)) + "\r\n").repeat(times);
    problem(431, RawHttp.send(server.port(), "GET / HTTP/1.1\r\nhost: x\r\n" + fields + "\r\n"));
    String trailers = POST + CHUNKED + "2\r\n{}\r\n0\r\n" + fields + "\r\n";
    problem(431, RawHttp.send(server.port(), trailers));
  }

  @ParameterizedTest
  @CsvSource({
    "GET / HTTP/2.0,505",
    "PRI * HTTP/2.0,505",
    "GET / HTTP/3.0,505",
    "GET / HTTP/0.9,505",
    "GET / HTTP/9.9,505",
    "GET / HTTP/1.2,404",
    "GET / HTTP/1.1,404",
    "GET / HTTP/1.0,404",
    "GET / HTTP/x,400",
    "GET / SIP/2.0,400",
    "GET / RTSP/1.0,400",
    "NONSENSE,400",
  })
  void aVersionOfHttpIsKnownOrRefused(String line, int status) throws Exception {
    problem(status, RawHttp.send(server.port(), line + "\r\nhost: x\r\nconnection: close\r\n\r\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "identity, gzip", "x"})
  void anEncodedBodyIsRefusedBeforeItIsRead(String coding) throws Exception {
    for (String head : new String[] {POST, UPLOAD}) {
      String answer =
          RawHttp.send(
              server.port(),
              head + "content-encoding: " + coding + "\r\ncontent-length: 20\r\n\r\nxxxx");
      assertTrue(problem(415, answer).path("detail").asText().contains("Content-Encoding"));
      assertTrue(answer.contains("accept-encoding: identity\r\n"), answer);
    }
  }

  @Test
  void identityIsNoCoding() throws Exception {
    String answer =
        RawHttp.send(
            server.port(),
            POST
                + "content-encoding: identity\r\nconnection: close\r\n"
                + "content-length: 12\r\n\r\n{\"name\":\"a\"}");
    assertTrue(answer.startsWith("HTTP/1.1 201 "), answer);
  }

  /// Returns the document.
  private static JsonNode problem(int status, String answer) throws Exception {
    assertTrue(answer.matches("(?s)HTTP/1\\.[01] " + status + " .*"), answer);
    String head = answer.toLowerCase(Locale.ROOT);
    assertTrue(head.contains("content-type: application/problem+json"), answer);
    String document = answer.substring(answer.indexOf("\r\n\r\n"));
    assertEquals(java.util.List.of(), ContractCheck.problem(document));
    return Json.mapper().readTree(document);
  }
}
