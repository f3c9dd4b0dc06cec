package io.tamas.call.fold;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// For how long who talked: measured whenever somebody comes, goes or holds.
///
/// The main party is the one whose call it is: the caller, and after a transfer by the caller who
/// was handed on. It talks, or it waits because somebody wanted it: on hold, parked, being handed
/// on. In between, such as from the other's end to its own, or in a mailbox or a menu, it does
/// neither.
final class Talk {
  private final Map<String, Duration> talked = new HashMap<>();
  private final Set<String> partners = new LinkedHashSet<>();
  private Set<String> talking = Set.of();
  private Duration talk = Duration.ZERO;
  private Duration hold = Duration.ZERO;
  private Optional<String> last = Optional.empty();
  private State state = State.ALONE;
  private Instant since;

  private enum State {
    ALONE,
    TALKS,
    WAITS,
    /// Has a recorded voice to hear.
    SERVED
  }

  Talk(Instant begin) {
    since = begin;
  }

  /// Asterisk's clock may have been set back in between.
  static Duration between(Instant from, Instant to) {
    return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
  }

  /// Counts the time until now as what it was.
  void passes(Instant at) {
    Duration time = between(since, at);
    if (time.isPositive()) {
      talking.forEach(id -> talked.merge(id, time, Duration::plus));
      switch (state) {
        case TALKS -> talk = talk.plus(time);
        case WAITS -> hold = hold.plus(time);
        case ALONE, SERVED -> {}
      }
    }
    since = at;
  }

  /// What it is from now on.
  ///
  /// @return whether somebody talks with the main party for the first time
  boolean changes(ConnectedChannels channels, String main, boolean mainIsGone) {
    talking = channels.talking();
    Set<String> now = channels.partners(main);
    if (!now.isEmpty()) {
      state = State.TALKS;
    } else if (mainIsGone || state == State.TALKS) {
      state = State.ALONE;
    }
    now.stream().findFirst().ifPresent(partner -> last = Optional.of(partner));
    return partners.addAll(now);
  }

  /// Somebody lets the main party wait. Returns whether it waits by this, since it does not talk on
  /// with another.
  boolean waits() {
    boolean begins = state == State.ALONE && !partners.isEmpty();
    state = begins ? State.WAITS : state;
    return begins;
  }

  /// Whether it has a recorded voice to hear where it talks with nobody.
  void isServed(boolean served) {
    if (served && state != State.TALKS) {
      state = State.SERVED;
    } else if (!served && state == State.SERVED) {
      state = State.ALONE;
    }
  }

  boolean isWaiting() {
    return state == State.WAITS;
  }

  /// Another party is the main one, of whom nothing was counted yet.
  void beginsAgain() {
    partners.clear();
    talk = Duration.ZERO;
    hold = Duration.ZERO;
    last = Optional.empty();
    state = State.ALONE;
  }

  /// Whether the main party talks with somebody now.
  boolean talks() {
    return state == State.TALKS;
  }

  Duration talk() {
    return talk;
  }

  Duration hold() {
    return hold;
  }

  Duration of(String uniqueId) {
    return talked.getOrDefault(uniqueId, Duration.ZERO);
  }

  /// Who talked with the main party, by unique id, in the order in which they came.
  Set<String> partners() {
    return partners;
  }

  /// Who of them was the last.
  Optional<String> last() {
    return last;
  }
}
