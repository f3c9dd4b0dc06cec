package io.tamas.user;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.config.Secret;
import io.tamas.web.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares passwords: limited first, then looked up, then hashed. A name that nobody has and a
/// wrong password are answered alike, after the same time.
final class SignIn {
  private static final Logger log = LoggerFactory.getLogger(SignIn.class);
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Users users;
  private final Passwords passwords;
  private final SignInLimits limits;
  private final MeterRegistry registry;

  private enum Outcome {
    RIGHT,
    WRONG,
    LIMITED,
    BUSY
  }

  SignIn(Users users, Passwords passwords, SignInLimits limits, MeterRegistry registry) {
    this.users = users;
    this.passwords = passwords;
    this.limits = limits;
    this.registry = registry;
  }

  /// By what the user signs in; empty if the name or the password is wrong.
  ///
  /// @throws Problem 429 if there were too many attempts, or too many wait
  Optional<Users.Login> check(String address, String name, Secret password) {
    Optional<Duration> wait = limits.attempt(address, name);
    if (wait.isPresent()) {
      count(Outcome.LIMITED);
      throw tooMany("too many attempts from this address or for this name", wait.get());
    }
    try {
      Users.Login login = users.login(name);
      if (!passwords.isRight(password, login)) {
        count(Outcome.WRONG);
        log.atInfo().addKeyValue("user", shown(login)).log("wrong password");
        return Optional.empty();
      }
      limits.signedIn(address, name);
      count(Outcome.RIGHT);
      return Optional.of(login);
    } catch (Busy e) {
      limits.takeBack(address, name);
      count(Outcome.BUSY);
      throw busy(e);
    }
  }

  static Problem busy(Busy e) {
    return tooMany(String.valueOf(e.getMessage()), SOON);
  }

  private static Problem tooMany(String why, Duration wait) {
    String seconds = Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
    return new Problem(429, "Too many requests", why, List.of())
        .with(Map.of("retry-after", seconds));
  }

  /// A name that nobody has may be a password, typed into the wrong field.
  private static String shown(Users.Login login) {
    return login.id() == 0 ? "" : login.name();
  }

  private void count(Outcome outcome) {
    registry
        .counter("tamas.user.sign.ins", "outcome", outcome.name().toLowerCase(Locale.ROOT))
        .increment();
  }
}
