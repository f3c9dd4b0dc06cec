package io.tamas.asterisk.phones;

import io.tamas.asterisk.phones.TrunkReport.Registration;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which reports of trunks come too early. Asterisk says that a registration is refused before it
/// has logged why; and where the account of a trunk was changed, it says for some seconds what
/// became of the former one.
final class EarlyReports {
  /// By then a reason is in the log, if there is one.
  static final Duration LATE = Duration.ofSeconds(2);

  /// By then even a silent server has not answered the new account (timer F of SIP, 32 s).
  static final Duration RENEWED = Duration.ofSeconds(35);

  private final Map<String, Doubt> doubts = new ConcurrentHashMap<>();

  /// @param until in the time of `System.nanoTime`
  /// @param renewed whether the account was changed
  private record Doubt(long until, boolean renewed) {}

  /// What can be said of a trunk.
  ///
  /// @param now empty: what was said before
  /// @param again whether it should be asked again soon
  record Said(Optional<TrunkReport> now, boolean again) {}

  /// The account of a trunk was changed: what was known of its registration is over.
  void renewed(String trunk, long now) {
    doubts.put(trunk, new Doubt(now + RENEWED.toNanos(), true));
  }

  Said say(String trunk, TrunkReport report, long now) {
    Optional<Registration> registration = report.registration();
    if (registration.filter(Registration.TRYING::equals).isPresent()) {
      return new Said(Optional.of(report), false);
    }
    if (registration.filter(Registration.REJECTED::equals).isEmpty()
        || report.reason().isPresent()) {
      doubts.remove(trunk);
      return new Said(Optional.of(report), false);
    }
    Doubt doubt = doubts.computeIfAbsent(trunk, _ -> new Doubt(now + LATE.toNanos(), false));
    if (doubt.until() - now > 0) {
      return new Said(doubt.renewed() ? Optional.of(report.trying()) : Optional.empty(), true);
    }
    doubts.remove(trunk);
    return new Said(Optional.of(report), false);
  }
}
