package io.tamas.call.state;

import io.tamas.asterisk.phones.TrunkReport;
import io.tamas.asterisk.phones.TrunkReport.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A server that does not answer OPTIONS. What Asterisk says of it is older than what shows that it
/// is there: it may have come back since. So it is asked once more then. Pure.
///
/// @param since when, as Tamas has seen it
/// @param there when it was first known to be there nevertheless
record Silence(String server, Instant since, Optional<Instant> there) {
  /// One that has answered before is believed to be away for so long, whatever it has just done.
  static final Duration STRANGE = Duration.ofMinutes(10);

  /// What is known of a server beside OPTIONS.
  ///
  /// @param habit as far as it was found
  /// @param calls how many calls have come in from it and go on
  /// @param heard when the latest call began that it answered or sent
  record Signs(Optional<OptionsHabit> habit, int calls, Optional<Instant> heard) {}

  static Silence begins(String server, Instant now) {
    return new Silence(server, now, Optional.empty());
  }

  /// The same at a later moment.
  Silence after(TrunkReport report, Signs signs, Instant now) {
    boolean is = there.isPresent() || shows(report, signs);
    return is ? new Silence(server, since, Optional.of(there.orElse(now))) : this;
  }

  private boolean shows(TrunkReport report, Signs signs) {
    if (signs.habit().filter(OptionsHabit.ANSWERS::equals).isPresent()) {
      return signs.heard().filter(began -> !began.isBefore(since.plus(STRANGE))).isPresent();
    }
    return signs.habit().isPresent()
        || signs.calls() > 0
        || signs.heard().isPresent()
        || report.registration().filter(Registration.REGISTERED::equals).isPresent();
  }

  Optional<Duration> lasts(Instant now) {
    return there.map(from -> Duration.between(from, now));
  }
}
