package io.tamas.call.state;

import io.tamas.asterisk.phones.TrunkReport;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a provider answers OPTIONS at all. Some drop them: a trunk must not be away for that
/// alone; but one that has never shown that it is there is not believed to be.
enum OptionsHabit {
  /// It has answered: silence means that it is away.
  ANSWERS,
  /// It never has, and is there.
  IGNORES,
  /// It is not asked, and is there.
  THERE;

  /// By then a server that was just asked has answered, if it does (`qualify_timeout`, 3 s).
  static final Duration ASKED = Duration.ofSeconds(5);

  /// What a report shows of a server. Pure.
  ///
  /// @param silentFor how long it has not answered since it was known to be there, and was asked
  ///   once more; empty if it is not known to be there
  static Optional<OptionsHabit> shownBy(TrunkReport report, Optional<Duration> silentFor) {
    if (!report.asked()) {
      return silentFor.map(_ -> THERE);
    }
    if (report.reachable().isEmpty()) {
      return Optional.empty();
    }
    if (report.reachable().get()) {
      return Optional.of(ANSWERS);
    }
    return silentFor
        .filter(time -> report.resolved() && time.compareTo(ASKED) >= 0)
        .map(_ -> IGNORES);
  }

  /// In the database; null: it was never asked.
  @Nullable Boolean answersOptions() {
    return this == THERE ? null : Boolean.valueOf(this == ANSWERS);
  }

  static OptionsHabit of(@Nullable Boolean answersOptions) {
    if (answersOptions == null) {
      return THERE;
    }
    return answersOptions ? ANSWERS : IGNORES;
  }
}
