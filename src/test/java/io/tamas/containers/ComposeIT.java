package io.tamas.containers;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tamas.config.Secret;
import io.tamas.config.SipTransport;
import io.tamas.json.Json;
import io.tamas.lab.DeskPhone;
import io.tamas.lab.PhoneNetwork;
import io.tamas.lab.Trust;
import io.tamas.ops.AsteriskHome;
import io.tamas.ops.AsteriskProcess;
import io.tamas.ops.Instance;
import io.tamas.ops.InstanceFolder;
import io.tamas.ops.LeastRights;
import io.tamas.ops.Port;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `docker compose up`, with phones on another network than the machine.
@NeedsEngine
class ComposeIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final List<String> SERVICES =
      List.of("postgres", "network", "asterisk", "tamas", "prometheus");

  @TempDir private static Path folder;
  private static PhoneNetwork network;
  private static Composed tamas;
  private static Instance instance;
  private static Map<String, Secret> phones;
  private static String apiKey;

  @BeforeAll
  static void up() throws Exception {
    network = new PhoneNetwork();
    tamas = new Composed("tamas-it-", network.machine()).build();
    Docker.Run up = tamas.up();
    assertEquals(0, up.status(), () -> up.output() + "\n" + tamas.logs());
    instance = InstanceFolder.choose(folder.resolve("data"), tamas.ports());
    // what the phones need of an instance
    Files.createDirectories(instance.data().resolve("tls"));
    Files.createDirectories(instance.data().resolve("asterisk/tmp"));
    Files.writeString(instance.data().resolve("asterisk/hosts"), "127.0.0.1 localhost\n");
    tamas.copy("tamas", "/instance/tls/ca.pem", instance.data().resolve("tls/ca.pem"));
    String printed = tamas.exec("tamas", "tamas", "demo").succeeded().output();
    assertTrue(printed.contains("account 101    password in /instance/secrets.yaml"), printed);
    phones =
        accounts(
            tamas
                .exec("tamas", "sed", "1,/^phones:/d", "/instance/secrets.yaml")
                .succeeded()
                .output());
    apiKey = secret("api-key");
  }

  @AfterAll
  static void down() {
    if (tamas != null) {
      tamas.close();
      assertEquals("", tamas.left());
    }
    if (network != null) {
      network.close();
    }
  }

  /// As stored: `"101": password`.
  private static Map<String, Secret> accounts(String printed) {
    return printed
        .lines()
        .map(line -> line.replaceAll("[\"':]", " ").strip().split("\\s+"))
        .filter(words -> words.length == 2)
        .collect(Collectors.toMap(words -> words[0], words -> new Secret(words[1])));
  }

  private static String secret(String name) {
    String line = tamas.exec("tamas", "grep", name, "/instance/secrets.yaml").succeeded().output();
    return line.replaceAll(".*: *\"?([^\"]*)\"?", "$1").strip();
  }

  @Test
  void aCallFromOutsideIsRecordedInTheContainers() {
    String output = tamas.exec("tamas", "tamas", "call", "--talk", "2").succeeded().output();
    assertTrue(output.contains("status       ANSWERED"), output);
    assertTrue(output.contains("  ready  "), output);
  }

  @Test
  void phonesOnTheNetworkTalkByTlsAndByUdpAndTheirCallIsServedByHttps() throws Exception {
    try (DeskPhone tls = phone("102");
        DeskPhone udp = phone("103")) {
      tls.encrypts().registers(password("102"), SipTransport.TLS);
      udp.registers(password("103"), SipTransport.UDP);
      tls.calls(udp);
      udp.answers().hears(tls);
      tls.hears(udp).hangsUp();
      tls.sees("RTP/SAVP");
      eventually("its record", DEADLINE, () -> answeredCalls("103") == 1);
    }
  }

  private static DeskPhone phone(String number) throws Exception {
    AsteriskHome programs =
        AsteriskHome.obtain(
            AsteriskProcess.home(System.getenv()), Map.of("TAMAS_ASTERISK", "root"));
    return new DeskPhone(network, programs, instance, number);
  }

  private static Secret password(String extension) {
    return Objects.requireNonNull(phones.get(extension));
  }

  private static int answeredCalls(String from) {
    String query = "/api/v1/calls?status=ANSWERED&extension=" + from;
    URI address =
        URI.create("https://" + network.machine() + ":" + instance.port(Port.HTTPS) + query);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Authorization", "Bearer " + apiKey);
    try (HttpClient client =
        HttpClient.newBuilder().sslContext(Trust.in(instance.certificates().authority())).build()) {
      return get(client, request).path("items").size();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Nothing while Prometheus does not answer.
  private static JsonNode found(HttpClient client, URI query) {
    try {
      HttpResponse<String> answer = send(client, HttpRequest.newBuilder(query));
      return answer.statusCode() == 200
          ? Json.mapper().readTree(answer.body())
          : MissingNode.getInstance();
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static JsonNode get(HttpClient client, HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer = send(client, request);
      assertEquals(200, answer.statusCode(), answer::body);
      return Json.mapper().readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
      throws IOException {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void prometheusHasTheMetricsOfTamas() {
    isAskedByPrometheus();
  }

  private static void isAskedByPrometheus() {
    URI query =
        URI.create("http://127.0.0.1:%d/api/v1/query?query=up".formatted(tamas.prometheus()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      eventually(
          "Prometheus has asked Tamas",
          DEADLINE,
          () -> found(client, query).at("/data/result/0/value/1").asText().equals("1"));
    }
  }

  @Test
  void dashboardsReadTheDatabaseAndNothingElse() {
    assertEquals("UTC", asDashboard("select zone from company").succeeded().output());
    for (String sql :
        List.of(
            "select name from public.api_key",
            "select pg_advisory_lock(1)",
            "select lo_create(0)")) {
      assertTrue(asDashboard(sql).output().contains("permission denied"), sql);
    }
  }

  private static Docker.Run asDashboard(String sql) {
    String psql =
        "PGPASSWORD='%s' $PGBIN/psql --no-psqlrc --tuples-only --no-align --host=127.0.0.1 --username=tamas_report --dbname=tamas --command=\"%s\""
            .formatted(secret("report"), sql);
    return tamas.exec("postgres", "sh", "-c", psql);
  }

  @Test
  void prometheusWatchesForTheAlertsAndGrafanaIsThereWhereItIsWanted() {
    URI rules = URI.create("http://127.0.0.1:%d/api/v1/rules".formatted(tamas.prometheus()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      String names = get(client, HttpRequest.newBuilder(rules)).findValuesAsText("name").toString();
      assertTrue(names.contains("TamasDown"), names);
    }
    assertFalse(tamas.run("config", "--services").succeeded().output().contains("grafana"));
    String all = tamas.run("--profile", "grafana", "config", "--services").succeeded().output();
    assertTrue(all.contains("grafana"), all);
  }

  @Test
  void nothingButSipVoiceAndHttpsIsReachedFromElsewhere() {
    assertTrue(network.connects(network.machine(), instance.port(Port.SIP)));
    assertTrue(network.connects(network.machine(), instance.port(Port.HTTPS)));
    for (int port : List.of(tamas.prometheus(), 5432, 8080, 8081, 8082, 4573, 5038)) {
      assertFalse(network.connects(network.machine(), port), "port " + port);
    }
  }

  @Test
  void noServiceRunsAsRootOrHasACapability() {
    LeastRights users = LeastRights.forInstance(Path.of("/instance"));
    assertEquals(users.asterisk(), user("asterisk"));
    assertEquals(users.tamas(), user("tamas"));
    for (String service : SERVICES) {
      assertTrue(user(service) > 0, service);
      // of the service itself: the first process may be the engine's own, which waits for it
      assertEquals("0000000000000000", status(service, "CapEff"), service);
      assertEquals("1", status(service, "NoNewPrivs"), service);
    }
  }

  private static int user(String service) {
    return Integer.parseInt(status(service, "Uid").split("\\s+")[0]);
  }

  private static String status(String service, String field) {
    String text = tamas.exec(service, "cat", "/proc/1/status").succeeded().output();
    return Arrays.stream(text.split("\n"))
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void asteriskThatDiesIsStartedAgainAndTakesCalls() {
    String kill = "kill -9 $(cat /instance/asterisk/run/asterisk.pid)";
    tamas.run("exec", "--no-TTY", "asterisk", "sh", "-c", kill).succeeded();
    // the others do not need it
    tamas.run("stop", "prometheus").succeeded();
    eventually(
        "a call after the restart",
        DEADLINE.multipliedBy(2),
        () -> tamas.exec("tamas", "tamas", "call", "--talk", "1").status() == 0);
  }

  /// They share the network of a service of its own, which ends with it.
  @ParameterizedTest(name = "docker compose restart {0}")
  @ValueSource(strings = {"", "network", "postgres"})
  void afterARestartAllReachEachOther(String service) {
    List<String> restart = new ArrayList<>(List.of("restart", "--timeout", "10"));
    Stream.of(service).filter(name -> !name.isEmpty()).forEach(restart::add);
    tamas.run(restart.toArray(String[]::new)).succeeded();
    eventually(
        "a call after the restart",
        DEADLINE.multipliedBy(2),
        () -> tamas.exec("tamas", "tamas", "call", "--talk", "1").status() == 0);
    assertTrue(network.connects(network.machine(), instance.port(Port.SIP)));
    isAskedByPrometheus();
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    try (Composed second = new Composed("tamas-taken-", network.machine())) {
      second.with("TAMAS_SIP_PORT", Integer.toString(instance.port(Port.SIP)));
      Docker.Run up = second.up();
      assertFalse(up.status() == 0, up.output());
      assertTrue(up.output().contains(":" + instance.port(Port.SIP)), up.output());
    }
  }
}
