package io.tamas.dashboards;

import io.tamas.dashboards.Dashboard.Panel;
import io.tamas.dashboards.Dashboard.Target;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The data sources that dashboards ask.
///
/// @param reports a connection of the role that may only read
record Sources(Connection reports, Prometheus prometheus) {

  /// What the questions of all panels are answered, by the panel's name, and what is wrong with
  /// them. An answer without rows is wrong.
  record Answers(Map<String, List<List<String>>> rows, List<String> faults) {}

  Answers ask(Dashboard dashboard, Question question) {
    Map<String, List<List<String>>> rows = new TreeMap<>();
    List<String> faults = new ArrayList<>();
    for (Panel panel : dashboard.panels()) {
      for (Target target : panel.targets()) {
        try {
          List<List<String>> found = ask(target, question);
          rows.computeIfAbsent(panel.name(), _ -> new ArrayList<>()).addAll(found);
          if (found.isEmpty()) {
            faults.add(panel.name() + ": no rows");
          }
        } catch (SQLException | IOException | IllegalArgumentException e) {
          faults.add(panel.name() + ": " + e.getMessage());
        }
      }
    }
    return new Answers(rows, faults);
  }

  List<List<String>> ask(Target target, Question question) throws SQLException, IOException {
    if (target.isSql()) {
      return rows(question.sql(target.text()));
    }
    String expression = question.promql(target.text());
    return target.isInstant()
        ? prometheus.now(expression, question.to())
        : prometheus.range(expression, question.from(), question.to());
  }

  private List<List<String>> rows(String sql) throws SQLException {
    try (Statement statement = reports.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          row.add(text(result.getObject(column)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static String text(@Nullable Object value) {
    return value instanceof Double number ? "%.2f".formatted(number) : String.valueOf(value);
  }
}
