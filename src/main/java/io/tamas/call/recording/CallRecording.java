package io.tamas.call.recording;

import io.tamas.call.record.CallRecord.RecordingState;
import io.tamas.call.record.RecordingId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The recording of one call in progress: which segment runs on which channel, and which steps
/// follow when the call changes. Pure bookkeeping, used on one thread.
final class CallRecording {
  private final RecordingId id;
  private int segment;
  private boolean startedByDialplan;
  private Optional<RecordedConversation> running = Optional.empty();
  private boolean paused;
  private boolean stopped;

  /// What Asterisk is to do. The names are values of the tag `step` of `tamas.recording.steps`.
  sealed interface Step {
    /// @param channel by name
    record Stop(String channel) implements Step {}

    record Begin(String channel, int segment) implements Step {}

    record Silence(String channel, boolean on) implements Step {}
  }

  private CallRecording(RecordingId id, int segment, boolean startedByDialplan) {
    this.id = id;
    this.segment = segment;
    this.startedByDialplan = startedByDialplan;
  }

  /// Its first segment records as soon as two parties are connected.
  static CallRecording startedByDialplan(RecordingId id) {
    return new CallRecording(id, 1, true);
  }

  /// A new recording, or one of which it is unknown what runs on which channel, as after a restart.
  ///
  /// @param segments how many exist already
  static CallRecording of(RecordingId id, int segments, RecordingState state) {
    CallRecording recording = new CallRecording(id, segments, false);
    recording.paused = state == RecordingState.PAUSED;
    recording.stopped = state == RecordingState.STOPPED;
    return recording;
  }

  RecordingId id() {
    return id;
  }

  boolean isRunning() {
    return running.isPresent();
  }

  boolean isPaused() {
    return paused;
  }

  /// @param conversation of the call as it is now; empty: nobody is connected
  List<Step> update(Optional<RecordedConversation> conversation) {
    if (stopped) {
      return List.of();
    }
    if (conversation.isEmpty()
        || running.filter(conversation.get()::sharesSegmentWith).isPresent()) {
      return conversation.isEmpty() ? end() : List.of();
    }
    List<Step> steps = new ArrayList<>();
    if (startedByDialplan) {
      startedByDialplan = false;
    } else {
      // if nothing is known of it, something may still run on that channel
      steps.add(new Step.Stop(running.orElse(conversation.get()).anchor().name()));
      steps.add(new Step.Begin(conversation.get().anchor().name(), ++segment));
    }
    running = conversation;
    if (paused) {
      steps.add(new Step.Silence(conversation.get().anchor().name(), true));
    }
    return steps;
  }

  /// The last steps were not carried out: the next update starts a new segment.
  void reset() {
    running = Optional.empty();
    startedByDialplan = false;
  }

  private List<Step> end() {
    List<Step> steps =
        running.stream()
            .<Step>map(conversation -> new Step.Stop(conversation.anchor().name()))
            .toList();
    running = Optional.empty();
    return steps;
  }

  /// Silence in place of the voices, or the voices again.
  List<Step> pause(boolean on) {
    paused = on;
    return running.stream()
        .<Step>map(conversation -> new Step.Silence(conversation.anchor().name(), on))
        .toList();
  }

  /// Nothing more is recorded until [#restart].
  List<Step> stop() {
    stopped = true;
    return end();
  }

  List<Step> restart(Optional<RecordedConversation> conversation) {
    stopped = false;
    paused = false;
    return update(conversation);
  }
}
