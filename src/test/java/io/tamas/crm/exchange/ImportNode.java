package io.tamas.crm.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.crm.ProfileFieldRoutes;
import io.tamas.crm.ProfileFields;
import io.tamas.crm.ProfileGroupRoutes;
import io.tamas.crm.ProfileGroups;
import io.tamas.crm.ProfileRoutes;
import io.tamas.crm.Profiles;
import io.tamas.db.Database;
import io.tamas.number.NumberingPlan;
import io.tamas.number.WrittenNumbers;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// A server with the phone book and its imports, whose importer can be stopped and started.
final class ImportNode implements AutoCloseable {
  static final WrittenNumbers TEHRAN = new WrittenNumbers(List.of(new NumberingPlan("IR", "21")));

  private static final Duration DEADLINE = Duration.ofSeconds(120);

  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final Profiles profiles;
  final RouteServer server;
  private final Imports imports;
  private final ImportFolder files;
  private final Uploads uploads;
  private Importer importer;

  ImportNode(Vertx vertx, Database database, Path folder, long maxBytes, long reserve)
      throws Exception {
    profiles = new Profiles(database, () -> TEHRAN);
    imports = new Imports(database, Clock.systemUTC());
    files = new ImportFolder(folder);
    uploads = new Uploads(imports, files, maxBytes, reserve);
    importer = importer();
    server =
        RouteServer.start(
            vertx,
            new ProfileRoutes(profiles, () -> TEHRAN),
            new ProfileGroupRoutes(new ProfileGroups(database)),
            new ProfileFieldRoutes(new ProfileFields(database)),
            new ImportRoutes(imports, files, uploads, () -> importer.wake()),
            new ExportRoutes(database, profiles.lists()));
  }

  private Importer importer() {
    return new Importer(imports, files, () -> TEHRAN, Clock.systemUTC(), metrics);
  }

  void startImporter() {
    importer = importer();
    importer.start();
  }

  /// Returns when the batch in work is stored.
  void stopImporter() throws Exception {
    importer.close().await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
  }

  HttpResponse<String> upload(byte[] file) throws Exception {
    return server.send(
        "POST", "/imports?name=contacts.csv", "text/csv", BodyPublishers.ofByteArray(file));
  }

  /// A file that was uploaded and read.
  JsonNode read(byte[] file) throws Exception {
    HttpResponse<String> created = upload(file);
    assertEquals(201, created.statusCode(), created::body);
    return reaches(RouteServer.json(created).get("id").asLong(), Set.of("READY", "FAILED"));
  }

  JsonNode get(long id) throws Exception {
    return RouteServer.json(server.get("/imports/" + id));
  }

  /// The import as it is in one of the states.
  JsonNode reaches(long id, Set<String> states) throws Exception {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (System.nanoTime() < end) {
      JsonNode now = get(id);
      if (states.contains(now.get("state").asText())) {
        return now;
      }
      Thread.sleep(20);
    }
    return fail("import %d is not %s but %s".formatted(id, states, get(id)));
  }

  JsonNode map(JsonNode one, String mapping) throws Exception {
    String path = "/imports/" + one.get("id").asLong() + "/mapping";
    HttpResponse<String> mapped = server.send("PUT", path, mapping);
    assertEquals(200, mapped.statusCode(), mapped::body);
    return RouteServer.json(mapped);
  }

  int post(JsonNode one, String action) throws Exception {
    return server.send("POST", "/imports/" + one.get("id").asLong() + action, "").statusCode();
  }

  /// What becomes of an import after a request.
  JsonNode after(JsonNode one, String action, String state) throws Exception {
    assertEquals(202, post(one, action));
    return reaches(one.get("id").asLong(), Set.of(state, "FAILED"));
  }

  /// Reads and runs a file with the mapping that is suggested.
  JsonNode run(byte[] file) throws Exception {
    JsonNode one = read(file);
    map(one, one.get("suggestion").toString());
    return after(one, "/run", "DONE");
  }

  static String counts(JsonNode one) {
    JsonNode counts = one.get("counts");
    return "created %d, changed %d, unchanged %d, refused %d, repeated %d"
        .formatted(
            counts.get("created").asLong(),
            counts.get("changed").asLong(),
            counts.get("unchanged").asLong(),
            counts.get("refused").asLong(),
            counts.get("repeated").asLong());
  }

  @Override
  public void close() throws Exception {
    stopImporter();
    server.close();
  }
}
