package io.tamas.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.config.Config;
import io.tamas.crm.DuplicateRoutes;
import io.tamas.crm.Duplicates;
import io.tamas.crm.exchange.ImportFolder;
import io.tamas.crm.exchange.ImportRoutes;
import io.tamas.crm.exchange.Importer;
import io.tamas.crm.exchange.Imports;
import io.tamas.crm.exchange.Uploads;
import io.tamas.db.Database;
import io.tamas.db.TestServer;
import io.tamas.number.NumberingPlan;
import io.tamas.number.WrittenNumbers;
import io.tamas.text.Folding;
import io.tamas.web.RouteServer;
import io.vertx.core.Vertx;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.postgresql.PGConnection;

/// Imports a CSV file of 1,000,000 persons, each with a number and an address, and stores the same
/// by a bare `COPY` into the same tables with the same indexes. Then reads and tries a workbook
/// with three tenths of them. Tells how much more of the heap is alive meanwhile. `./tamas bench
/// import [persons]`.
public final class ImportBench {
  private static final WrittenNumbers NUMBERS =
      new WrittenNumbers(List.of(new NumberingPlan("IR", "21")));

  private static final List<String> FIRST =
      List.of("سارا", "علی", "محمد", "زهرا", "Ahmet", "Ayşe", "Иван", "Анна", "John", "Mary");

  private static final List<String> LAST =
      List.of("احمدی", "کریمی", "نوری", "Yılmaz", "Demir", "Иванов", "Кузнецова", "Smith");

  private static final long UNTIL_LOOK = 200;
  private static final int FLUSHED = 1_000;

  private final int count;
  private final Path folder;

  private ImportBench(int count, Path folder) {
    this.count = count;
    this.folder = folder;
  }

  public static void main(String[] arguments) throws Exception {
    int persons = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench-import-");
    try (TestServer postgres = TestServer.startThrowAway(folder.resolve("postgres"))) {
      new ImportBench(persons, folder).run(postgres);
    }
  }

  private void run(TestServer postgres) throws Exception {
    postgres.fresh("copy_bench");
    double copied;
    try (Connection connection = postgres.connect("copy_bench")) {
      copied = copy(connection);
    }
    System.out.printf("COPY    %,9.0f rows/s%n", copied);
    Config.Database config = postgres.fresh("import_bench");
    try (Node node = new Node(config, folder.resolve("imports"))) {
      double imported = imported(node, csv());
      System.out.printf("import  %,9.0f rows/s, %.2f of COPY%n", imported, imported / copied);
      duplicates(node);
    }
    config = postgres.fresh("workbook_bench");
    Path workbook = workbook(count * 3 / 10);
    try (Node node = new Node(config, folder.resolve("workbooks"))) {
      tried(node, workbook, count * 3 / 10);
    }
  }

  private static String name(int i) {
    return "%s %s %d".formatted(FIRST.get(i % 10), LAST.get(i / 10 % 8), i);
  }

  private static String number(int i) {
    return "%07d".formatted(i * 7919L % 10_000_000);
  }

