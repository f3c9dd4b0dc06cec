package io.tamas.event;

import io.tamas.web.Problem;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a client must say to become a WebSocket of the version that there is, 13 (RFC 6455 section
/// 4.2.1). Pure.
final class Handshake {
  private static final String VERSION = "sec-websocket-version";
  private static final int KEY_BYTES = 16;

  /// What the answer to another request must name (RFC 9110 section 15.5.22, RFC 6455 section 4.4).
  private static final Map<String, String> RIGHT =
      Map.of("connection", "upgrade", "upgrade", "websocket", VERSION, "13");

  private Handshake() {}

  static Optional<Problem> fault(MultiMap headers) {
    if (!names(headers, HttpHeaders.UPGRADE, "websocket")
        || !names(headers, HttpHeaders.CONNECTION, "upgrade")) {
      return Optional.of(required("this address requires WebSocket"));
    }
    if (!headers.getAll(VERSION).equals(List.of("13"))) {
      return Optional.of(required("the version of WebSocket must be 13"));
    }
    return isKey(headers.getAll("sec-websocket-key"))
        ? Optional.empty()
        : Optional.of(
            Problem.bad(
                "Bad request", "header:sec-websocket-key", "must be 16 bytes in Base64, once"));
  }

  private static boolean names(MultiMap headers, CharSequence field, String token) {
    return headers.getAll(field).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .anyMatch(listed -> listed.strip().equalsIgnoreCase(token));
  }

  private static Problem required(String detail) {
    return new Problem(426, "Upgrade required", detail, List.of()).with(RIGHT);
  }

  private static boolean isKey(List<String> keys) {
    try {
      return keys.size() == 1
          && Base64.getDecoder().decode(keys.getFirst().strip()).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
