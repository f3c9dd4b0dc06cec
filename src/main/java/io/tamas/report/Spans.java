package io.tamas.report;

import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.report.CallStatistics.Span;
import io.tamas.routing.Routed.Direction;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// Reads what was counted in a span, by key.
final class Spans {
  static final Function<Row, String> TEXT = row -> row.getString("key");
  static final Function<Row, Instant> TIME = row -> row.getOffsetDateTime("key").toInstant();

  private Spans() {}

  /// Planned for the requested span: the plans for a day and for a year differ.
  static <K> Map<K, Tally> read(
      Transaction tx, String sql, Tuple parameters, Function<Row, K> key) {
    Map<K, Tally> read = new LinkedHashMap<>();
    String planned = Database.PLANNED_EACH_TIME + sql;
    tx.await(tx.connection().preparedQuery(planned).execute(parameters))
        .forEach(row -> read.put(key.apply(row), Tally.of(row)));
    return read;
  }

  /// Of each key in one of them.
  static <K> Map<K, Tally> together(Iterable<Map<K, Tally>> counted) {
    Map<K, Tally> all = new LinkedHashMap<>();
    for (Map<K, Tally> some : counted) {
      some.forEach((key, tally) -> all.merge(key, tally, Tally::plus));
    }
    return all;
  }

  /// `$1` and `$2`: its start and end; `$3`: the direction, or null.
  static Tuple parameters(Span span) {
    return Tuple.tuple()
        .addOffsetDateTime(span.from().atOffset(ZoneOffset.UTC))
        .addOffsetDateTime(span.to().atOffset(ZoneOffset.UTC))
        .addString(span.direction().map(Direction::name).orElse(null));
  }
}
