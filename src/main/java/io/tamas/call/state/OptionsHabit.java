package io.tamas.call.state;

import io.tamas.asterisk.phones.TrunkReport;
import io.tamas.asterisk.phones.TrunkReport.Registration;
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

  /// A server from which a call has come for so long has answered, if it does.
  static final Duration STRANGE = Duration.ofSeconds(15);

  /// What a report shows of a server. Pure.
  ///
  /// @param silentFor how long it has not answered
  /// @param calls how many calls have come in from it and go on
  /// @param heard whether it has answered a call, or sent one
  static Optional<OptionsHabit> shownBy(
      TrunkReport report, Duration silentFor, int calls, boolean heard) {
    if (!report.asked()) {
      return heard ? Optional.of(THERE) : Optional.empty();
    }
    if (report.reachable().isEmpty()) {
      return Optional.empty();
    }
    if (report.reachable().get()) {
      return Optional.of(ANSWERS);
    }
    boolean registered = report.registration().filter(Registration.REGISTERED::equals).isPresent();
    boolean calling = calls > 0 && silentFor.compareTo(STRANGE) >= 0;
    return report.resolved() && (registered || calling || heard)
        ? Optional.of(IGNORES)
        : Optional.empty();
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
