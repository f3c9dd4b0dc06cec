package io.tamas.user;

import io.tamas.web.Client;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// The cookies of this instance, which no script can read: of a session, and of a sign-in at an
/// issuer that has not ended yet.
final class SessionCookies {
  private final Sessions sessions;
  private final Duration timeout;

  /// @param timeout of a look-up
  SessionCookies(Sessions sessions, Duration timeout) {
    this.sessions = sessions;
    this.timeout = timeout;
  }

  String session(Client client, String token, Duration age) {
    return field(client, name(), token, age);
  }

  String attempt(Client client, String kept, Duration age) {
    return field(client, attemptName(), kept, age);
  }

  /// What was kept; empty too if there are two, of which one may have been planted.
  Optional<String> attempt(Request request) {
    String start = request.client().cookie(attemptName()) + "=";
    List<String> found =
        Stream.of(request.header("cookie").orElse("").split(";"))
            .map(String::strip)
            .filter(pair -> pair.startsWith(start))
            .map(pair -> pair.substring(start.length()))
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static String field(Client client, String name, String value, Duration age) {
    return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s"
        .formatted(client.cookie(name), value, age.toSeconds(), client.secure() ? "; Secure" : "");
  }

  private String attemptName() {
    return name() + "-open-id";
  }

  private String name() {
    try {
      return sessions.cookie().await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw Problem.unavailable("the database does not answer");
    }
  }
}
