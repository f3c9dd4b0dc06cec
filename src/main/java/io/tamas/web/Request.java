package io.tamas.web;

import io.tamas.number.ExtensionNumber;
import io.tamas.web.Principal.Reach;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// A request that conforms to the contract.
public interface Request {

  /// A path parameter.
  String path(String name);

  /// A query parameter.
  Optional<String> query(String name);

  /// The maximum of items per page: the parameter `limit`, within the bounds of the contract.
  ///
  /// @throws Problem 400 for anything else
  default int limit() {
    String text = query("limit").orElse("50");
    int limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
    if (limit < 1 || limit > 200) {
      throw Problem.bad("Bad request", "query:limit", "must be 1 to 200");
    }
    return limit;
  }

  /// Parses an instant as in parameters and cursors, such as `2026-11-21T10:00:00+03:30`: from 1970
  /// to the year 4147. The offset may be without its colon, as `strftime` writes it.
  ///
  /// @throws IllegalArgumentException for a time outside these bounds
  /// @throws DateTimeException for anything else
  static Instant time(String text) {
    Instant time = OffsetDateTime.parse(rfc3339(text)).toInstant();
    if (time.isBefore(Instant.EPOCH) || time.getEpochSecond() > 1L << 36) {
      throw new IllegalArgumentException("must be a time from 1970 to the year 4147");
    }
    return time;
  }

  /// An instant as RFC 3339 writes it, from one whose offset may be without its colon, or whose `+`
  /// was not escaped in an address and arrived as a space.
  private static String rfc3339(String text) {
    return text.replaceFirst("(T.*)[ ]([0-9]{2}:?[0-9]{2})$", "$1+$2")
        .replaceFirst("([+-][0-9]{2})([0-9]{2})$", "$1:$2");
  }

  /// A header.
  Optional<String> header(String name);

  /// The JSON body.
  <T> T body(Class<T> type);

  /// The body of an operation that accepts text.
  default String text() {
    throw new IllegalStateException("this operation accepts no text");
  }

  /// The body of an operation that accepts a file. It is deleted once the request is answered,
  /// unless it was moved away.
  default Path file() {
    throw new IllegalStateException("this operation accepts no file");
  }

  /// The name of the authenticated API key, or `user:` and that of the user.
  String principal();

  /// The user who has signed in.
  ///
  /// @throws Problem 403 for the holder of a key
  default Principal.User user() {
    throw Problem.forbidden("only users who have signed in may");
  }

  /// Makes a ticket that opens an address once, with the rights of this client.
  ///
  /// @throws Problem 429 if they have too many, 503 if there are too many
  default String ticket(String path) {
    throw new IllegalStateException("no tickets");
  }

  /// Where it comes from.
  default Client client() {
    throw new IllegalStateException("no client");
  }

  /// The extensions of which alone the client sees something; empty if it sees all.
  ///
  /// @throws Problem 403 if there are none
  default Optional<Reach.Extensions> extensions() {
    return Optional.empty();
  }

  /// The same beside what a grant opens; there may be none.
  default Optional<Reach.Extensions> ungranted() {
    return extensions();
  }

  /// The extension of the key, or of the user.
  default Optional<ExtensionNumber> own() {
    return Optional.empty();
  }

  /// Whether the client may see all of an extension.
  default boolean isReached(ExtensionNumber number) {
    return extensions().filter(reach -> !reach.includes(number)).isEmpty();
  }

  /// @throws Problem 403 if the client may see something of other extensions only, or of none
  default void requireReached(ExtensionNumber number) {
    if (!isReached(number)) {
      throw ofOthers();
    }
  }

  /// @throws Problem 403 if the extension is that of somebody else, unless the client sees all
  default void requireOwn(ExtensionNumber number) {
    if (extensions().isPresent() && !own().equals(Optional.of(number))) {
      throw ofOthers();
    }
  }

  private Problem ofOthers() {
    String whose = principal().startsWith("user:") ? "user" : "key";
    return Problem.forbidden(
        "the %s acts for %s only"
            .formatted(
                whose,
                own()
                    .map(number -> "extension " + number.digits())
                    .filter(
                        _ -> extensions().map(reach -> reach.since().size()).equals(Optional.of(1)))
                    .orElse("the extensions of the groups supervised")));
  }
}
