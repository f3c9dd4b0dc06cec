package io.tamas.outbound;

import java.util.Optional;

/// The answer of another server, which may say anything.
///
/// @param retryAfter the header field of that name
/// @param extract the beginning of the body as it may be shown to an administrator: printable, on
///   one line
public record Answer(int status, Optional<String> retryAfter, String extract) {
  public boolean isSuccess() {
    return status / 100 == 2;
  }
}
