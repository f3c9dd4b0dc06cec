package io.tamas.routing;

import io.tamas.company.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// How far the routing of a call has come. The dialplan keeps it as text while it rings or collects
/// digits, and passes it back when it requests what is next: Tamas itself keeps no state between
/// two sessions.
///
/// @param route the inbound route that matched the call
/// @param path the destinations since the caller's last choice, the current one at the end
/// @param tries how many tries in the menu at the end of the path have failed
/// @param steps how many tries in menus so far, in all, failed or not
public record Position(Optional<String> route, List<Destination> path, int tries, int steps) {
  /// A longer path is taken for a routing loop.
  static final int MAX_PATH = 8;

  static final int MAX_STEPS = 50;
  private static final int MAX_LENGTH = 700;
  private static final String NO_ROUTE = "-";

  /// The start of the routing.
  static Position start(Optional<String> route) {
    return new Position(route, List.of(), 0, 0);
  }

  /// A call that was returned to a destination that it had left.
  public static Position at(Destination destination) {
    return start(Optional.empty()).with(destination);
  }

  /// Where the call is now; empty at the start.
  public Optional<Destination> at() {
    return path.isEmpty() ? Optional.empty() : Optional.of(path.getLast());
  }

  Position with(Destination next) {
    List<Destination> longer = new ArrayList<>(path);
    longer.add(next);
    return new Position(route, List.copyOf(longer), 0, steps);
  }

  /// After a choice by the caller: what was reached before does not count as a routing loop.
  Position chosen() {
    return new Position(route, List.of(), 0, steps + 1);
  }

  Position triedAgain() {
    return new Position(route, path, tries + 1, steps + 1);
  }

  /// Such as `main/0/1/menu:hello`: nothing in it is syntax of the dialplan.
  public String text() {
    return route.orElse(NO_ROUTE)
        + "/"
        + tries
        + "/"
        + steps
        + path.stream().map(Destination::text).collect(Collectors.joining("/", "/", ""));
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws IllegalArgumentException for anything else
  public static Position parse(String text) {
    String[] parts = text.split("/", -1);
    if (text.length() > MAX_LENGTH || parts.length < 4 || parts.length > 3 + MAX_PATH) {
      throw new IllegalArgumentException("a position is route/tries/steps/destination…");
    }
    List<Destination> path = new ArrayList<>();
    for (int i = 3; i < parts.length; i++) {
      path.add(Destination.parse(parts[i]));
    }
    Optional<String> route = Optional.of(parts[0]).filter(name -> !name.equals(NO_ROUTE));
    return new Position(route, List.copyOf(path), count(parts[1]), count(parts[2]));
  }

  private static int count(String digits) {
    if (!digits.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("a position counts tries and steps");
    }
    return Integer.parseInt(digits);
  }
}
