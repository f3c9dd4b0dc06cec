package io.tamas.call.state;

import io.tamas.asterisk.phones.TrunkReport;
import io.tamas.asterisk.phones.TrunkReport.Registration;
import java.time.Duration;
import java.util.Optional;

/// Whether a provider answers OPTIONS at all. Some drop them: a trunk must not be away for that
/// alone.
enum OptionsHabit {
  /// It has answered: silence means that it is away.
  ANSWERS,
  /// It never has, and is there.
  IGNORES;

  /// By then a server that is there has answered, or said in another way that it is there; one that
  /// does neither is called nevertheless.
  static final Duration DOUBTFUL = Duration.ofSeconds(45);

  /// The same where its calls come in.
  static final Duration STRANGE = Duration.ofSeconds(15);

  /// What a report shows of a server of which nothing was known before. Pure.
  ///
  /// @param silentFor how long it has not answered
  /// @param calls how many calls have come in from it and go on
  static Optional<OptionsHabit> shownBy(TrunkReport report, Duration silentFor, int calls) {
    if (report.reachable().isEmpty()) {
      return Optional.empty();
    }
    if (report.reachable().get()) {
      return Optional.of(ANSWERS);
    }
    if (!report.resolved()) {
      return Optional.empty();
    }
    boolean registered = report.registration().filter(Registration.REGISTERED::equals).isPresent();
    boolean doubtful =
        report.registration().isEmpty() && silentFor.compareTo(calls > 0 ? STRANGE : DOUBTFUL) >= 0;
    return registered || doubtful ? Optional.of(IGNORES) : Optional.empty();
  }
}
