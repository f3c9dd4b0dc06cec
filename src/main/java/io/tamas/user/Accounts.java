package io.tamas.user;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.config.Config;
import io.tamas.db.Database;
import io.tamas.number.WrittenNumbers;
import io.tamas.seal.Seal;
import io.tamas.web.Api;
import io.tamas.web.Browsers;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Users with their sessions, as the server has them.
public final class Accounts implements AutoCloseable {
  private final Sessions sessions;
  private final Passwords passwords = new Passwords();
  private final List<Api> routes;

  /// @param numbers by the plans of the company
  /// @param words of the company, which are no passwords
  /// @param openId absent: users sign in here only
  /// @param seal absent: nobody can have one-time codes
  public Accounts(
      Database database,
      Config.Sessions times,
      Supplier<WrittenNumbers> numbers,
      Supplier<List<String>> words,
      Optional<Seal> seal,
      Optional<OpenIdSetting> openId,
      MeterRegistry registry) {
    this(
        database,
        times,
        SignInLimits.Limits.DEFAULT,
        numbers,
        words,
        new Codes(database, seal, InstantSource.system()),
        openId,
        registry);
  }

  Accounts(
      Database database,
      Config.Sessions times,
      SignInLimits.Limits limits,
      Supplier<WrittenNumbers> numbers,
      Supplier<List<String>> words,
      Codes codes,
      Optional<OpenIdSetting> openId,
      MeterRegistry registry) {
    Users users = new Users(database);
    sessions = new Sessions(database, times);
    KnownAddresses known = new KnownAddresses(database);
    SignIn signIn =
        new SignIn(
            users,
            passwords,
            codes,
            new SignInLimits(limits, known::isKnown, System::nanoTime),
            new SignInLimits(SignInLimits.Limits.OF_CODES, known::isKnown, System::nanoTime),
            registry);
    SessionCookies cookies = new SessionCookies(sessions, database.timeout());
    routes =
        List.of(
            new SessionRoutes(users, sessions, signIn, cookies, openId),
            new OpenIdRoutes(
                openId,
                new OpenIdUsers(database),
                users,
                sessions,
                cookies,
                new SignInLimits(limits, (_, _) -> false, System::nanoTime),
                InstantSource.system(),
                registry),
            new UserRoutes(users, sessions, numbers),
            new CodeRoutes(codes, signIn, users),
            new MeRoutes(users, sessions, signIn, passwords, new PasswordRules(words)));
  }

  public Browsers browsers() {
    return sessions;
  }

  public List<Api> routes() {
    return routes;
  }

  /// What waits to be hashed is not any more.
  @Override
  public void close() {
    passwords.close();
  }
}
