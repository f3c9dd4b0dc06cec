package io.tamas.web;

import static io.tamas.lab.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bodies that are no JSON: texts and uploads.
class BodyIT {
  private static final int UPLOAD = 3_000_000;

  @TempDir private Path files;
  private ThingServer server;
  private Set<Path> before = Set.of();

  @BeforeEach
  void start() throws Exception {
    server = new ThingServer(files);
    before = uploads();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aTextMayBeLargerThanJsonAndIsAnsweredWithHeaders() throws Exception {
    String text = "سلام\n".repeat(2_000);
    HttpResponse<String> answer =
        put("/api/v1/texts", "application/yaml; charset=utf-8", BodyPublishers.ofString(text));
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals(text, answer.body());
    assertEquals("\"7\"", answer.headers().firstValue("etag").orElse(""));
    assertEquals("application/yaml", answer.headers().firstValue("content-type").orElse(""));
  }

  @ParameterizedTest
  @CsvSource({
    "413, application/yaml, 20001",
    "415, application/json, 10",
    "415, text/plain, 10",
    "415, application/yamlx, 10",
  })
  void aTextOfAnotherKindOrSizeIsRefused(int status, String type, int size) throws Exception {
    assertEquals(
        status, put("/api/v1/texts", type, BodyPublishers.ofString("x".repeat(size))).statusCode());
  }

  @Test
  void whatIsNoUtf8IsRefused() throws Exception {
    byte[] broken = {'a', (byte) 0xC3, 'b'};
    HttpResponse<String> answer =
        put("/api/v1/texts", "application/yaml", BodyPublishers.ofByteArray(broken));
    assertEquals(400, answer.statusCode());
    assertEquals("body must be UTF-8", ThingServer.problem(answer).path("detail").asText());
  }

  @Test
  void anUploadIsInAFileUntilItIsAnswered() throws Exception {
    byte[] audio = new byte[UPLOAD];
    HttpResponse<String> answer =
        put("/api/v1/uploads", "audio/ogg", BodyPublishers.ofByteArray(audio));
    assertEquals(200, answer.statusCode(), answer.body());
    String[] told = answer.body().split(" ");
    assertEquals(UPLOAD, Integer.parseInt(told[1]));
    assertFalse(Files.exists(Path.of(told[0])));
    assertEquals(
        415, put("/api/v1/uploads", "video/mp4", BodyPublishers.ofByteArray(audio)).statusCode());
  }

  @Test
  void anUploadThatIsAnnouncedTooLargeIsRefusedBeforeItComes() throws Exception {
    String answer = RawHttp.send(server.port(), head("content-length: 500000000\r\n"));
    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    assertEquals(before, uploads());
  }

  @Test
  void anUploadThatTurnsOutTooLargeIsCutOffAndLeavesNoFile() throws Exception {
    HttpResponse<String> answer =
        put(
            "/api/v1/uploads",
            "audio/wav",
            BodyPublishers.ofByteArrays(() ->
                java.util.stream.Stream.generate(() -> new byte[8192]).limit(400).iterator()));
    assertEquals(413, answer.statusCode());
    noUploadStays();
  }

  @Test
  void anUploadWhoseClientVanishesLeavesNoFile() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket
          .getOutputStream()
          .write((head("content-length: 100000\r\n") + "x".repeat(5_000)).getBytes(UTF_8));
      socket.getOutputStream().flush();
      eventually("it is being written", Duration.ofSeconds(5), () -> !uploads().equals(before));
    }
    noUploadStays();
  }

  @Test
  void anUploadThatStallsIsRefusedAndLeavesNoFile() throws Exception {
    String answer =
        RawHttp.send(server.port(), head("content-length: 100000\r\n") + "x".repeat(5_000));
    assertTrue(answer.startsWith("HTTP/1.1 408"), answer);
    noUploadStays();
  }

  private void noUploadStays() {
    eventually("no file stays", Duration.ofSeconds(5), () -> before.containsAll(uploads()));
  }

  private static String head(String more) {
    return "PUT /api/v1/uploads HTTP/1.1\r\nhost: x\r\nauthorization: Bearer writer\r\n"
        + "content-type: audio/wav\r\n"
        + more
        + "\r\n";
  }

  private HttpResponse<String> put(String path, String type, BodyPublisher body) throws Exception {
    return server.send(
        HttpRequest.newBuilder(server.request(path).build(), (_, _) -> true)
            .header("content-type", type)
            .PUT(body));
  }

  private static Set<Path> uploads() {
    try (var all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(file -> file.toString().endsWith(".upload")).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
