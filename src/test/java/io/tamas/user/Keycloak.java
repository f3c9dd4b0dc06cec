package io.tamas.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import io.tamas.lab.Eventually;
import io.tamas.lab.FreePorts;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A real Keycloak on loopback, with the realm `office` of the resources and a database in memory.
final class Keycloak implements AutoCloseable {
  private static final String REALM = "/keycloak/office-realm.json";
  private static final String ADMINISTRATOR = "chief";
  private static final String PASSWORD = "password of the chief";

  /// Where the build has unpacked it.
  private static final Path UNPACKED = Path.of("target/keycloak").toAbsolutePath();

  /// On a machine that has much else to do.
  private static final Duration READY = Duration.ofMinutes(4);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final int port = FreePorts.take();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;

  Keycloak() throws IOException {
    Path home = home();
    Path realms = Files.createDirectories(home.resolve("data/import"));
    try (InputStream realm = Keycloak.class.getResourceAsStream(REALM)) {
      Files.copy(
          Objects.requireNonNull(realm, REALM),
          realms.resolve("office-realm.json"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Path log = UNPACKED.resolve("keycloak.log");
    ProcessBuilder builder =
        new ProcessBuilder(command(home)).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMINISTRATOR);
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD);
    process = builder.start();
    try {
      Eventually.eventually("Keycloak answers, or see " + log, READY, this::isReady);
    } catch (AssertionError e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static Path home() throws IOException {
    try (Stream<Path> files = Files.list(UNPACKED)) {
      return files
          .filter(file -> Files.exists(file.resolve("lib/quarkus-run.jar")))
          .findFirst()
          .orElseThrow(() -> new IOException("no Keycloak in " + UNPACKED));
    }
  }

  /// What its own script starts, once it is built: as it is delivered is good enough, and building
  /// it for another database takes half a minute.
  private List<String> command(Path home) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin/java").toString(),
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dkc.config.built=true",
        "-Dkc.home.dir=" + home,
        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
        "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
            + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
        "--add-opens=java.base/java.util=ALL-UNNAMED",
        "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
        "--add-opens=java.base/java.security=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        home.resolve("lib/quarkus-run.jar").toString(),
        "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
        "start",
        "--db=dev-mem",
        "--cache=local",
        "--http-enabled=true",
        "--http-host=127.0.0.1",
        "--http-port=" + port,
        "--hostname-strict=false",
        "--import-realm");
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new AssertionError("Keycloak has ended: see " + UNPACKED.resolve("keycloak.log"));
    }
    try {
      return send("GET", "/realms/office/.well-known/openid-configuration", "", Map.of())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  int port() {
    return port;
  }

  /// Of the realm.
  String issuer() {
    return "http://127.0.0.1:" + port + "/realms/office";
  }

  /// From now on tokens are signed by a new key, and the one before is gone.
  void rotateKeys() throws IOException {
    List<String> before = signingKeys();
    administrate(
        201,
        "POST",
        "/components",
        Map.of(
            "name",
            "rotated",
            "providerId",
            "rsa-generated",
            "providerType",
            "org.keycloak.keys.KeyProvider",
            "config",
            Map.of("priority", List.of("200"), "algorithm", List.of("RS256"))));
    for (String component : before) {
      administrate(204, "DELETE", "/components/" + component, Map.of());
    }
  }

  /// The components that have keys for RS256.
  private List<String> signingKeys() throws IOException {
    List<String> components = new ArrayList<>();
    for (JsonNode key : administrate(200, "GET", "/keys", Map.of()).path("keys")) {
      if (key.path("algorithm").asText().equals("RS256")) {
        components.add(key.path("providerId").asText());
      }
    }
    return components;
  }

  void enable(String user, boolean enabled) throws IOException {
    String id =
        administrate(200, "GET", "/users?exact=true&username=" + user, Map.of())
            .path(0)
            .path("id")
            .asText();
    administrate(204, "PUT", "/users/" + id, Map.of("enabled", enabled));
  }

  private JsonNode administrate(int status, String method, String path, Map<String, ?> body)
      throws IOException {
    Map<String, String> headers =
        Map.of("authorization", "Bearer " + token(), "content-type", "application/json");
    HttpResponse<String> answer =
        send(
            method,
            "/admin/realms/office" + path,
            method.equals("GET") ? "" : Json.write(body),
            headers);
    return json(status, answer);
  }

  private String token() throws IOException {
    String form =
        FakeIssuer.form(
            Map.of(
                "grant_type",
                "password",
                "client_id",
                "admin-cli",
                "username",
                ADMINISTRATOR,
                "password",
                PASSWORD));
    Map<String, String> headers = Map.of("content-type", "application/x-www-form-urlencoded");
    return json(200, send("POST", "/realms/master/protocol/openid-connect/token", form, headers))
        .path("access_token")
        .asText();
  }

  private static JsonNode json(int status, HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() != status) {
      throw new AssertionError(status + " expected: " + answer.statusCode() + answer.body());
    }
    return Json.mapper().readTree(answer.body());
  }

  private HttpResponse<String> send(
      String method, String path, String body, Map<String, String> headers) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    http.close();
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
