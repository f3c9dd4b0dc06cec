package io.tamas.report;

import io.tamas.report.CallStatistics.Counts;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Calls and their times, added up. Pure.
///
/// @param ring of the answered calls, in microseconds
/// @param talk in microseconds
record Tally(
    long calls,
    long inbound,
    long outbound,
    long internal,
    long answered,
    long missed,
    long ring,
    long talk) {
  static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

  static Tally of(Row row) {
    return new Tally(
        row.getLong("calls"),
        row.getLong("inbound"),
        row.getLong("outbound"),
        row.getLong("internal"),
        row.getLong("answered"),
        row.getLong("missed"),
        row.getLong("ring"),
        row.getLong("talk"));
  }

  Tally plus(Tally other) {
    return new Tally(
        calls + other.calls,
        inbound + other.inbound,
        outbound + other.outbound,
        internal + other.internal,
        answered + other.answered,
        missed + other.missed,
        ring + other.ring,
        talk + other.talk);
  }

  Counts counts(String key) {
    return new Counts(
        key,
        Optional.empty(),
        calls,
        inbound,
        outbound,
        internal,
        answered,
        missed,
        rounded(answered == 0 ? 0 : (double) ring / answered),
        rounded(talk));
  }

  /// To milliseconds.
  private static Duration rounded(double micros) {
    return Duration.of(Math.round(micros / 1_000), ChronoUnit.MILLIS);
  }
}
