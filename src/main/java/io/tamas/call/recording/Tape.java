package io.tamas.call.recording;

import io.tamas.call.record.CallRecord.RecordingState;
import io.tamas.call.record.RecordingId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The recording of one call while it goes on: which segment runs where, and what is to be done
/// when the call changes. Pure bookkeeping, used on one thread.
final class Tape {
  private final RecordingId id;
  private int segment;
  private boolean begunByDialplan;
  private Optional<RecordedTalk> running = Optional.empty();
  private boolean paused;
  private boolean stopped;

  /// What Asterisk is to do.
  sealed interface Step {
    /// @param channel by name
    record Stop(String channel) implements Step {}

    record Begin(String channel, int segment) implements Step {}

    record Silence(String channel, boolean on) implements Step {}
  }

  private Tape(RecordingId id, int segment, boolean begunByDialplan) {
    this.id = id;
    this.segment = segment;
    this.begunByDialplan = begunByDialplan;
  }

  /// Its first segment records as soon as somebody talks.
  static Tape begunByDialplan(RecordingId id) {
    return new Tape(id, 1, true);
  }

  /// Of which it is not known what runs where, such as after a restart.
  ///
  /// @param segments how many there are already
  static Tape goingOn(RecordingId id, int segments, RecordingState state) {
    Tape tape = new Tape(id, segments, false);
    tape.paused = state == RecordingState.PAUSED;
    tape.stopped = state == RecordingState.STOPPED;
    return tape;
  }

  RecordingId id() {
    return id;
  }

  boolean records() {
    return running.isPresent();
  }

  boolean isPaused() {
    return paused;
  }

  /// The call is as it is now.
  List<Step> now(Optional<RecordedTalk> talk) {
    if (stopped) {
      return List.of();
    }
    if (talk.isEmpty() || running.filter(talk.get()::goesOnWith).isPresent()) {
      return talk.isEmpty() ? ends() : List.of();
    }
    List<Step> steps = new ArrayList<>();
    if (begunByDialplan) {
      begunByDialplan = false;
    } else {
      // of which nothing is known something may run there
      steps.add(new Step.Stop(running.orElse(talk.get()).anchor().name()));
      steps.add(new Step.Begin(talk.get().anchor().name(), ++segment));
    }
    running = talk;
    if (paused) {
      steps.add(new Step.Silence(talk.get().anchor().name(), true));
    }
    return steps;
  }

  /// What it last said was not done: the next time it begins anew.
  void lost() {
    running = Optional.empty();
    begunByDialplan = false;
  }

  private List<Step> ends() {
    List<Step> steps =
        running.stream().<Step>map(talk -> new Step.Stop(talk.anchor().name())).toList();
    running = Optional.empty();
    return steps;
  }

  /// Silence in place of the voices, or the voices again.
  List<Step> pause(boolean on) {
    paused = on;
    return running.stream().<Step>map(talk -> new Step.Silence(talk.anchor().name(), on)).toList();
  }

  /// No more is recorded until it is begun again.
  List<Step> stop() {
    stopped = true;
    return ends();
  }

  List<Step> beginAgain(Optional<RecordedTalk> talk) {
    stopped = false;
    paused = false;
    return now(talk);
  }
}
