package io.tamas.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The alerts, by Prometheus' own tool: each fires when it must and is silent when it must.
class AlertsIT {
  private static final Path DELIVERED = Path.of("docker");
  private static final Path TESTS = Path.of("src/test/resources/prometheus/alerts.test.yml");
  private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");
  private static final Pattern FIRES = Pattern.compile("name: (\\w+) fires");
  private static final Pattern SILENT = Pattern.compile("name: (\\w+) is silent");

  private static PrometheusRoot programs;

  @TempDir private Path folder;

  @BeforeAll
  static void obtain() throws Exception {
    programs = PrometheusRoot.obtain();
  }

  @BeforeEach
  void copy() throws IOException {
    for (String file : Set.of("prometheus.yml", "alerts.yml")) {
      Files.copy(DELIVERED.resolve(file), folder.resolve(file));
    }
    Files.copy(TESTS, folder.resolve("alerts.test.yml"));
  }

  @Test
  void eachFiresWhenItMustAndIsSilentWhenItMust() throws Exception {
    String told = programs.promtool(folder, "test", "rules", "alerts.test.yml");
    assertTrue(told.startsWith("0\n"), told);
  }

  @Test
  void theConfigurationIsAccepted() throws Exception {
    String told = programs.promtool(folder, "check", "config", "prometheus.yml");
    assertTrue(told.startsWith("0\n"), told);
    assertTrue(told.contains(names(ALERT, "alerts.yml").size() + " rules"), told);
  }

  @Test
  void everyAlertHasATestOfBothKinds() throws Exception {
    Set<String> alerts = names(ALERT, "alerts.yml");
    assertEquals(alerts, names(FIRES, "alerts.test.yml"));
    assertEquals(alerts, names(SILENT, "alerts.test.yml"));
  }

  /// The tests notice a threshold that has moved, and an alert that is gone.
  @Test
  void anotherThresholdFails() throws Exception {
    String rules = Files.readString(folder.resolve("alerts.yml"));
    for (String change : Set.of("< 104857600", "> 30\n", "== 0\n        for: 30s", "> 0.3\n")) {
      assertTrue(rules.contains(change), change);
      Files.writeString(
          folder.resolve("alerts.yml"), rules.replace(change, change.replaceAll("[0-9]", "9")));
      String told = programs.promtool(folder, "test", "rules", "alerts.test.yml");
      assertTrue(told.startsWith("1\n"), change + told);
    }
  }

  private Set<String> names(Pattern pattern, String file) throws IOException {
    return pattern
        .matcher(Files.readString(folder.resolve(file)))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
