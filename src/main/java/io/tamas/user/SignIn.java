package io.tamas.user;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.config.Secret;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares passwords, and one-time codes after that: limited first, then looked up, then hashed. A
/// name that nobody has and a wrong password are answered alike, after the same time.
final class SignIn {
  static final String WRONG_CODE = "is wrong, or was used already";

  private static final Logger log = LoggerFactory.getLogger(SignIn.class);
  private static final Duration SOON = Duration.ofSeconds(2);

  private final Users users;
  private final Passwords passwords;
  private final Codes codes;
  private final SignInLimits limits;
  private final SignInLimits codeLimits;
  private final MeterRegistry registry;

  private enum Outcome {
    RIGHT,
    WRONG,
    LIMITED,
    BUSY,
    CODE_NEEDED,
    WRONG_CODE
  }

  /// @param limits of passwords
  /// @param codeLimits of one-time codes
  SignIn(
      Users users,
      Passwords passwords,
      Codes codes,
      SignInLimits limits,
      SignInLimits codeLimits,
      MeterRegistry registry) {
    this.users = users;
    this.passwords = passwords;
    this.codes = codes;
    this.limits = limits;
    this.codeLimits = codeLimits;
    this.registry = registry;
  }

  /// By what the user signs in, by a password and, if they have one-time codes, by one of these;
  /// empty if the name or the password is wrong.
  ///
  /// @throws Problem 401 if the code is wrong, 422 if it is needed, 429 if there were too many
  ///   attempts, or too many wait
  Optional<Users.Login> check(String address, String name, Secret password, Optional<String> code) {
    Optional<Users.Login> right = byPassword(address, name, password);
    right.filter(Users.Login::coded).ifPresent(login -> requireCode(address, login, code));
    right.ifPresent(_ -> entered(address, name));
    return right;
  }

  /// The same of who has signed in already, by the password alone.
  ///
  /// @throws Problem 429 if there were too many attempts, or too many wait
  Optional<Users.Login> check(String address, String name, Secret password) {
    Optional<Users.Login> right = byPassword(address, name, password);
    right.ifPresent(_ -> entered(address, name));
    return right;
  }

  private void entered(String address, String name) {
    limits.signedIn(address, name);
    count(Outcome.RIGHT);
  }

  private Optional<Users.Login> byPassword(String address, String name, Secret password) {
    admit(limits, address, name);
    try {
      Users.Login login = users.login(name);
      if (!passwords.isRight(password, login)) {
        count(Outcome.WRONG);
        log.atInfo().addKeyValue("user", shown(login)).log("wrong password");
        return Optional.empty();
      }
      return Optional.of(login);
    } catch (Busy e) {
      limits.takeBack(address, name);
      count(Outcome.BUSY);
      throw busy(e);
    }
  }

  private void requireCode(String address, Users.Login login, Optional<String> code) {
    if (code.isEmpty()) {
      limits.takeBack(address, login.name());
      count(Outcome.CODE_NEEDED);
      throw Problem.invalid(
          List.of(new Fault("/code", "is required: the user has one-time codes")));
    }
    if (!useCode(address, login, code.get())) {
      limits.takeBack(address, login.name());
      throw Problem.unauthorized("the code " + WRONG_CODE);
    }
  }

  /// Whether a one-time code or a recovery code is right; it is used up by that.
  ///
  /// @throws Problem 429 if there were too many wrong ones
  boolean useCode(String address, Users.Login login, String code) {
    return limited(
            address,
            login.name(),
            () -> codes.use(login.id(), code) ? Optional.of(login) : Optional.empty())
        .isPresent();
  }

  /// What is decided by a one-time code: empty if the code is wrong.
  ///
  /// @throws Problem 429 if there were too many wrong ones
  <T> Optional<T> limited(String address, String name, Supplier<Optional<T>> decision) {
    admit(codeLimits, address, name);
    Optional<T> decided = decision.get();
    if (decided.isPresent()) {
      codeLimits.signedIn(address, name);
    } else {
      count(Outcome.WRONG_CODE);
      log.atInfo().addKeyValue("user", name).log("wrong one-time code");
    }
    return decided;
  }

  private void admit(SignInLimits counted, String address, String name) {
    Optional<Duration> wait = counted.attempt(address, name);
    if (wait.isPresent()) {
      count(Outcome.LIMITED);
      throw tooMany("too many attempts from this address or for this name", wait.get());
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
        .counter(
            "tamas.user.sign.ins",
            "outcome",
            outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .increment();
  }
}
