package io.tamas.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/// A dashboard as it is in its file.
public record Dashboard(String name, JsonNode json) {
  private static final Path FOLDER = Path.of("grafana/dashboards");
  private static final Pattern FROM = Pattern.compile("now-(\\d+)([hd])(/d)?");
  private static final int COLUMNS = 24;
  private static final int LONGEST_UID = 40;

  public static List<Dashboard> all() {
    List<Dashboard> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(FOLDER, "*.json")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replace(".json", "");
        all.add(of(name, Files.readString(file)));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Dashboard of(String name, String text) throws IOException {
    return new Dashboard(name, Json.mapper().readTree(text));
  }

  /// A panel and what it asks.
  public record Panel(Dashboard dashboard, JsonNode json) {
    String title() {
      return json.path("title").asText();
    }

    public String name() {
      return dashboard.name + "/" + title();
    }

    List<Target> targets() {
      return stream(json.path("targets")).map(target -> new Target(this, target)).toList();
    }
  }

  /// A question of a panel.
  public record Target(Panel panel, JsonNode json) {
    String source() {
      return json.at("/datasource/uid").asText();
    }

    public boolean isSql() {
      return source().equals("tamas-postgresql");
    }

    public String text() {
      return json.path(isSql() ? "rawSql" : "expr").asText();
    }

    /// Whether only the last moment counts.
    boolean isInstant() {
      return json.path("instant").asBoolean();
    }
  }

  static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  String uid() {
    return json.path("uid").asText();
  }

  List<Panel> panels() {
    return stream(json.path("panels")).map(panel -> new Panel(this, panel)).toList();
  }

  public List<Target> targets() {
    return panels().stream().map(Panel::targets).flatMap(List::stream).toList();
  }

  /// Since when it shows what it shows at first, in UTC.
  public Instant from(Instant now) {
    Matcher from = FROM.matcher(json.at("/time/from").asText());
    if (!from.matches()) {
      throw new IllegalStateException(name + ": " + json.at("/time/from"));
    }
    boolean days = from.group(2).equals("d");
    Instant exact =
        now.minus(Integer.parseInt(from.group(1)), days ? ChronoUnit.DAYS : ChronoUnit.HOURS);
    return from.group(3) == null ? exact : exact.truncatedTo(ChronoUnit.DAYS);
  }

  /// The values that its variables have at first, a list where several may be chosen.
  public Map<String, List<String>> variables() {
    Map<String, List<String>> variables = new TreeMap<>();
    for (JsonNode variable : json.at("/templating/list")) {
      JsonNode value = variable.at("/current/value");
      variables.put(
          variable.path("name").asText(),
          value.isArray() ? stream(value).map(JsonNode::asText).toList() : List.of(value.asText()));
    }
    return variables;
  }

  /// What is wrong with the file, whatever its questions answer.
  List<String> faults() {
    List<String> faults = new ArrayList<>();
    need(faults, name, "uid of 1 to 40 characters", hasUid());
    need(faults, name, "title", !json.path("title").asText().isBlank());
    for (JsonNode variable : json.at("/templating/list")) {
      String at = name + "/" + variable.path("name").asText();
      need(faults, at, "a fixed list of values", variable.path("type").asText().equals("custom"));
    }
    Set<Integer> ids = new HashSet<>();
    Set<String> cells = new HashSet<>();
    for (Panel panel : panels()) {
      need(faults, panel.name(), "an id of its own", ids.add(panel.json.path("id").asInt(-1)));
      for (String field : List.of("title", "description", "type")) {
        need(faults, panel.name(), field, !panel.json.path(field).asText().isBlank());
      }
      String unit = panel.json.at("/fieldConfig/defaults/unit").asText();
      need(faults, panel.name(), "unit", !unit.isBlank());
      need(faults, panel.name(), "place", isPlaced(panel.json.path("gridPos"), cells));
      need(faults, panel.name(), "targets", !panel.targets().isEmpty());
      for (Target target : panel.targets()) {
        boolean known = Set.of("tamas-postgresql", "tamas-prometheus").contains(target.source());
        need(faults, panel.name(), "data source", known);
        need(faults, panel.name(), "query", !target.text().isBlank());
        need(faults, panel.name(), "refId", !target.json.path("refId").asText().isBlank());
      }
    }
    return faults;
  }

  private boolean hasUid() {
    return !uid().isBlank() && uid().length() <= LONGEST_UID;
  }

  private static void need(List<String> faults, String at, String what, boolean there) {
    if (!there) {
      faults.add(at + " needs " + what);
    }
  }

  /// Inside the columns, and on no other panel.
  private static boolean isPlaced(JsonNode place, Set<String> cells) {
    int left = place.path("x").asInt(-1);
    int top = place.path("y").asInt(-1);
    int right = left + place.path("w").asInt();
    int bottom = top + place.path("h").asInt();
    boolean placed = left >= 0 && top >= 0 && right > left && bottom > top && right <= COLUMNS;
    for (int x = left; x < right; x++) {
      for (int y = top; y < bottom; y++) {
        placed &= cells.add(x + ":" + y);
      }
    }
    return placed;
  }
}
