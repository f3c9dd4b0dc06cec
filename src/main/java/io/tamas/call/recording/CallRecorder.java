package io.tamas.call.recording;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.ami.Ami;
import io.tamas.asterisk.ami.AmiAction;
import io.tamas.asterisk.ami.AmiAnswer;
import io.tamas.asterisk.ami.AmiFault;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.live.LiveChannels;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.RecordingAction;
import io.tamas.call.record.CallRecord.RecordingState;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.ControlOutcome;
import io.tamas.call.record.ControlOutcome.Absent;
import io.tamas.call.record.ControlOutcome.Done;
import io.tamas.call.record.ControlOutcome.NotNow;
import io.tamas.call.record.RecordingId;
import io.tamas.call.recording.CallRecording.Step;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Continues recordings through transfers, pickups and parking: whenever the connected parties
/// change, a new segment starts, `<recording>-2.wav` after `<recording>.wav` and so on;
/// [RecordingKeeper] joins them into one file. The dialplan starts the first segment if one of the
/// first two parties is recorded; a call that only later reaches a party that is recorded, is
/// recorded from then on, to its end. Pauses, resumes, stops and starts recordings on request.
///
/// While Tamas or the manager interface is down, a recording continues unchanged, which may lose a
/// voice after a transfer; a new segment starts once they are back.
public final class CallRecorder {
  private static final Logger log = LoggerFactory.getLogger(CallRecorder.class);

  /// The folder of recordings as Asterisk sees it.
  private static final String FOLDER = "/instance/recordings/";

  /// Recordings that run on one channel, each of another call in which it was connected.
  private static final int MAX_PER_CHANNEL = 10;

  private static final Done DONE = new Done();

  private final LiveCalls calls;
  private final LiveChannels channels;
  private final Recordings recordings;
  private final RecordingRules rules;
  private final Ami ami;
  private final MeterRegistry registry;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<String, CallRecording> byCall = new HashMap<>();
  private final Set<String> unknown = new HashSet<>();

  public CallRecorder(
      LiveCalls calls,
      LiveChannels channels,
      Recordings recordings,
      RecordingRules rules,
      Ami ami,
      MeterRegistry registry) {
    this.calls = calls;
    this.channels = channels;
    this.recordings = recordings;
    this.rules = rules;
    this.ami = ami;
    this.registry = registry;
  }

  /// Calls that were in progress at the start: which of their segments runs where is unknown.
  void addUnknown(Set<String> ids) {
    inTurn(() -> {
      ids.stream().filter(id -> !byCall.containsKey(id)).forEach(unknown::add);
      return DONE;
    });
  }

  /// Adapts the recording to the call, which may have changed. Waits for Asterisk.
  ///
  /// @param onStart called with the id of a new recording once it runs
  void update(String call, Function<RecordingId, ControlOutcome> onStart) {
    inTurn(() -> {
      Optional<CallRecord> live = calls.find(call);
      if (live.isEmpty()) {
        byCall.remove(call);
        unknown.remove(call);
        return DONE;
      }
      Optional<CallRecording> recording = recording(live.get());
      if (recording.isEmpty() && live.get().outcome().status() != Status.ANSWERED) {
        return DONE;
      }
      Optional<RecordedConversation> conversation = RecordedConversation.of(call, channels);
      if (recording.isPresent()) {
        return carryOut(
            recording.get(),
            recording.get().update(conversation.filter(now -> isIncluded(live.get(), now))));
      }
      boolean isRecorded =
          conversation
              .filter(
                  now -> !now.consultation() && rules.isRecorded(now, live.get().who().direction()))
              .isPresent();
      return isRecorded ? startNew(call, conversation, onStart) : DONE;
    });
  }

  /// One call became part of another. What ran for either is stopped: the joined call continues
  /// with a new segment, paused or stopped as last requested.
  void join(String call, String into) {
    inTurn(() -> {
      CallRecording joined = byCall.remove(call);
      if (joined != null) {
        unknown.add(into);
        CallRecording other = byCall.remove(into);
        for (CallRecording recording : other == null ? List.of(joined) : List.of(joined, other)) {
          carryOut(recording, recording.update(Optional.empty()));
        }
      }
      return DONE;
    });
  }

  /// A consultation is recorded if a call between the two parties would be.
  private boolean isIncluded(CallRecord call, RecordedConversation conversation) {
    return !conversation.consultation() || rules.isRecorded(conversation, call.who().direction());
  }

  private Optional<CallRecording> recording(CallRecord call) {
    CallRecording known = byCall.get(call.id());
    if (known != null) {
      return Optional.of(known);
    }
    Optional<CallRecording> recording =
        call.recorded().recording().flatMap(RecordingId::parse).map(id -> recording(call, id));
    recording.ifPresent(fresh -> byCall.put(call.id(), fresh));
    return recording;
  }

  private CallRecording recording(CallRecord call, RecordingId id) {
    return unknown.remove(call.id())
        ? CallRecording.of(
            id, recordings.segments(id), call.recorded().state().orElse(RecordingState.RECORDING))
        : CallRecording.startedByDialplan(id);
  }

  public ControlOutcome pause(String call, boolean on) {
    return ifRunning(call, recording -> recording.pause(on));
  }

