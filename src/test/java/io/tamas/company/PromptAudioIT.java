package io.tamas.company;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.config.Config;
import io.tamas.db.TestDatabase;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Uploads over HTTP, with a converter that needs no program: it puts `8k:` before what it is
/// given.
class PromptAudioIT {
  private static final Config.Database CONFIG = TestDatabase.fresh(PromptAudioIT.class);
  private static final String PATH = "/prompts/welcome/audio/";

  @TempDir private static Path folder;
  private static Vertx vertx;
  private static CompanyNode node;
  private static PromptStore store;
  private static RouteServer server;

  @BeforeAll
  static void start() throws Exception {
    vertx = Vertx.vertx();
    node = new CompanyNode(CONFIG, folder.resolve("company.json"));
    store = new PromptStore(folder.resolve("prompts"));
    server =
        RouteServer.start(
            vertx,
            new PromptAudioRoutes(node.companies, store, PromptAudioIT::convert),
            new PartRoutes(node.companies, node.snapshot));
  }

  @AfterAll
  static void close() throws Exception {
    server.close();
    node.close();
    vertx.close().await(5, TimeUnit.SECONDS);
  }

  @BeforeEach
  void wholeCompany() {
    node.replaceAll(Company.empty());
    assertEquals(List.of(), node.replaceAll(Yamls.whole()));
  }

  private static void convert(Path in, Path out) throws SoundFault {
    try {
      String text = Files.readString(in);
      if (text.startsWith("text")) {
        throw new SoundFault.Refused("is neither WAV nor OGG");
      }
      if (text.startsWith("away")) {
        throw new SoundFault.Unavailable("sox cannot be run");
      }
      Files.writeString(out, "8k:" + text);
    } catch (IOException e) {
      throw new SoundFault.Unavailable("disk");
    }
  }

  @Test
  void audioIsUploadedPlayedReplacedAndDeleted() throws Exception {
    HttpResponse<String> put = put("tr", "RIFF one");
    JsonNode prompt = json(put, 200);
    String name = prompt.path("audio").path("tr").asText();
    assertEquals(PromptFiles.sha256("8k:RIFF one".getBytes()), name);
    assertEquals(
        Sounds.FOLDER + name,
        Sounds.of(node.snapshot.get().prompt("welcome"), List.of("tr", "en")));
    assertEquals("8k:RIFF one", Files.readString(store.file(name)));

    HttpResponse<String> heard = server.get(PATH + "tr");
    assertEquals("8k:RIFF one", heard.body());
    assertEquals("audio/wav", heard.headers().firstValue("content-type").orElse(""));
    assertEquals("RIFF", server.send("GET", PATH + "tr", "", "range", "bytes=3-6").body());

    json(put("tr", "RIFF two"), 200);
    assertEquals("8k:RIFF two", server.get(PATH + "tr").body());
    JsonNode deleted = json(server.send("DELETE", PATH + "tr", ""), 200);
    assertEquals(Map.of("fa", "a".repeat(64)).keySet(), names(deleted.path("audio")));
    assertEquals(404, server.get(PATH + "tr").statusCode());
    assertEquals(404, server.send("DELETE", PATH + "tr", "").statusCode());
  }

  @Test
  void aSynthesisedTextIsPlayedIfThereIsNoAudio() throws Exception {
    assertEquals(404, server.get(PATH + "en").statusCode());
    store.put(PromptFiles.nameOf("en", "Welcome"), out -> convert(text("spoken"), out));
    assertEquals("8k:spoken", server.get(PATH + "en").body());
  }

  @Test
  void whatIsNoSoundIsRefusedNamingTheRule() throws Exception {
    JsonNode refused = json(put("tr", "text is no sound"), 422);
    assertEquals(
        "[{\"pointer\":\"body\",\"detail\":\"is neither WAV nor OGG\"}]",
        refused.path("faults").toString());
    json(put("tr", "away"), 503);
    assertEquals(
        415,
        server.send("PUT", PATH + "tr", "video/mp4", BodyPublishers.ofString("RIFF")).statusCode());
    assertTrue(Arrays.stream(files()).noneMatch(file -> file.startsWith("new-")));
  }

  @Test
  void moreThanTwentyMebibytesAreRefused() throws Exception {
    byte[] most = new byte[20 << 20];
    assertEquals(
        200,
        server
            .send("PUT", PATH + "tr", "audio/wav", BodyPublishers.ofByteArray(most))
            .statusCode());
    byte[] more = new byte[(20 << 20) + 1];
    assertEquals(
        413,
        server
            .send("PUT", PATH + "tr", "audio/wav", BodyPublishers.ofByteArray(more))
            .statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/prompts/..%2f..%2fetc/audio/fa",
        "/prompts/welcome/audio/..%2f..%2fetc",
        "/prompts/welcome/audio/fa%00",
        "/prompts/welcome/audio/farsi",
        "/prompts/none/audio/fa",
      })
  void aNameIsNeverAPath(String path) throws Exception {
    String[] before = files();
    for (String method : List.of("PUT", "GET", "DELETE")) {
      HttpResponse<String> answer =
          method.equals("PUT")
              ? server.send(method, path, "audio/wav", BodyPublishers.ofString("RIFF"))
              : server.send(method, path, "");
      assertTrue(answer.statusCode() == 400 || answer.statusCode() == 404, answer.body());
    }
    assertArrayEquals(before, files());
  }

  @Test
  void anUploadOfAnOlderVersionIsRefused() throws Exception {
    String etag = server.get("/prompts/welcome").headers().firstValue("etag").orElseThrow();
    json(put("tr", "RIFF one", "if-match", etag), 200);
    json(put("en", "RIFF two", "if-match", etag), 412);
  }

  @Test
  void aPromptIsNotLeftWithNothing() throws Exception {
    node.companies.put(
        Yamls.part("prompt: {name: only, audio: {fa: " + "b".repeat(64) + "}}"),
        java.util.Optional.empty());
    JsonNode refused = json(server.send("DELETE", "/prompts/only/audio/fa", ""), 422);
    assertEquals(
        "must have a sound, texts or audio",
        refused.path("faults").path(0).path("detail").asText());
  }

  private static HttpResponse<String> put(String language, String body, String... headers)
      throws Exception {
    return server.send("PUT", PATH + language, "audio/wav", BodyPublishers.ofString(body), headers);
  }

  private static Path text(String text) {
    try {
      return Files.writeString(folder.resolve("in"), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String[] files() throws IOException {
    try (Stream<Path> all = Files.list(Files.createDirectories(folder.resolve("prompts")))) {
      return all.map(file -> file.getFileName().toString()).sorted().toArray(String[]::new);
    }
  }

  private static java.util.Set<String> names(JsonNode object) {
    java.util.Set<String> names = new java.util.HashSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static JsonNode json(HttpResponse<String> answer, int status) throws Exception {
    assertEquals(status, answer.statusCode(), answer.body());
    return RouteServer.json(answer);
  }
}
