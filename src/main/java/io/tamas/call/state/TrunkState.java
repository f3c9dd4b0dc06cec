package io.tamas.call.state;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tamas.asterisk.phones.TrunkReport;
import io.tamas.asterisk.phones.TrunkReport.Registration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// The state of a trunk.
///
/// @param since when it became so, as far as Tamas has seen it
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
  private static final String IGNORES = "never answers OPTIONS, and is not asked any more";

  public enum State {
    /// Registered, where it registers, and reachable as far as it is asked.
    UP,
    /// Its registration is refused or not answered.
    NOT_REGISTERED,
    /// Its server does not answer OPTIONS: no call is made over it.
    UNREACHABLE,
    /// Asterisk is down, or has not asked yet.
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
  /// @param ignoresOptions whether Tamas has found that it never answers OPTIONS
  static TrunkState of(
      String trunk, Optional<TrunkReport> report, boolean ignoresOptions, Instant at) {
    Optional<Registration> registration = report.flatMap(TrunkReport::registration);
    Optional<Boolean> reachable = report.flatMap(TrunkReport::reachable);
    boolean rejected = registration.filter(Registration.REJECTED::equals).isPresent();
    boolean registered = registration.filter(Registration.REGISTERED::equals).isPresent();
    boolean silent = reachable.filter(answers -> !answers).isPresent();
    boolean known =
        registered
            || registration.isEmpty()
                && report.filter(one -> !one.asked() || reachable.isPresent()).isPresent();
    State state =
        rejected
            ? State.NOT_REGISTERED
            : silent ? State.UNREACHABLE : known ? State.UP : State.UNKNOWN;
    Optional<String> reason =
        switch (state) {
          case NOT_REGISTERED -> report.flatMap(TrunkReport::reason).or(() -> Optional.of(REFUSED));
          case UNREACHABLE -> Optional.of(SILENT);
          case UP -> ignoresOptions ? Optional.of(IGNORES) : Optional.empty();
          case UNKNOWN -> Optional.empty();
        };
    return new TrunkState(
        trunk,
        state,
        at,
        reason,
        registration.filter(one -> one != Registration.TRYING).map(Registration.REGISTERED::equals),
        reachable);
  }

  /// Since when it is so, if it was so before.
  TrunkState after(Optional<TrunkState> before) {
    return before
        .filter(one -> one.state == state)
        .map(one -> new TrunkState(trunk, state, one.since, reason, registered, reachable))
        .orElse(this);
  }
}
