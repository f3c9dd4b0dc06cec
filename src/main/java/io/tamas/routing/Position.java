package io.tamas.routing;

import io.tamas.company.Destination;
import io.tamas.number.ExtensionNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How far the routing of a call has come. The dialplan keeps it as text while it rings or collects
/// digits, and passes it back when it requests what is next: Tamas itself keeps no state between
/// two sessions.
///
/// @param route the inbound route that matched the call
/// @param path the destinations since the caller's last choice, the current one at the end
/// @param tries how many tries in the menu at the end of the path have failed
/// @param steps how many tries in menus so far, in all, failed or not
/// @param first who was rung first for this caller, if anybody
public record Position(
    Optional<String> route, List<Destination> path, int tries, int steps, Optional<First> first) {
  /// A longer path is taken for a routing loop.
  static final int MAX_PATH = 8;

  static final int MAX_STEPS = 50;
  private static final int MAX_LENGTH = 700;
  private static final String NO_ROUTE = "-";

  /// In the place of a destination: who was rung first, at the end while that is so.
  private static final String FIRST = "first:";

  /// Who is responsible for the caller.
  ///
  /// @param rings whether it rings now; what is at the end of the path follows
  record First(ExtensionNumber extension, boolean rings) {}

  /// The start of the routing.
  static Position start(Optional<String> route) {
    return new Position(route, List.of(), 0, 0, Optional.empty());
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
    return new Position(route, List.copyOf(longer), 0, steps, first);
  }

  /// After a choice by the caller: what was reached before does not count as a routing loop.
  Position chosen() {
    return new Position(route, List.of(), 0, steps + 1, first);
  }

  Position triedAgain() {
    return new Position(route, path, tries + 1, steps + 1, first);
  }

  Position ringingFirst(ExtensionNumber responsible) {
    return withFirst(new First(responsible, true));
  }

  private Position withFirst(First other) {
    return new Position(route, path, tries, steps, Optional.of(other));
  }

  /// After the responsible one has not answered: what comes is what it was rung before.
  Position rungFirst() {
    return first.map(one -> withFirst(new First(one.extension(), false))).orElse(this);
  }

  /// The one who is rung first at the moment.
  Optional<ExtensionNumber> ringsFirst() {
    return first.filter(First::rings).map(First::extension);
  }

  boolean hasRungFirst(ExtensionNumber extension) {
    return first.filter(one -> one.extension().equals(extension)).isPresent();
  }

  /// What rings or plays now, as in [Destination#text]; `none` at the start.
  String destination() {
    return ringsFirst()
        .<Destination>map(Destination.ToExtension::new)
        .or(this::at)
        .map(Destination::text)
        .orElse("none");
  }

  /// Such as `main/0/1/menu:hello` or `main/0/0/ring-group:sales/first:101`: nothing in it is
  /// syntax of the dialplan.
  public String text() {
    List<String> parts = new ArrayList<>();
    parts.add(route.orElse(NO_ROUTE));
    parts.add(Integer.toString(tries));
    parts.add(Integer.toString(steps));
    path.forEach(one -> parts.add(one.text()));
    first.ifPresent(one -> parts.add(one.rings() ? parts.size() : 3, FIRST + one.extension()));
    return String.join("/", parts);
  }

  /// Reads what [#text] wrote.
  ///
  /// @throws IllegalArgumentException for anything else
  public static Position parse(String text) {
    String[] parts = text.split("/", -1);
    if (text.length() > MAX_LENGTH || parts.length < 4 || parts.length > 4 + MAX_PATH) {
      throw new IllegalArgumentException("a position is route/tries/steps/destination…");
    }
    List<Destination> path = new ArrayList<>();
    Optional<First> first = Optional.empty();
    for (int i = 3; i < parts.length; i++) {
      if (parts[i].startsWith(FIRST) && first.isEmpty()) {
        ExtensionNumber extension = new ExtensionNumber(parts[i].substring(FIRST.length()));
        first = Optional.of(new First(extension, i == parts.length - 1));
      } else {
        path.add(Destination.parse(parts[i]));
      }
    }
    Optional<String> route = Optional.of(parts[0]).filter(name -> !name.equals(NO_ROUTE));
    return new Position(route, List.copyOf(path), count(parts[1]), count(parts[2]), first);
  }

  private static int count(String digits) {
    if (!digits.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("a position counts tries and steps");
    }
    return Integer.parseInt(digits);
  }
}
