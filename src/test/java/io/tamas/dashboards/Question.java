package io.tamas.dashboards;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What Grafana puts into a query before it asks: the time range, the interval and the variables,
/// as Grafana's own code does (`pkg/tsdb/grafana-postgresql-datasource/macros.go`, the format
/// `sqlstring` of its variables). Any other macro or format is refused.
///
/// @param variables with the chosen values
public record Question(Instant from, Instant to, Map<String, List<String>> variables) {
  private static final Duration INTERVAL = Duration.ofSeconds(15);
  private static final Duration RATE_INTERVAL = Duration.ofMinutes(1);

  /// A macro of SQL with its argument, a variable in braces, or any other name.
  private static final Pattern PLACE =
      Pattern.compile("\\$__(\\w+)(?:\\(([^)]*)\\))?|\\$\\{(\\w+)(?::(\\w+))?}|\\$(\\w*)|\\[\\[");

  /// @throws IllegalArgumentException naming what is unknown
  public String sql(String text) {
    return PLACE.matcher(text).replaceAll(found -> quoted(sqlPlace(found)));
  }

  /// @throws IllegalArgumentException naming what is unknown
  String promql(String text) {
    return PLACE.matcher(text).replaceAll(found -> quoted(promqlPlace(found)));
  }

  private static String quoted(String text) {
    return java.util.regex.Matcher.quoteReplacement(text);
  }

  private String sqlPlace(MatchResult found) {
    String macro = Objects.requireNonNullElse(found.group(1), "");
    String argument = Objects.requireNonNullElse(found.group(2), "");
    return switch (macro) {
      case "timeFilter" -> "%s BETWEEN '%s' AND '%s'".formatted(argument, from, to);
      case "timeFrom" -> "'" + from + "'";
      case "timeTo" -> "'" + to + "'";
      case "interval" -> INTERVAL.toSeconds() + "s";
      case "" -> variable(found);
      default -> throw unknown(found);
    };
  }

  /// Only as text in quotes, each value with its quotes doubled.
  private String variable(MatchResult found) {
    List<String> values = variables.get(Objects.requireNonNullElse(found.group(3), ""));
    if (values == null || !"sqlstring".equals(found.group(4))) {
      throw unknown(found);
    }
    return values.stream()
        .map(value -> "'" + value.replace("'", "''").replace("\"", "\\\"") + "'")
        .collect(Collectors.joining(","));
  }

  private static String promqlPlace(MatchResult found) {
    return switch (Objects.requireNonNullElse(found.group(1), "")) {
      case "interval" -> INTERVAL.toSeconds() + "s";
      case "rate_interval" -> RATE_INTERVAL.toSeconds() + "s";
      default -> throw unknown(found);
    };
  }

  private static IllegalArgumentException unknown(MatchResult found) {
    return new IllegalArgumentException("is not known here: " + found.group());
  }
}