  /// Pauses the recording, or resumes it if it is paused.
  ///
  /// @return what was done; empty if nothing is being recorded
  Optional<RecordingAction> toggle(String call) {
    RecordingAction[] done = new RecordingAction[1];
    ControlOutcome outcome =
        ifRunning(
            call,
            recording -> {
              boolean on = !recording.isPaused();
              done[0] = on ? RecordingAction.PAUSED : RecordingAction.RESUMED;
              return recording.pause(on);
            });
    return outcome instanceof Done ? Optional.of(done[0]) : Optional.empty();
  }

  /// Answers the dialplan that waits on a channel: `dialplan/recording.conf`.
  void answer(String channel, String answer) {
    ami.send(AmiAction.setVariable(channel, "TAMAS_TOLD", answer));
  }

  public ControlOutcome stop(String call) {
    return ifRunning(call, CallRecording::stop);
  }

  /// Starts to record a call that is not recorded, or continues a recording that was stopped.
  ///
  /// @param onStart called with the id of the recording once it runs
  public ControlOutcome start(String call, Function<RecordingId, ControlOutcome> onStart) {
    return inTurn(() -> {
      if (calls.find(call).isEmpty()) {
        return new Absent();
      }
      Optional<RecordedConversation> conversation = RecordedConversation.of(call, channels);
      CallRecording known = byCall.get(call);
      if (conversation.isEmpty() || (known != null && known.isRunning())) {
        return new NotNow(
            conversation.isEmpty() ? "nobody is connected" : "the call is already being recorded");
      }
      if (known != null) {
        ControlOutcome outcome = carryOut(known, known.restart(conversation));
        return outcome instanceof Done ? onStart.apply(known.id()) : outcome;
      }
      return startNew(call, conversation, onStart);
    });
  }

  private ControlOutcome startNew(
      String call,
      Optional<RecordedConversation> conversation,
      Function<RecordingId, ControlOutcome> onStart) {
    CallRecording recording =
        CallRecording.of(new RecordingId(UUID.randomUUID()), 0, RecordingState.RECORDING);
    ControlOutcome outcome = carryOut(recording, recording.update(conversation));
    if (!(outcome instanceof Done)) {
      return outcome;
    }
    ControlOutcome noted = onStart.apply(recording.id());
    if (noted instanceof Done) {
      byCall.put(call, recording);
    } else {
      carryOut(recording, recording.stop());
    }
    return noted;
  }

  private ControlOutcome ifRunning(String call, Function<CallRecording, List<Step>> work) {
    return inTurn(() -> {
      CallRecording recording = byCall.get(call);
      if (recording == null) {
        return calls.find(call).isEmpty() ? new Absent() : new NotNow("the call is not recorded");
      }
      return recording.isRunning()
          ? carryOut(recording, work.apply(recording))
          : new NotNow("nothing is being recorded now");
    });
  }

  private ControlOutcome carryOut(CallRecording recording, List<Step> steps) {
    try {
      ControlOutcome outcome = DONE;
      for (Step step : steps) {
        outcome = carryOut(recording, step);
      }
      return outcome;
    } catch (AmiFault e) {
      recording.reset();
      throw e;
    }
  }

  private ControlOutcome carryOut(CallRecording recording, Step step) {
    AmiAction action = action(recording, step);
    AmiAnswer answer = ami.send(action);
    boolean done = answer instanceof AmiAnswer.Done;
    if (done && step instanceof Step.Stop) {
      stopOthers(action);
    }
    registry
        .counter(
            "tamas.recording.steps",
            "step",
            step.getClass().getSimpleName().toLowerCase(Locale.ROOT),
            "outcome",
            done ? "done" : "refused")
        .increment();
    // the recording of a channel ends with the channel
    return done || step instanceof Step.Stop ? DONE : refused(recording, step, answer);
  }

  /// A channel that replaced another, as by a phone's transfer button, may have taken over its
  /// recording.
  private void stopOthers(AmiAction stop) {
    int stopped = 1;
    while (stopped < MAX_PER_CHANNEL && ami.send(stop) instanceof AmiAnswer.Done) {
      stopped++;
    }
  }

  private static NotNow refused(CallRecording recording, Step step, AmiAnswer answer) {
    log.atWarn()
        .addKeyValue("recording", recording.id())
        .addKeyValue("step", step)
        .addKeyValue("answer", answer)
        .log("Asterisk refused a recording step");
    return new NotNow("Asterisk refused: " + answer);
  }

  private static AmiAction action(CallRecording recording, Step step) {
    return switch (step) {
      case Step.Stop(String channel) -> AmiAction.stopRecording(channel);
      case Step.Begin(String channel, int segment) ->
          AmiAction.record(channel, FOLDER + recording.id().fileName(segment));
      case Step.Silence(String channel, boolean on) -> AmiAction.muteRecording(channel, on);
    };
  }

  @FunctionalInterface
  private interface Work {
    ControlOutcome act();
  }

  /// One at a time; each waits for Asterisk no longer than the timeout of its manager interface.
  private ControlOutcome inTurn(Work work) {
    turn.lock();
    try {
      return work.act();
    } finally {
      turn.unlock();
    }
  }
}
