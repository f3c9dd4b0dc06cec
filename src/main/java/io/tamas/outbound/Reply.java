package io.tamas.outbound;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/// The answer of another server as it came, which may say anything.
///
/// @param retryAfter the header field of that name
/// @param body its beginning, as long as was asked for
/// @param isWhole whether that is all of it
public record Reply(int status, Optional<String> retryAfter, Buffer body, boolean isWhole) {
  public boolean isSuccess() {
    return status / 100 == 2;
  }
}
