package io.tamas.user;

import io.tamas.config.Secret;
import io.tamas.web.Api;
import io.tamas.web.Client;
import io.tamas.web.Principal;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One-time codes: how users set them up and take them away again, and how administrators do so for
/// who has lost the telephone. A session alone is not enough for any of it.
final class CodeRoutes implements Api {
  private static final Logger log = LoggerFactory.getLogger(CodeRoutes.class);

  private final Codes codes;
  private final SignIn signIn;
  private final Users users;

  private record Password(String password) {}

  private record Code(String code) {}

  private record Proof(String password, String code) {}

  private record Begun(String secret, String uri) {}

  private record Recovery(List<String> recoveryCodes) {
    static Recovery of(List<Secret> codes) {
      return new Recovery(codes.stream().map(Secret::reveal).toList());
    }
  }

  CodeRoutes(Codes codes, SignIn signIn, Users users) {
    this.codes = codes;
    this.signIn = signIn;
    this.users = users;
  }

  @Override
  public void mount(Operations on) {
    on.on("getMyCodes", request -> Response.ok(codes.state(request.user().name())))
        .on("beginCodes", this::begin)
        .on("confirmCodes", this::confirm)
        .on("renewRecoveryCodes", this::renew)
        .on("removeMyCodes", this::removeMine)
        .on("getUserCodes", this::get)
        .on("removeUserCodes", this::remove);
  }

  private Response begin(Request request) {
    Principal.User user = request.user();
    Users.Login login = login(request, request.body(Password.class).password());
    Totp totp = codes.begin(login.id());
    return new Response.Body(
        201, Map.of(), new Begun(totp.text().reveal(), totp.uri(user.name()).reveal()));
  }

  private Response confirm(Request request) {
    Principal.User user = request.user();
    Client client = request.client();
    String code = request.body(Code.class).code();
    long account = users.login(user.name()).id();
    List<Secret> recoveries =
        signIn
            .limited(
                client.address(),
                user.name(),
                () -> codes.confirm(user.name(), account, code, user.session()))
            .orElseThrow(CodeRoutes::wrong);
    report(user.name(), request, "one-time codes set up");
    return Response.ok(Recovery.of(recoveries));
  }

  private Response renew(Request request) {
    Users.Login login = proven(request);
    report(login.name(), request, "recovery codes renewed");
    return Response.ok(Recovery.of(codes.renewRecoveries(login.name(), login.id())));
  }

  private Response removeMine(Request request) {
    Users.Login login = proven(request);
    codes.remove(login.name(), request.user().session());
    report(login.name(), request, "one-time codes removed");
    return Response.noContent();
  }

  private Response get(Request request) {
    String name = request.path("name");
    requireUser(name);
    return Response.ok(codes.state(name));
  }

  private Response remove(Request request) {
    String name = request.path("name");
    requireUser(name);
    if (!codes.remove(name, 0)) {
      throw Problem.notFound("one-time codes of user " + name);
    }
    report(name, request, "one-time codes removed");
    return Response.noContent();
  }

  /// By password and code.
  private Users.Login proven(Request request) {
    Proof proof = request.body(Proof.class);
    Users.Login login = login(request, proof.password());
    if (!login.coded()) {
      throw Problem.conflict("the user has no one-time codes");
    }
    if (!signIn.useCode(request.client().address(), login, proof.code())) {
      throw wrong();
    }
    return login;
  }

  private Users.Login login(Request request, String password) {
    return signIn
        .check(request.client().address(), request.user().name(), new Secret(password))
        .orElseThrow(() -> Problem.invalid(List.of(new Fault("/password", "is not the password"))));
  }

  private static Problem wrong() {
    return Problem.invalid(List.of(new Fault("/code", SignIn.WRONG_CODE)));
  }

  private void requireUser(String name) {
    if (users.find(name).isEmpty()) {
      throw Problem.notFound("user " + name);
    }
  }

  private static void report(String user, Request request, String what) {
    log.atInfo().addKeyValue("by", request.principal()).addKeyValue("user", user).log(what);
  }
}
