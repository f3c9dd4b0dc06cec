package io.tamas.user;

import io.tamas.config.Secret;
import io.tamas.number.WrittenNumbers;
import io.tamas.web.Api;
import io.tamas.web.Cursor;
import io.tamas.web.ETag;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Users by REST, for administrators. A one-time password is returned only once, when it is made.
final class UserRoutes implements Api {
  private static final Logger log = LoggerFactory.getLogger(UserRoutes.class);
  private static final String LIST = "users";

  private final Users users;
  private final Sessions sessions;
  private final Supplier<WrittenNumbers> numbers;

  private record Created(User user, String oneTimePassword) {}

  private record Reset(String oneTimePassword) {}

  private record Listed(List<User> items, Optional<String> next) {}

  private record OpenSessions(List<Sessions.Session> items) {}

  /// @param numbers by the plans of the company
  UserRoutes(Users users, Sessions sessions, Supplier<WrittenNumbers> numbers) {
    this.users = users;
    this.sessions = sessions;
    this.numbers = numbers;
  }

  @Override
  public void mount(Operations on) {
    on.on("listUsers", this::list)
        .on("createUser", this::create)
        .on("getUser", this::get)
        .on("updateUser", this::update)
        .on("deleteUser", this::delete)
        .on("resetUserPassword", this::reset)
        .on("listUserSessions", this::listSessions)
        .on("endUserSession", this::endSession);
  }

  private Response list(Request request) {
    String after =
        request
            .query("cursor")
            .map(text -> Cursor.parse(LIST, 1, text).field(0, Function.identity()))
            .orElse("");
    Users.Page page = users.list(after, request.limit());
    Optional<String> next =
        page.next()
            ? Optional.of(Cursor.of(LIST, page.items().getLast().name()).text())
            : Optional.empty();
    return Response.ok(new Listed(page.items(), next));
  }

  private Response create(Request request) {
    NewUser draft = request.body(NewUser.class);
    Secret oneTime = users.create(draft.name(), draft.content(numbers.get()));
    report(request, draft.name(), "user created");
    User user = users.find(draft.name()).orElseThrow(() -> absent(draft.name()));
    Map<String, String> headers =
        Map.of("location", "/api/v1/users/" + user.name(), "etag", ETag.of(user.version()));
    return new Response.Body(201, headers, new Created(user, oneTime.reveal()));
  }

  private Response get(Request request) {
    String name = request.path("name");
    return found(users.find(name).orElseThrow(() -> absent(name)));
  }

  private Response update(Request request) {
    String name = request.path("name");
    User.Content content = request.body(UserDraft.class).content(numbers.get());
    User changed = users.update(name, ETag.expected(request), content);
    report(request, name, "user changed");
    return found(changed);
  }

  private Response delete(Request request) {
    String name = request.path("name");
    users.delete(name, ETag.expected(request));
    report(request, name, "user deleted");
    return Response.noContent();
  }

  private Response reset(Request request) {
    String name = request.path("name");
    Secret oneTime = users.reset(name).orElseThrow(() -> absent(name));
    report(request, name, "password of a user reset");
    return Response.ok(new Reset(oneTime.reveal()));
  }

  private Response listSessions(Request request) {
    String name = request.path("name");
    User user = users.find(name).orElseThrow(() -> absent(name));
    return Response.ok(new OpenSessions(sessions.list(user.name())));
  }

  private Response endSession(Request request) {
    String name = request.path("name");
    if (sessions.end(name, Long.parseLong(request.path("id"))).isEmpty()) {
      throw Problem.notFound("session " + request.path("id"));
    }
    report(request, name, "session of a user ended");
    return Response.noContent();
  }

  static Response found(User user) {
    return new Response.Body(200, Map.of("etag", ETag.of(user.version())), user);
  }

  private static Problem absent(String name) {
    return Problem.notFound("user " + name);
  }

  private static void report(Request request, String user, String what) {
    log.atInfo().addKeyValue("by", request.principal()).addKeyValue("user", user).log(what);
  }
}
