package io.tamas.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.company.CompanyYamlWriter;
import io.tamas.config.Config;
import io.tamas.db.TestServer;
import io.tamas.json.Json;
import io.tamas.lab.Eventually;
import io.tamas.lab.FreePorts;
import io.tamas.ops.JavaCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How long a whole company takes to be put in place, read and changed, by REST and with
/// PostgreSQL, in a server with the memory that it is delivered with. `args`: how many extensions
/// (default 5,000).
public final class CompanyBench {
  private static final Duration DEADLINE = Duration.ofSeconds(90);
  private static final String KEY = "key-of-the-bench-0123456789";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final int port = FreePorts.take();

  private CompanyBench(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws Exception {
    int size = args.length > 0 ? Integer.parseInt(args[0]) : 5_000;
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-company-");
    try (TestServer postgres = TestServer.startThrowAway(folder.resolve("postgres"))) {
      new CompanyBench(folder).measure(size, postgres.fresh("company_bench"));
    }
    System.exit(0);
  }

  private void measure(int size, Config.Database database) throws Exception {
    String yaml = CompanyYamlWriter.write(BenchCompany.of(size));
    Process server = start(database);
    try {
      Eventually.eventually("it answers; see " + folder, DEADLINE, this::answers);
      System.out.printf(
          "%,d extensions, %,d kB of YAML; the server holds %d MB%n",
          size, yaml.length() / 1024, most(server));
      timed("put in place (bar 10 s)", "PUT", "/company", "application/yaml", yaml);
      timed("put in place again", "PUT", "/company", "application/yaml", yaml);
      timed("compared", "POST", "/company/diff", "application/yaml", yaml);
      timed("exported", "GET", "/company", "", "");
      String one = "/extensions/10000";
      JsonNode changed = Json.mapper().readTree("{\"number\":\"10000\",\"name\":\"Changed\"}");
      timed("one extension changed", "PUT", one, "application/json", changed.toString());
      System.out.printf("the server held at most %d MB%n", most(server));
    } finally {
      server.destroy();
      server.waitFor();
    }
  }

  private void timed(String what, String method, String path, String type, String body)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    HttpResponse<String> answer = send(method, path, type, body);
    double seconds = (System.nanoTime() - begun) / 1e9;
    if (answer.statusCode() != 200) {
      throw new IOException(method + " " + path + ": " + answer.body());
    }
    System.out.printf("%-26s %6.2f s%n", what, seconds);
  }

  private HttpResponse<String> send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
            .timeout(DEADLINE)
            .header("authorization", "Bearer " + KEY)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("content-type", type);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private boolean answers() {
    try {
      return send("GET", "/extensions/1", "", "").statusCode() == 404;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private Process start(Config.Database database) throws IOException {
    JavaCommand java = JavaCommand.ofThisProcess("io.tamas.Tamas", List.of());
    ProcessBuilder command =
        new ProcessBuilder(java.line(List.of("serve")))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("tamas.log").toFile());
    command
        .environment()
        .putAll(
            Map.of(
                "TAMAS_DATABASE_URL",
                database.url(),
                "TAMAS_DATABASE_USER",
                database.user(),
                "TAMAS_DATABASE_PASSWORD",
                database.password().reveal(),
                "TAMAS_ARI_PASSWORD",
                "none",
                "TAMAS_AMI_PASSWORD",
                "none",
                "TAMAS_ARI_PORT",
                "0",
                "TAMAS_AGI_PORT",
                "0",
                "TAMAS_MANAGEMENT_PORT",
                "0",
                "TAMAS_HTTP_PORT",
                Integer.toString(port),
                "TAMAS_HTTP_API_KEY",
                KEY));
    return command.start();
  }

  /// The most memory that the process has held, in megabytes.
  private static long most(Process process) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
