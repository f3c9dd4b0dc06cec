package io.tamas.report;

import io.tamas.db.Database;
import io.tamas.report.CallStatistics.Span;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/// What statistics are asked for by REST, without HTTP.
public enum Statistics {
  TOTAL,
  HOUR,
  DAY,
  EXTENSION,
  GROUP;

  /// @return how many rows there are
  public int count(Database database, Instant from, Instant to) {
    CallStatistics statistics = new CallStatistics(database);
    Span span = new Span(from, to, Optional.empty());
    return switch (this) {
      case TOTAL -> statistics.total(span).calls() > 0 ? 1 : 0;
      case HOUR -> statistics.hours(span, ZoneOffset.UTC).size();
      case DAY -> statistics.days(span, ZoneOffset.UTC).size();
      case EXTENSION -> statistics.extensions(span).size();
      case GROUP -> statistics.groups(span).size();
    };
  }
}
