package io.tamas.user;

import io.tamas.config.Secret;
import io.tamas.user.User.Settings;
import io.tamas.web.Api;
import io.tamas.web.Principal;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What users do with themselves: settings, password, sessions.
final class MeRoutes implements Api {
  private static final Logger log = LoggerFactory.getLogger(MeRoutes.class);

  private final Users users;
  private final Sessions sessions;
  private final SignIn signIn;
  private final Passwords passwords;
  private final PasswordRules rules;

  private record PasswordChange(String old, String password) {}

  private record OwnSession(
      long id, String address, String agent, Instant startedAt, Instant lastAt, boolean current) {}

  private record OwnSessions(List<OwnSession> items) {}

  MeRoutes(
      Users users, Sessions sessions, SignIn signIn, Passwords passwords, PasswordRules rules) {
    this.users = users;
    this.sessions = sessions;
    this.signIn = signIn;
    this.passwords = passwords;
    this.rules = rules;
  }

  @Override
  public void mount(Operations on) {
    on.on("getMe", request -> UserRoutes.found(me(request)))
        .on("putMySettings", this::putSettings)
        .on("putMyPassword", this::putPassword)
        .on("listMySessions", this::listSessions)
        .on("endMySession", this::endSession);
  }

  private User me(Request request) {
    String name = request.user().name();
    return users.find(name).orElseThrow(() -> Problem.notFound("user " + name));
  }

  private Response putSettings(Request request) {
    Settings settings = request.body(Settings.class);
    List<Fault> faults = UserDraft.faults("", settings);
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults);
    }
    return UserRoutes.found(users.setSettings(request.user().name(), settings));
  }

  /// The old password is asked for, so that a browser that was left alone cannot be taken over; it
  /// is limited as at the sign-in.
  private Response putPassword(Request request) {
    PasswordChange change = request.body(PasswordChange.class);
    Secret password = new Secret(change.password());
    User user = me(request);
    Users.Login login =
        signIn
            .check(request.client().address(), user.name(), new Secret(change.old()))
            .orElseThrow(() -> wrong("/old", "is not the password"));
    if (change.old().equals(change.password())) {
      throw wrong("/password", "must be another one");
    }
    rules
        .fault(password, user)
        .ifPresent(rule -> {
          throw wrong("/password", rule);
        });
    try {
      String hash = passwords.hash(password);
      if (!users.setPassword(login, hash, request.user().session())) {
        throw Problem.conflict("the password was changed meanwhile");
      }
    } catch (Busy e) {
      throw SignIn.busy(e);
    }
    log.atInfo().addKeyValue("user", user.name()).log("password changed");
    return Response.noContent();
  }

  private static Problem wrong(String pointer, String rule) {
    return Problem.invalid(List.of(new Fault(pointer, rule)));
  }

  private Response listSessions(Request request) {
    Principal.User user = request.user();
    return Response.ok(
        new OwnSessions(
            sessions.list(user.name()).stream()
                .map(one ->
                    new OwnSession(
                        one.id(),
                        one.address(),
                        one.agent(),
                        one.startedAt(),
                        one.lastAt(),
                        one.id() == user.session()))
                .toList()));
  }

  private Response endSession(Request request) {
    if (sessions.end(request.user().name(), Long.parseLong(request.path("id"))).isEmpty()) {
      throw Problem.notFound("session " + request.path("id"));
    }
    return Response.noContent();
  }
}