  private Path file(String name, IntFunction<String> line) throws IOException {
    Path file = folder.resolve(name);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < count; i++) {
        out.write(line.apply(i));
        out.newLine();
      }
    }
    return file;
  }

  private double copy(Connection connection) throws Exception {
    Path profiles =
        file(
            "profiles.copy",
            i ->
                "%d\tperson\t%s\t%s\t%d\t{}\t{p%d@example.ir}\tp%d@example.ir\t[]"
                    .formatted(i + 1, name(i), Folding.fold(name(i)), Folding.VERSION, i, i));
    Path numbers =
        file("numbers.copy", i -> "%d\t1\t+98912%s\t\t0\tMOBILE\tt".formatted(i + 1, number(i)));
    long start = System.nanoTime();
    connection.setAutoCommit(false);
    copy(
        connection,
        "profile (id, kind, name, search, folding, fields, emails, emails_search, field_values)",
        profiles);
    copy(
        connection,
        "profile_number (profile, position, number, label, priority, type, main)",
        numbers);
    connection.commit();
    double seconds = (System.nanoTime() - start) / 1e9;
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("checkpoint");
    }
    return count / seconds;
  }

  private static void copy(Connection connection, String table, Path file) throws Exception {
    try (Reader rows = Files.newBufferedReader(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy " + table + " from stdin", rows);
    }
  }

  private Path csv() throws IOException {
    return file(
        "persons.csv",
        i ->
            i == 0
                ? "name,mobile,email"
                : "%s,0912%s,p%d@example.ir".formatted(name(i), number(i), i));
  }

  private Path workbook(int rows) throws IOException {
    Path file = folder.resolve("persons.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        Workbook workbook = new Workbook(out, "bench", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("persons");
      List<String> heads = List.of("name", "mobile", "email");
      for (int i = 0; i < rows; i++) {
        List<String> cells =
            i == 0 ? heads : List.of(name(i), "0912" + number(i), "p%d@example.ir".formatted(i));
        for (int column = 0; column < cells.size(); column++) {
          // shared by the cells of the workbook, as spreadsheets write texts
          sheet.value(i, column, cells.get(column));
        }
        if (i % FLUSHED == 0) {
          sheet.flush();
        }
      }
    }
    return file;
  }

  /// Reads and tries a file; where the import is.
  private static String tried(Node node, Path file, int rows) throws Exception {
    String kind = file.toString().endsWith(".csv") ? "CSV" : "XLSX";
    try (LiveHeap heap = LiveHeap.watched()) {
      long uploaded = System.nanoTime();
      HttpResponse<String> created =
          node.server.send("POST", "/imports", "text/csv", BodyPublishers.ofFile(file));
      String path = "/imports/" + RouteServer.json(created).get("id").asLong();
      JsonNode ready = reaches(node.server, path, "READY");
      System.out.printf("read    %,9.0f rows/s, %s, %s%n", rows / seconds(uploaded), kind, heap);
      node.server.send("PUT", path + "/mapping", ready.get("suggestion").toString());
      long tried = System.nanoTime();
      node.server.send("POST", path + "/dry-run", "");
      System.out.println(reaches(node.server, path, "CHECKED").get("counts"));
      System.out.printf("dry run %,9.0f rows/s, %s, %s%n", rows / seconds(tried), kind, heap);
      return path;
    }
  }

  private double imported(Node node, Path csv) throws Exception {
    String path = tried(node, csv, count);
    try (LiveHeap heap = LiveHeap.watched()) {
      long start = System.nanoTime();
      node.server.send("POST", path + "/run", "");
      JsonNode done = reaches(node.server, path, "DONE");
      double rate = count / seconds(start);
      System.out.println(done.get("counts"));
      System.out.println("heap    " + heap);
      return rate;
    }
  }

  /// None is a duplicate, so that the first page is that of all of them.
  private static void duplicates(Node node) throws Exception {
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      HttpResponse<String> page = node.server.get("/profiles/duplicates?limit=50");
      System.out.printf("duplicates' first page %.0f ms %s%n", seconds(start) * 1000, page.body());
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static JsonNode reaches(RouteServer server, String path, String state) throws Exception {
    while (true) {
      JsonNode now = RouteServer.json(server.get(path));
      String is = now.get("state").asText();
      if (is.equals(state)) {
        return now;
      }
      if (is.equals("FAILED")) {
        throw new IllegalStateException(now.toString());
      }
      Thread.sleep(UNTIL_LOOK);
    }
  }

  /// A server that imports.
  private static final class Node implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Database database;
    private final Importer importer;
    private final RouteServer server;

    Node(Config.Database config, Path folder) throws Exception {
      database = new Database(vertx, config);
      Imports imports = new Imports(database, Clock.systemUTC());
      ImportFolder files = new ImportFolder(folder);
      importer =
          new Importer(imports, files, () -> NUMBERS, Clock.systemUTC(), new SimpleMeterRegistry());
      importer.start();
      Uploads uploads = new Uploads(imports, files, Integer.MAX_VALUE, 0);
      server =
          RouteServer.start(
              vertx,
              new ImportRoutes(imports, files, uploads, importer::wake),
              new DuplicateRoutes(new Duplicates(database)));
    }

    @Override
    public void close() throws Exception {
      importer.close().await(60, TimeUnit.SECONDS);
      server.close();
      database.close().await(5, TimeUnit.SECONDS);
      vertx.close().await(5, TimeUnit.SECONDS);
    }
  }
}
