package io.tamas.crm.exchange;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An import, as clients see it.
///
/// @param file its name, as told by who uploaded it
/// @param header whether the first row is the heads of the columns
/// @param rows how many the file has, empty ones included
/// @param preview the first rows
/// @param suggestion of a mapping, by the heads
/// @param newGroups that rows name and that were not there: made by the run, or to be made by it
/// @param keptProfiles the first of those that an undo has left
/// @param reason why it failed
/// @param undoUntil when it cannot be undone any more
record Import(
    long id,
    ImportState state,
    String file,
    long bytes,
    String author,
    Optional<SheetFormat> format,
    boolean header,
    Optional<Long> rows,
    Optional<List<String>> headings,
    Optional<List<List<String>>> preview,
    Optional<Mapping> suggestion,
    Optional<Mapping> mapping,
    Counts counts,
    List<String> newGroups,
    List<Long> keptProfiles,
    Optional<Progress> progress,
    Optional<String> reason,
    Instant createdAt,
    Optional<Instant> endedAt,
    Optional<Instant> undoUntil) {

  /// What became of the rows up to one.
  ///
  /// @param done the last row that was worked on
  /// @param repeated of a dry run: rows that fit a new one before them in the file
  /// @param kept profiles that an undo has left, as they were changed since or are used
  record Counts(
      long done,
      long created,
      long changed,
      long unchanged,
      long refused,
      long repeated,
      long kept) {
    static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          Math.max(done, other.done),
          created + other.created,
          changed + other.changed,
          unchanged + other.unchanged,
          refused + other.refused,
          repeated + other.repeated,
          kept + other.kept);
    }
  }

  /// How fast rows are worked on.
  record Progress(long rowsPerSecond, long secondsLeft) {
    static Progress of(long rows, Duration since, long left) {
      long perSecond = Math.max(1, rows * 1000 / Math.max(1, since.toMillis()));
      return new Progress(perSecond, left / perSecond);
    }
  }

  int width() {
    return headings.map(List::size).orElse(0);
  }
}
