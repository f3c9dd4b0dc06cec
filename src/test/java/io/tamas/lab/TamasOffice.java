package io.tamas.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tamas.call.Refold;
import io.tamas.call.history.Calls;
import io.tamas.config.Config;
import io.tamas.config.Secret;
import io.tamas.db.Database;
import io.tamas.db.TestServer;
import io.tamas.json.Json;
import io.tamas.sms.SmsPanel;
import io.tamas.web.ContractCheck;
import io.vertx.core.Vertx;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The whole of Tamas with its PostgreSQL; everything is entered through REST, as users do.
final class TamasOffice implements Office {
  private static final String DATABASE = "lab";
  private static final Duration LIVE = Duration.ofSeconds(10);

  private final AsteriskServer asterisk;
  private final TestServer postgres;
  private final Link toDatabase;
  private final TamasProcess tamas;
  private final GreenMail post = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));
  private final SmsPanel panel = new SmsPanel(200, "ok");
  private final Vertx vertx = Vertx.vertx();
  private final Refold refold;
  private final AtomicInteger names = new AtomicInteger();
  private boolean postgresRuns = true;

  TamasOffice(AsteriskServer asterisk, int ariPort, Path folder, Running running) {
    this.asterisk = asterisk;
    Path data = folder.resolve("postgres");
    this.postgres = running.durable ? TestServer.startDurable(data) : TestServer.start(data);
    Database journal = new Database(vertx, postgres.fresh(DATABASE));
    this.toDatabase = Link.to(postgres.port(), running);
    Config.Database database = postgres.config(DATABASE, toDatabase.port());
    post.start();
    int mailPort = post.getSmtp().getPort();
    List<String> options = running.javaOptions;
    this.tamas = new TamasProcess(asterisk, ariPort, database, mailPort, panel.url(), options);
    this.refold = new Refold(journal, new Calls(journal, new SimpleMeterRegistry()));
    tamas.start();
  }

  @Override
  public int nameServerPort() {
    return tamas.nameServerPort();
  }

  TamasProcess tamas() {
    return tamas;
  }

  @Override
  public Secret extension(String number, String name, boolean recorded) {
    Secret password = newExtension(number, name, recorded);
    isLive("pjsip show endpoint " + number, "Endpoint:  " + number);
    return password;
  }

  @Override
  public Secret newExtension(String number, String name, boolean recorded) {
    JsonNode made =
        send(
            "POST",
            "/extensions",
            Map.of(
                "number",
                number,
                "name",
                name,
                "groups",
                List.of(),
                "record",
                recorded ? List.of("INBOUND", "OUTBOUND", "INTERNAL") : List.of(),
                "doNotDisturb",
                false));
    return new Secret(made.path("password").asText());
  }

  @Override
  public void trunk(String name, String address, String fallback) {
    send(
        "PUT",
        "/trunks/" + name,
        Map.of(
            "name",
            name,
            "plan",
            Map.of("country", "IR", "areaCode", "21"),
            "addresses",
            List.of(address),
            "fallback",
            fallback));
    isLive("pjsip show identifies", address);
  }

  @Override
  public void trunk(
      String name, String address, String fallback, String server, Map<String, Object> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("name", name);
    body.put("plan", Map.of("country", "IR", "areaCode", "21"));
    body.put("addresses", List.of(address));
    body.put("fallback", fallback);
    body.put("server", server);
    send("PUT", "/trunks/" + name, body);
    isLive("pjsip show aor trunk-" + name, server);
  }

  /// Saved is live within 2 s; a busy machine gets more.
  private void isLive(String command, String shown) {
    Eventually.eventually(
        shown + " is in Asterisk", LIVE, () -> asterisk.console(command).contains(shown));
  }

  @Override
  public void route(
      String trunk, String number, String destination, Duration ring, boolean recorded) {
    route(trunk, number, destination, Map.of("ring", ring, "record", recorded));
  }

  @Override
  public void route(String trunk, String number, String destination, Map<String, Object> more) {
    int position = names.incrementAndGet();
    String name = "route-" + position;
    Map<String, Object> route = new HashMap<>();
    route.put("name", name);
    route.put("position", position);
    route.put("trunk", trunk);
    route.put("numbers", List.of(number));
    route.put("to", destination);
    route.put("ring", LIVE);
    route.putAll(more);
    send("PUT", "/inbound-routes/" + name, route);
  }

  @Override
  public String ringAll(List<String> extensions, Duration ring) {
    return group("RING_ALL", extensions, ring);
  }

  @Override
  public String ringInOrder(List<String> extensions, Duration ring) {
    return group("IN_ORDER", extensions, ring);
  }

  private String group(String strategy, List<String> members, Duration ring) {
    String name = "group-" + names.incrementAndGet();
    send(
        "PUT",
        "/ring-groups/" + name,
        Map.of("name", name, "strategy", strategy, "members", members, "ring", ring));
    return "ring-group:" + name;
  }

  @Override
  public String announcement(String sound) {
    String name = "prompt-" + names.incrementAndGet();
    send("PUT", "/prompts/" + name, Map.of("name", name, "sound", sound));
    return "announcement:" + name;
  }

  @Override
  public String part(String kind, Map<String, Object> fields) {
    String name = "part-" + names.incrementAndGet();
    Map<String, Object> body = new HashMap<>(fields);
    body.put("name", name);
    send("PUT", "/" + kind + "/" + name, body);
    return name;
  }

  @Override
  public void says(String extension, Map<String, Object> fields) {
    Map<String, Object> body = new HashMap<>();
    get("/extensions/" + extension)
        .properties()
        .forEach(field -> body.put(field.getKey(), field.getValue()));
    body.putAll(fields);
    send("PUT", "/extensions/" + extension, body);
  }

  @Override
  public void profile(String name, String number) {
    send(
        "POST",
        "/profiles",
        Map.of("kind", "person", "name", name, "numbers", List.of(Map.of("number", number))));
  }

  @Override
  public URI address(String path) {
    return tamas.api(path);
  }

  @Override
  public String key() {
    return TamasProcess.KEY;
  }

  @Override
  public JsonNode get(String path) {
    return send("GET", path, Map.of());
  }

  @Override
  public JsonNode send(String method, String path, Map<String, Object> body) {
    return send(TamasProcess.KEY, method, path, body);
  }

  @Override
  public JsonNode send(String key, String method, String path, Map<String, Object> body) {
    HttpRequest.Builder request = request(key, path);
    String answer =
        body.isEmpty()
            ? send(method, path, request, BodyPublishers.noBody())
            : send(
                method,
                path,
                request.header("content-type", "application/json"),
                BodyPublishers.ofString(Json.write(body)));
    return answer.isEmpty() ? MissingNode.getInstance() : Json.read(answer, JsonNode.class);
  }

  @Override
  public void audio(String prompt, String language, byte[] wav) {
    String path = "/prompts/" + prompt + "/audio/" + language;
    HttpRequest.Builder request = request(path).header("content-type", "audio/wav");
    send("PUT", path, request, BodyPublishers.ofByteArray(wav));
  }

  /// What was answered, which is success and as the contract says.
  private String send(String method, String path, HttpRequest.Builder request, BodyPublisher body) {
    HttpResponse<String> answer =
        ask(request.method(method, body).build(), BodyHandlers.ofString());
    ContractCheck.answers(method, path, answer);
    if (answer.statusCode() >= 300) {
      throw new AssertionError(method + " " + path + ": " + answer.body());
    }
    return answer.body();
  }

  private HttpRequest.Builder request(String path) {
    return request(TamasProcess.KEY, path);
  }

  private HttpRequest.Builder request(String key, String path) {
    return HttpRequest.newBuilder(tamas.api(path))
        .timeout(LIVE)
        .header("authorization", "Bearer " + key);
  }

  @Override
  public HttpResponse<byte[]> download(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return ask(request.build(), BodyHandlers.ofByteArray());
  }

  @Override
  public HttpResponse<String> manage(String path) {
    return ask(tamas.management(path), BodyHandlers.ofString());
  }

  @Override
  public URI management() {
    return tamas.management("").uri();
  }

  @Override
  public Connection reports() throws SQLException {
    return postgres.connect(DATABASE, "tamas_report", TamasProcess.REPORT_PASSWORD);
  }

  private <T> HttpResponse<T> ask(HttpRequest request, BodyHandler<T> body) {
    try {
      return tamas.http().send(request, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw AsteriskServer.interrupted(e);
    }
  }

  @Override
  public ReceivedEvents events(String query) {
    return events(TamasProcess.KEY, query);
  }

  @Override
  public ReceivedEvents events(String key, String query) {
    String address = tamas.api("/events" + query).toString().replaceFirst("^http", "ws");
    return ReceivedEvents.at(vertx, URI.create(address), key);
  }

  @Override
  public Map<String, ProcessHandle> processes() {
    Map<String, ProcessHandle> running = new HashMap<>();
    tamas.handle().ifPresent(handle -> running.put("Tamas", handle));
    running.put("PostgreSQL", postgres.handle());
    return running;
  }

  @Override
  public long journalBytes() {
    try (Connection connection = postgres.connect(DATABASE);
        Statement statement = connection.createStatement();
        ResultSet bytes =
            statement.executeQuery("select coalesce(sum(read_to), 0) from journal_file")) {
      bytes.next();
      return bytes.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public List<MimeMessage> mailsTo(String address) {
    return Stream.of(post.getReceivedMessages())
        .filter(mail -> recipient(mail).equals(address))
        .toList();
  }

  @Override
  public List<String> textsTo(String mobile) {
    return panel.asked().stream()
        .filter(asked -> asked.field("to").equals(mobile.substring(1)))
        .map(asked -> asked.field("text"))
        .toList();
  }

  private static String recipient(MimeMessage mail) {
    try {
      return mail.getAllRecipients()[0].toString();
    } catch (MessagingException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public List<String> recordsUnlikeTheJournal() {
    return refold.run(false).ids();
  }

  @Override
  public void freezes() {
    tamas.freeze();
  }

  @Override
  public void dies() {
    tamas.kill();
  }

  @Override
  public boolean isReady() {
    return tamas.isReady();
  }

  @Override
  public Link toDatabase() {
    return toDatabase;
  }

  @Override
  public void losesItsDatabase() {
    postgres.stop();
    postgresRuns = false;
  }

  @Override
  public void recovers() {
    if (!postgresRuns) {
      postgres.start();
      postgresRuns = true;
    }
    tamas.recover();
    Eventually.eventually("Tamas is ready", Duration.ofSeconds(60), tamas::isReady);
  }

  @Override
  public void close() {
    tamas.close();
    vertx.close();
    post.stop();
    panel.close();
    toDatabase.close();
    postgres.close();
  }
}
