package io.tamas.user;

import io.tamas.config.Secret;
import io.tamas.openid.OpenIdFault;
import io.tamas.text.Printable;
import io.tamas.web.Api;
import io.tamas.web.Client;
import io.tamas.web.Principal;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import io.tamas.web.Role;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Signing in and out. A session is known by a cookie that no script can read, and always begins
/// with a token of its own.
final class SessionRoutes implements Api {
  private static final Logger log = LoggerFactory.getLogger(SessionRoutes.class);
  private static final int MAX_AGENT = 200;

  private final Users users;
  private final Sessions sessions;
  private final SignIn signIn;
  private final SessionCookies cookies;
  private final Optional<OpenIdSetting> openId;

  private record Draft(String name, String password, Optional<String> code) {}

  /// @param codesDue whether one-time codes must be set up before anything else
  private record SignedIn(String name, Role role, boolean oneTime, boolean codesDue) {}

  /// @param goOn where the browser goes to sign out at the issuer, too
  private record SignedOut(String goOn) {}

  /// @param openId where else some have signed in
  SessionRoutes(
      Users users,
      Sessions sessions,
      SignIn signIn,
      SessionCookies cookies,
      Optional<OpenIdSetting> openId) {
    this.users = users;
    this.sessions = sessions;
    this.signIn = signIn;
    this.cookies = cookies;
    this.openId = openId;
  }

  @Override
  public void mount(Operations on) {
    on.on("signIn", this::signIn).on("getSession", this::get).on("signOut", this::signOut);
  }

  private Response signIn(Request request) {
    Draft draft = request.body(Draft.class);
    Client client = request.client();
    String name = draft.name().strip().toLowerCase(Locale.ROOT);
    Users.Login login =
        signIn
            .check(client.address(), name, new Secret(draft.password()), draft.code())
            .orElseThrow(SessionRoutes::wrong);
    Secret token =
        sessions.start(login, client.address(), agent(request)).orElseThrow(SessionRoutes::wrong);
    User user = users.find(name).orElseThrow(() -> Problem.notFound("user " + name));
    log.atInfo()
        .addKeyValue("user", name)
        .addKeyValue("address", client.address())
        .log("signed in");
    return new Response.Body(
        201,
        Map.of("set-cookie", cookies.session(client, token.reveal(), sessions.longest())),
        new SignedIn(name, user.role(), user.oneTime(), login.codesDue()));
  }

  private static Problem wrong() {
    return Problem.unauthorized("the name or the password is wrong");
  }

  /// What the browser says it is, as it may be kept.
  static String agent(Request request) {
    String agent = Printable.of(request.header("user-agent").orElse(""));
    return agent.codePointCount(0, agent.length()) > MAX_AGENT
        ? agent.substring(0, agent.offsetByCodePoints(0, MAX_AGENT))
        : agent;
  }

  private Response get(Request request) {
    Principal.User user = request.user();
    return Response.ok(new SignedIn(user.name(), user.role(), user.oneTime(), user.codesDue()));
  }

  private Response signOut(Request request) {
    Principal.User user = request.user();
    Optional<Sessions.Ended> ended = sessions.end(user.name(), user.session());
    log.atInfo().addKeyValue("user", user.name()).log("signed out");
    Map<String, String> headers =
        Map.of("set-cookie", cookies.session(request.client(), "", Duration.ZERO));
    return ended
        .filter(Sessions.Ended::byIssuer)
        .flatMap(_ -> openId)
        .flatMap(is -> endAtIssuer(is, request))
        .<Response>map(address -> new Response.Body(200, headers, new SignedOut(address)))
        .orElseGet(() -> new Response.Empty(204, headers));
  }

  /// Empty if the issuer has no place for that, or does not answer: the session here has ended in
  /// any case.
  private static Optional<String> endAtIssuer(OpenIdSetting is, Request request) {
    try {
      return is.openId().endAddress(is.origin(request) + "/");
    } catch (OpenIdFault fault) {
      log.atWarn()
          .addKeyValue("reason", fault.reason())
          .log("signed out here alone: the issuer of OpenID Connect does not answer");
      return Optional.empty();
    }
  }
}
