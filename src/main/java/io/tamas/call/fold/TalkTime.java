package io.tamas.call.fold;

import io.tamas.call.record.CallRecord.Progress;
import io.tamas.call.record.CallRecord.TalkState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Talk time and hold time, counted whenever a party is connected, disconnected or held.
///
/// The **main party** is the one to which the call belongs: the caller, and after a transfer by the
/// caller, the transferee. It is connected to another party, or it is held: on hold, parked, or
/// being transferred. Otherwise, such as between the hangup of the other party and its own, or in a
/// mailbox or a menu, it is neither.
final class TalkTime {
  private final Map<String, Duration> ofParties = new HashMap<>();
  private final Set<String> partners = new LinkedHashSet<>();
  private Set<String> connected = Set.of();
  private Duration talk = Duration.ZERO;
  private Duration hold = Duration.ZERO;
  private Optional<String> last = Optional.empty();
  private State state = State.NEITHER;
  private Instant stateSince;
  private Instant since;

  private enum State {
    NEITHER,
    CONNECTED,
    HELD,
    /// It has left, and others talk on.
    LEFT,
    /// In a mailbox, a menu or an announcement.
    PROMPTED
  }

  TalkTime(Instant start) {
    since = start;
    stateSince = start;
  }

  /// Asterisk's clock may have been set back in between.
  static Duration between(Instant from, Instant to) {
    return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
  }

  /// Counts the time until now by the state until now.
  void advance(Instant at) {
    Duration time = between(since, at);
    if (time.isPositive()) {
      connected.forEach(id -> ofParties.merge(id, time, Duration::plus));
      switch (state) {
        case CONNECTED -> talk = talk.plus(time);
        case HELD -> hold = hold.plus(time);
        case NEITHER, LEFT, PROMPTED -> {}
      }
    }
    since = at;
  }

  /// The state from now on.
  ///
  /// @return whether a party is connected to the main party for the first time
  boolean update(ConnectedChannels channels, String main, boolean mainHasHungUp) {
    connected = channels.connected();
    Set<String> now = channels.partners(main);
    if (!now.isEmpty()) {
      enter(State.CONNECTED);
    } else if (mainHasHungUp && !connected.isEmpty()) {
      enter(State.LEFT);
    } else if (mainHasHungUp || state == State.CONNECTED) {
      enter(State.NEITHER);
    }
    now.stream().findFirst().ifPresent(partner -> last = Optional.of(partner));
    return partners.addAll(now);
  }

  /// The main party is held, unless it is still connected to another party. Returns whether its
  /// hold starts by this.
  boolean startHold() {
    boolean starts = state == State.NEITHER && !partners.isEmpty();
    enter(starts ? State.HELD : state);
    return starts;
  }

  /// @param played whether prompts are played to the main party while it is not connected
  void onPrompts(boolean played) {
    if (played && state != State.CONNECTED) {
      enter(State.PROMPTED);
    } else if (!played && state == State.PROMPTED) {
      enter(State.NEITHER);
    }
  }

  boolean isHeld() {
    return state == State.HELD;
  }

  /// Whether the main party has left and others talk on.
  boolean isLeft() {
    return state == State.LEFT;
  }

  /// Another party becomes the main one, for which nothing was counted yet.
  void reset() {
    partners.clear();
    talk = Duration.ZERO;
    hold = Duration.ZERO;
    last = Optional.empty();
    enter(State.NEITHER);
  }

  private void enter(State next) {
    stateSince = next == state ? stateSince : since;
    state = next;
  }

  /// What the main party does, or others without it, unless nobody has talked to it and it reaches
  /// no prompts.
  ///
  /// @param waiting the parties that wait
  /// @param talking the parties of [#connected]
  /// @param slot in which one of those that wait is parked
  Optional<Progress> progress(List<String> waiting, List<String> talking, Optional<String> slot) {
    Optional<TalkState> now =
        switch (state) {
          case NEITHER -> Optional.empty();
          case CONNECTED -> Optional.of(TalkState.TALKING);
          case HELD -> Optional.of(TalkState.ON_HOLD);
          case LEFT -> Optional.of(TalkState.OTHERS_TALKING);
          case PROMPTED -> Optional.of(TalkState.PROMPT);
        };
    return now.map(does -> new Progress(does, stateSince, waiting, talking, slot, since));
  }

  /// Whether the main party is connected to another party now.
  boolean isConnected() {
    return state == State.CONNECTED;
  }

  /// Those that are connected to another one now, by unique id.
  Set<String> connected() {
    return connected;
  }

  Duration talk() {
    return talk;
  }

  Duration hold() {
    return hold;
  }

  Duration of(String uniqueId) {
    return ofParties.getOrDefault(uniqueId, Duration.ZERO);
  }

  /// The parties that were connected to the main party, by unique id, in that order.
  Set<String> partners() {
    return partners;
  }

  /// The last of the partners.
  Optional<String> last() {
    return last;
  }
}
