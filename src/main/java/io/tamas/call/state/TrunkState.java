package io.tamas.call.state;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tamas.asterisk.phones.TrunkReport;
import io.tamas.asterisk.phones.TrunkReport.Registration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// The state of a trunk.
///
/// @param since when it came into its state, as far as Tamas has seen it; the reason may be younger
/// @param reason why it is not up, or what is peculiar; empty if there is nothing to say
/// @param registered empty if it does not register, or nothing is known yet
/// @param reachable whether its server answers OPTIONS; empty if it is not asked, or nothing is
///   known yet
public record TrunkState(
    String trunk,
    State state,
    Instant since,
    Optional<String> reason,
    Optional<Boolean> registered,
    Optional<Boolean> reachable) {
  private static final String REFUSED = "refused";
  private static final String SILENT = "no answer to OPTIONS";
  private static final String SILENT_SO_FAR = "no answer to OPTIONS so far";
  private static final String UNPROVEN = "is not asked by OPTIONS, and no call has shown it so far";
  private static final String UNRESOLVED = "the name of its server cannot be resolved";
  private static final String IGNORES = "never answers OPTIONS, and is not asked any more";

  public enum State {
    /// Registered, where it registers, and reachable as far as it is asked.
    UP,
    /// Its registration is refused or not answered.
    NOT_REGISTERED,
    /// Its server has answered OPTIONS and does not any more, or its name cannot be resolved: it is
    /// called after all others.
    UNREACHABLE,
    /// Asterisk is down, has not asked yet, or has never been answered so far.
    UNKNOWN;

    /// Such as `not-registered`.
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// Pure.
  ///
  /// @param report empty if Asterisk is down
  /// @param habit what is known of its server
  static TrunkState of(
      String trunk, Optional<TrunkReport> report, Optional<OptionsHabit> habit, Instant at) {
    Optional<Registration> registration = report.flatMap(TrunkReport::registration);
    State state = report.map(known -> state(known, habit)).orElse(State.UNKNOWN);
    boolean silent = report.filter(TrunkState::isSilent).isPresent();
    boolean resolved = report.filter(one -> !one.resolved()).isEmpty();
    Optional<String> reason =
        switch (state) {
          case NOT_REGISTERED ->
              resolved
                  ? report.flatMap(TrunkReport::reason).or(() -> Optional.of(REFUSED))
                  : Optional.of(UNRESOLVED);
          case UNREACHABLE -> Optional.of(resolved ? SILENT : UNRESOLVED);
          case UP -> habit.filter(OptionsHabit.IGNORES::equals).map(_ -> IGNORES);
          case UNKNOWN -> {
            if (silent) {
              yield Optional.of(SILENT_SO_FAR);
            }
            boolean unproven = report.filter(one -> !one.asked()).isPresent();
            yield unproven && registration.isEmpty() ? Optional.of(UNPROVEN) : Optional.empty();
          }
        };
    return new TrunkState(
        trunk,
        state,
        at,
        reason,
        registration.filter(one -> one != Registration.TRYING).map(Registration.REGISTERED::equals),
        report.flatMap(TrunkReport::reachable));
  }

  private static State state(TrunkReport report, Optional<OptionsHabit> habit) {
    if (report.registration().filter(Registration.REJECTED::equals).isPresent()) {
      return State.NOT_REGISTERED;
    }
    if (isSilent(report)) {
      boolean answered = habit.filter(OptionsHabit.ANSWERS::equals).isPresent();
      return answered || !report.resolved() ? State.UNREACHABLE : State.UNKNOWN;
    }
    boolean isKnown =
        report
            .registration()
            .map(Registration.REGISTERED::equals)
            .orElse(report.asked() ? report.reachable().isPresent() : habit.isPresent());
    return isKnown ? State.UP : State.UNKNOWN;
  }

  static boolean isSilent(TrunkReport report) {
    return report.reachable().filter(answers -> !answers).isPresent();
  }

  /// Since when it is so, if it was so before.
  TrunkState after(Optional<TrunkState> before) {
    return before.filter(one -> one.state == state).map(one -> since(one.since)).orElse(this);
  }

  TrunkState since(Instant earlier) {
    return new TrunkState(trunk, state, earlier, reason, registered, reachable);
  }
}
