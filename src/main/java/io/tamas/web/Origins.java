package io.tamas.web;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which pages may act for a user: those of this server. Browsers send a cookie whichever page asks
/// for it, and say which one that is. Pure.
final class Origins {
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Set<String> published;
  private final String machine;

  /// Where a request was received.
  ///
  /// @param host the address, IPv6 without brackets
  record Place(boolean tls, String host, int port) {}

  /// What a browser says about the page that has sent a request.
  record Page(Optional<String> site, Optional<String> origin) {
    boolean isSaid() {
      return site.isPresent() || origin.isPresent();
    }
  }

  /// @param published `http.publicUrl`; empty: wherever the server listens
  /// @param machine the name of this machine
  Origins(List<String> published, String machine) {
    this.published = published.stream().map(Origins::normal).collect(Collectors.toSet());
    this.machine = machine.toLowerCase(Locale.ROOT);
  }

  /// Why what a page has sent is refused; empty if it is a page of this server.
  Optional<Problem> refusal(Page page, Place place) {
    if (page.site().equals(Optional.of("same-origin"))
        || page.origin().filter(origin -> allows(origin, place)).isPresent()) {
      return Optional.empty();
    }
    String from =
        page.origin()
            .map(origin -> "its Origin " + printable(origin) + " is not")
            .orElse("it says no Origin that is");
    return Optional.of(
        Problem.forbidden(
            "a request by cookie must come from a page of this server: "
                + from
                + " in the setting http.publicUrl"));
  }

  private boolean allows(String origin, Place place) {
    String normal = normal(origin);
    return published.isEmpty() ? isOf(normal, place) : published.contains(normal);
  }

  private boolean isOf(String origin, Place place) {
    String scheme = place.tls() ? "https://" : "http://";
    String host = place.host().contains(":") ? "[" + place.host() + "]" : place.host();
    return origin.equals(normal(scheme + host + ":" + place.port()))
        || origin.equals(normal(scheme + machine + ":" + place.port()))
        || LOCAL_NAMES.stream()
            .anyMatch(name -> origin.equals(normal(scheme + name + ":" + place.port())));
  }

  /// As browsers write it: without a port that goes without saying.
  static String normal(String origin) {
    String small = origin.toLowerCase(Locale.ROOT).replaceFirst("/$", "");
    return small.startsWith("https://")
        ? small.replaceFirst(":443$", "")
        : small.replaceFirst(":80$", "");
  }

  static String printable(String origin) {
    String shown = origin.length() > 100 ? origin.substring(0, 100) + "…" : origin;
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}
