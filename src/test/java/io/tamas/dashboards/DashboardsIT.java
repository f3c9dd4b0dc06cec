package io.tamas.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.dashboards.Dashboard.Panel;
import io.tamas.dashboards.Dashboard.Target;
import io.tamas.dashboards.Sources.Answers;
import io.tamas.lab.Eventually;
import io.tamas.lab.Lab;
import io.tamas.lab.Line;
import io.tamas.lab.Phone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A company with a few calls, of which everything is known, and what each panel of each dashboard
/// shows of them.
class DashboardsIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final Duration DAY = Duration.ofDays(1);

  /// Below it are the waits of two of the three answered calls.
  private static final Map<String, List<String>> FIVE_SECONDS =
      Map.of("threshold", List.of("5"), "direction", List.of("INBOUND", "OUTBOUND", "INTERNAL"));

  /// Panel and what it shows: its rows, each with commas between its columns; `*` is any text.
  private static final List<String> KNOWN =
      List.of(
          "now/Calls in progress > 1",
          "now/Callers waiting > 1",
          "now/Longest wait > *.*",
          "now/Phones free > 0",
          "now/Phones not reachable > 0",
          "now/Trunks not up > 0",
          "now/Calls in progress, one by one > *,INBOUND,RINGING,+9891…*,+9821…*,,line-*,*",
          "now/Inbound calls today > 5",
          "now/Answered today > 3",
          "now/Missed today > 2",
          "now/Not called back today > 1",
          "now/Service level today > 0.67",
          "now/Calls in progress over time > ,1",
          "now/Calls that end, by result > status=abandoned,*; status=answered,*",
          "now/Phones > ringing,1,{desk}",
          "now/Trunks > line-*,up,*,",
          "service/Service level > 0.67",
          "service/Speed of answer > *.*",
          "service/Inbound calls > 5",
          "service/Answered > 3",
          "service/Missed > 2",
          "service/Not called back > 1",
          "service/Abandoned within the threshold > 2",
          "service/Abandoned after the threshold > 0",
          "service/Missed for other reasons > 0",
          "service/Missed without a number > 0",
          "service/Inbound calls by hour > *,2.00,1.00,2.00",
          "service/Service level by hour > *,0.67",
          "service/By day > *,5,3,2,2,0,0.67,*.*",
          "service/To be called back > *,{reza},*,+9821*,ABANDONED,*.*",
          "extensions/Extensions with calls > 1",
          "extensions/Answered > 4",
          "extensions/Missed > 2",
          "extensions/By extension > {desk},Zahra,6,4,2,*.*,*.*,*.*",
          "extensions/By group > {group},Sales,6,4,2,*.*,*.*,*.*",
          "trunks/Trunks > 1",
          "trunks/Trunks up > 1",
          "trunks/Extensions at nine tenths of their limit > 0",
          "trunks/Emergency calls > ,0",
          "trunks/Whether the trunks are up > trunk=line-*,1",
          "trunks/Calls in progress by trunk > direction=inbound,trunk=line-*,1; direction=outbound,trunk=line-*,0",
          "trunks/What the trunks carried > line-*,INBOUND,5,3,0.60,*.*; line-*,OUTBOUND,1,1,1.00,*.*",
          "trunks/How calls over trunks ended > INBOUND,ANSWERED,3; INBOUND,ABANDONED,2; OUTBOUND,answered,1",
          "trunks/Limits of extensions > {desk},Zahra,part-*,*.*,3600.00,0.00,2",
          "server/Tamas answers > ,1",
          "server/Not ready > ,0",
          "server/Threads down > ,0",
          "server/Checks of /health/ready > check=asterisk,1; check=database,1; check=events,1; check=journal,1; check=storage,1; check=threads,1",
          "server/Connections to Asterisk > ,1; use=actions,1; use=watch,1");

  /// No hour begins in it while the calls are made.
  private static final ZoneId ZONE =
      Stream.of(ZoneId.of("Asia/Tehran"), ZoneId.of("Asia/Karachi"))
          .filter(zone -> Instant.now().atZone(zone).getMinute() < 50)
          .findFirst()
          .orElseThrow();

  @TempDir private static Path folder;
  private static Lab lab;
  private static Prometheus prometheus;
  private static Connection reports;
  private static final Map<String, String> NUMBERS = new TreeMap<>();

  @BeforeAll
  static void callsAreMade() throws Exception {
    lab = Lab.apart();
    lab.office().send("PUT", "/settings", Map.of("zone", ZONE.getId()));
    prometheus = Prometheus.asking(PrometheusRoot.obtain(), lab.office().management(), folder);
    reports = lab.office().reports();
    Phone desk = lab.recordedPhone("Zahra");
    String group = lab.office().part("extension-groups", Map.of("title", "Sales"));
    lab.office().says(desk.number(), Map.of("groups", List.of(group)));
    NUMBERS.put("group", group);
    Line line = lab.line(desk);
    Phone sara = line.callee("Sara");
    String number = line.number("extension:" + desk.number(), Duration.ofMinutes(2), true);
    lab.mayCallOver(desk, Map.of("perDay", "PT1H", "calls", 2), line);
    line.isReached();
    for (int i = 0; i < 2; i++) {
      Phone caller = line.caller("Ali").calls(number);
      desk.rings().answers();
      hangsUp(caller.talks(), desk);
    }
    Phone late = line.caller("Mina").calls(number);
    desk.rings();
    rings(Duration.ofSeconds(6));
    desk.answers();
    hangsUp(late.talks(), desk);
    for (Phone caller : List.of(line.caller("Reza"), sara)) {
      caller.calls(number);
      desk.rings();
      rings(Duration.ofSeconds(1));
      caller.hangsUp();
      desk.callEnds();
      lab.callOf(caller).is("ABANDONED");
      NUMBERS.putIfAbsent("reza", caller.number());
    }
    sara.willAnswer();
    desk.calls(sara.nationalNumber()).talks();
    rings(Duration.ofSeconds(1));
    desk.hangsUp();
    lab.callsFrom(desk.number(), 6);
    NUMBERS.put("desk", desk.number());
    line.caller("Omid").calls(number);
    desk.rings();
    Eventually.eventually(
        "Prometheus knows of all calls",
        DEADLINE,
        () ->
            prometheus.says("sum(tamas_calls_total)", "6")
                && prometheus.says("sum(tamas_calls_live)", "1"));
    Eventually.eventually(
        "all calls are counted by the company's clock", DEADLINE, DashboardsIT::isCounted);
  }

  @AfterAll
  static void close() throws Exception {
    reports.close();
    prometheus.close();
    lab.close();
  }

  private static void hangsUp(Phone caller, Phone desk) {
    caller.hangsUp();
    desk.callEnds();
    lab.callOf(caller).is("ANSWERED");
  }

  /// For as long as the persons wait, which is what is measured.
  private static void rings(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    Eventually.eventually("they wait", time.plus(DEADLINE), () -> System.nanoTime() > end);
  }

  private static boolean isCounted() {
    try (Statement statement = reports.createStatement();
        var row = statement.executeQuery("select zone, counted from report.company")) {
      return row.next() && row.getString(1).equals(ZONE.getId()) && row.getBoolean(2);
    } catch (SQLException e) {
      return false;
    }
  }

  private static Question now(Map<String, List<String>> variables) {
    Instant now = Instant.now();
    return new Question(now.minus(DAY), now, variables);
  }

  private static Sources sources() {
    return new Sources(reports, prometheus);
  }

  @Test
  void everyFileIsWhole() {
    List<Dashboard> all = Dashboard.all();
    List<String> faults = new ArrayList<>();
    Set<String> uids = new HashSet<>();
    for (Dashboard dashboard : all) {
      faults.addAll(dashboard.faults());
      assertTrue(uids.add(dashboard.uid()), dashboard.name());
    }
    assertEquals(List.of(), faults);
    assertEquals(
        List.of("extensions", "now", "server", "service", "trunks"),
        all.stream().map(Dashboard::name).sorted().toList());
  }

  @Test
  void everyPanelShowsTheCallsThatWereMade() throws Exception {
    Map<String, List<List<String>>> rows = new TreeMap<>();
    List<String> faults = new ArrayList<>();
    for (Dashboard dashboard : Dashboard.all()) {
      Answers answers = sources().ask(dashboard, now(FIVE_SECONDS));
      rows.putAll(answers.rows());
      faults.addAll(answers.faults());
    }
    Files.write(Path.of("target/dashboards.txt"), listed(rows));
    assertEquals(List.of(), faults);
    for (String known : KNOWN) {
      String[] parts = known.split(" > ", 2);
      String shown = shown(Objects.requireNonNull(rows.get(parts[0]), parts[0]));
      assertTrue(shown.matches(pattern(parts[1])), known + ": " + shown);
    }
  }

  private static List<String> listed(Map<String, List<List<String>>> rows) {
    return rows.entrySet().stream()
        .map(panel -> panel.getKey() + " > " + shown(panel.getValue()))
        .toList();
  }

  private static String shown(List<List<String>> rows) {
    return rows.stream().map(row -> String.join(",", row)).collect(Collectors.joining("; "));
  }

  private static String pattern(String text) {
    String named = text;
    for (Map.Entry<String, String> number : NUMBERS.entrySet()) {
      named = named.replace("{" + number.getKey() + "}", number.getValue());
    }
    return "\\Q" + named.replace("*", "\\E[^,;]+\\Q") + "\\E";
  }

  @Test
  void aYearWithoutACallIsNoFault() throws Exception {
    Instant then = Instant.parse("2020-01-01T00:00:00Z");
    Question year = new Question(then, then.plus(Duration.ofDays(366)), FIVE_SECONDS);
    for (Target target : ofSql()) {
      List<List<String>> rows = sources().ask(target, year);
      String panel = target.panel().name();
      if (panel.matches("service/(Inbound calls|Answered|Missed|Not called back)")) {
        assertEquals("0", shown(rows), panel);
      }
      if (panel.matches("service/(Service level|Speed of answer)")) {
        assertEquals("null", shown(rows), panel);
      }
    }
  }

  private static List<Target> ofSql() {
    return Dashboard.all().stream()
        .flatMap(dashboard -> dashboard.targets().stream())
        .filter(Target::isSql)
        .toList();
  }

  @Test
  void syntaxInAVariableIsATextThatNothingHas() throws Exception {
    String attack = "5' or true; drop view report.live_call; --";
    Map<String, List<String>> hostile =
        Map.of("threshold", List.of(attack), "direction", List.of("INBOUND') or ('1'='1", attack));
    int refused = 0;
    int nothing = 0;
    for (Target target : ofSql()) {
      if (target.text().contains("${threshold:sqlstring}")) {
        SQLException fault =
            assertThrows(SQLException.class, () -> sources().ask(target, now(hostile)));
        assertEquals("22P02", fault.getSQLState(), target.panel().name());
        refused++;
      } else if (target.text().contains("${direction:sqlstring}")) {
        String shown = shown(sources().ask(target, now(hostile)));
        assertTrue(Set.of("", "0", "0.00").contains(shown), target.panel().name() + shown);
        nothing++;
      }
    }
    assertTrue(refused > 10 && nothing > 5, refused + " and " + nothing);
    assertEquals("1", shown(sources().ask(ofSql().getFirst(), now(FIVE_SECONDS))));
  }

  @Test
  void aDashboardThatAsksForWhatIsNotThereIsRefused() throws Exception {
    Map<String, String> changes =
        Map.of(
            "service answered_within)", "answered_inside)",
            "service report.missed_call", "public.call",
            "now tamas_calls_live", "tamas_calls_alive",
            "server tamas_ready", "tamas_reddy",
            "service $__timeFilter(begins)", "$__timeGroup(begins, '1h')",
            "service ${threshold:sqlstring}", "${threshold}",
            "extensions ${direction:sqlstring}", "${group:sqlstring}",
            "server $__rate_interval", "$__range");
    for (Map.Entry<String, String> change : changes.entrySet()) {
      String[] from = change.getKey().split(" ", 2);
      Dashboard right = dashboard(from[0]);
      String text = right.json().toString();
      assertTrue(text.contains(from[1]), change.toString());
      Dashboard wrong = Dashboard.of(from[0], text.replace(from[1], change.getValue()));
      assertTrue(
          !sources().ask(wrong, now(FIVE_SECONDS)).faults().isEmpty(), change + " is accepted");
    }
  }

  @Test
  void aFileThatIsNotWholeIsRefused() throws Exception {
    Map<String, String> changes =
        Map.of(
            "\"id\":2,", "\"id\":1,",
            "\"unit\":\"none\"", "\"unit\":\"\"",
            "\"uid\":\"tamas-now\"", "\"uid\":\"" + "x".repeat(41) + "\"",
            "\"x\":20,", "\"x\":21,",
            "\"uid\":\"tamas-postgresql\"", "\"uid\":\"other\"",
            "\"type\":\"custom\"", "\"type\":\"textbox\"");
    String text = dashboard("now").json().toString();
    for (Map.Entry<String, String> change : changes.entrySet()) {
      assertTrue(text.contains(change.getKey()), change.toString());
      Dashboard wrong = Dashboard.of("now", text.replace(change.getKey(), change.getValue()));
      assertTrue(!wrong.faults().isEmpty(), change + " is accepted");
    }
  }

  private static Dashboard dashboard(String name) {
    return Dashboard.all().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void withoutPrometheusThePanelsOfTheDatabaseGoOn() throws Exception {
    try (Prometheus away = gone()) {
      Sources half = new Sources(reports, away);
      for (Dashboard dashboard : Dashboard.all()) {
        Set<String> failed =
            half.ask(dashboard, now(FIVE_SECONDS)).faults().stream()
                .map(fault -> fault.substring(0, fault.indexOf(':')))
                .collect(Collectors.toSet());
        Set<String> ofPrometheus =
            dashboard.panels().stream()
                .filter(panel -> panel.targets().stream().noneMatch(Target::isSql))
                .map(Panel::name)
                .collect(Collectors.toSet());
        assertEquals(ofPrometheus, failed);
      }
    }
  }

  private static Prometheus gone() throws IOException, InterruptedException {
    Path own = Files.createDirectories(folder.resolve("gone"));
    Prometheus away = Prometheus.asking(PrometheusRoot.obtain(), lab.office().management(), own);
    away.close();
    return away;
  }

  @Test
  void theProvisionedSourcesAreThoseOfTheDashboards() throws Exception {
    String sources = Files.readString(Path.of("grafana/provisioning/datasources/tamas.yaml"));
    for (Dashboard dashboard : Dashboard.all()) {
      for (JsonNode source : dashboard.json().findValues("datasource")) {
        assertTrue(sources.contains("uid: " + source.path("uid").asText()), source.toString());
        assertTrue(sources.contains("type: " + source.path("type").asText()), source.toString());
      }
    }
  }
}
