package io.tamas.crm;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Where a page of one kind begins, the newest first: with what happened earlier than `at`, or just
/// then and has a smaller id. Times are whole microseconds, as PostgreSQL keeps them.
///
/// @param id empty: of `at` nothing more
public record TimelinePosition(Instant at, Optional<String> id) {
  /// After everything that may happen.
  static final TimelinePosition NEWEST =
      new TimelinePosition(Instant.ofEpochSecond(1L << 36), Optional.empty());

  /// The same place in the list of another kind.
  ///
  /// @param last the last item of the page before
  static TimelinePosition after(TimelineCursor last, TimelineItem.Kind kind) {
    int order = kind.compareTo(last.kind());
    if (order == 0) {
      return new TimelinePosition(last.at(), Optional.of(last.id()));
    }
    return new TimelinePosition(
        order < 0 ? last.at() : last.at().plus(1, ChronoUnit.MICROS), Optional.empty());
  }
}
