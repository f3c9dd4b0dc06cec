package io.tamas.outbound;

import io.tamas.text.Printable;
import java.util.Optional;

/// The answer of another server, which may say anything.
///
/// @param retryAfter the header field of that name
/// @param extract the beginning of the body as it may be shown to an administrator: printable, on
///   one line
public record Answer(int status, Optional<String> retryAfter, String extract) {
  private static final int MAX_EXTRACT = 200;

  static Answer of(Reply reply) {
    String printable = Printable.of(reply.body().toString());
    int shown = Math.min(MAX_EXTRACT, printable.codePointCount(0, printable.length()));
    return new Answer(
        reply.status(),
        reply.retryAfter(),
        printable.substring(0, printable.offsetByCodePoints(0, shown)));
  }

  public boolean isSuccess() {
    return status / 100 == 2;
  }
}
