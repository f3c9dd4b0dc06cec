package io.tamas.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What pages of other servers, such as a CRM's own, may read here: those that the configuration
/// names, by a key or a ticket and never by a cookie, for which they are given no permission (the
/// CORS protocol of the Fetch standard). Pure.
final class CrossOrigin {
  private static final Map<String, String> PERMISSIONS =
      Map.of(
          "access-control-allow-headers",
          "Authorization, Content-Type, If-Match, If-None-Match, If-Range, Range, X-Request-Id",
          // what browsers accept at most differs; changed settings are seen soon
          "access-control-max-age",
          "600");

  private static final String READABLE =
      "Content-Disposition, Content-Range, ETag, Location, Retry-After, Undo-Id, Undo-Until,"
          + " X-Request-Id";

  private final Set<String> allowed;

  /// @param allowed `http.allowedOrigins`
  CrossOrigin(List<String> allowed) {
    this.allowed = allowed.stream().map(Origins::normal).collect(Collectors.toSet());
  }

  /// Whether a page may read here, by its origin exactly as browsers write it.
  boolean allows(String origin) {
    return allowed.contains(origin);
  }

  /// For each answer. It depends on the origin for everybody, so that no cache confuses two.
  ///
  /// @param origins the fields `Origin`
  Map<String, String> headers(List<String> origins) {
    if (allowed.isEmpty()) {
      return Map.of();
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("vary", "Origin");
    page(origins)
        .ifPresent(origin -> {
          headers.put("access-control-allow-origin", origin);
          headers.put("access-control-expose-headers", READABLE);
        });
    return headers;
  }

  /// The answer to the question of a browser whether a page may send a request; empty if it is no
  /// such question, or the page may not.
  ///
  /// @param asked the field `Access-Control-Request-Method`
  /// @param methods of the address
  Optional<Map<String, String>> permission(
      List<String> origins, Optional<String> asked, String methods) {
    return page(origins)
        .filter(_ -> asked.isPresent())
        .map(_ -> {
          Map<String, String> headers = new LinkedHashMap<>(PERMISSIONS);
          headers.put("access-control-allow-methods", methods);
          return headers;
        });
  }

  private Optional<String> page(List<String> origins) {
    return origins.size() == 1 && allows(origins.getFirst())
        ? Optional.of(origins.getFirst())
        : Optional.empty();
  }
}
