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
import io.tamas.call.recording.Tape.Step;
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

/// Keeps recordings going through transfers, pickups and parking: whenever it changes who is
/// connected with whom, a new segment begins, `<recording>-2.wav` after `<recording>.wav` and so
/// on; [RecordingKeeper] makes one file of them. The dialplan begins the first one where the first
/// two are recorded; a call that comes to somebody who is recorded later is recorded from then on,
/// to its end. And what people wish: pause and resume, stop and start.
///
/// While Tamas or the manager interface is away a recording goes on as it is, which may lose a
/// voice after a transfer; a new segment begins once they are back.
public final class CallRecorder {
  private static final Logger log = LoggerFactory.getLogger(CallRecorder.class);

  /// The folder of recordings as Asterisk sees it.
  private static final String FOLDER = "/instance/recordings/";

  /// Recordings that run on one channel, each from another call that it is connected in.
  private static final int MOST_OF_A_CHANNEL = 10;

  private static final Done DONE = new Done();

  private final LiveCalls calls;
  private final LiveChannels channels;
  private final Recordings recordings;
  private final RecordingRules rules;
  private final Ami ami;
  private final MeterRegistry registry;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<String, Tape> tapes = new HashMap<>();
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

  /// What was recorded of these before is not known here.
  void began(Set<String> ids) {
    inTurn(() -> {
      ids.stream().filter(id -> !tapes.containsKey(id)).forEach(unknown::add);
      return DONE;
    });
  }

  /// The call may have changed. Waits for Asterisk.
  ///
  /// @param begun hears the id of a recording that there was not before, when it runs
  void lookAt(String call, Function<RecordingId, ControlOutcome> begun) {
    inTurn(() -> {
      Optional<CallRecord> live = calls.find(call);
      if (live.isEmpty()) {
        tapes.remove(call);
        unknown.remove(call);
        return DONE;
      }
      Optional<Tape> tape = tape(live.get());
      if (tape.isEmpty() && live.get().outcome().status() != Status.ANSWERED) {
        return DONE;
      }
      Optional<RecordedTalk> talk = RecordedTalk.of(call, channels);
      if (tape.isPresent()) {
        return taken(tape.get(), tape.get().now(talk.filter(now -> belongs(live.get(), now))));
      }
      boolean wanted =
          talk.filter(now -> !now.aside() && rules.want(now, live.get().who().direction()))
              .isPresent();
      return wanted ? begin(call, talk, begun) : DONE;
    });
  }

  /// One call went into another. What ran for either runs no more: the whole goes on with a new
  /// segment, paused or stopped as was wished last.
  void joined(String call, String into) {
    inTurn(() -> {
      Tape joined = tapes.remove(call);
      if (joined != null) {
        unknown.add(into);
        Tape other = tapes.remove(into);
        for (Tape tape : other == null ? List.of(joined) : List.of(joined, other)) {
          taken(tape, tape.now(Optional.empty()));
        }
      }
      return DONE;
    });
  }

  /// What two say to each other while somebody waits is recorded as a call between the two is.
  private boolean belongs(CallRecord call, RecordedTalk talk) {
    return !talk.aside() || rules.want(talk, call.who().direction());
  }

  private Optional<Tape> tape(CallRecord call) {
    Tape known = tapes.get(call.id());
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Tape> tape =
        call.recorded().recording().flatMap(RecordingId::parse).map(id -> tape(call, id));
    tape.ifPresent(fresh -> tapes.put(call.id(), fresh));
    return tape;
  }

  private Tape tape(CallRecord call, RecordingId id) {
    return unknown.remove(call.id())
        ? Tape.goingOn(
            id, recordings.segments(id), call.recorded().state().orElse(RecordingState.RECORDING))
        : Tape.begunByDialplan(id);
  }

  public ControlOutcome pause(String call, boolean on) {
    return whileItRuns(call, tape -> tape.pause(on));
  }

  /// Pauses, or goes on where it was paused.
  ///
  /// @return what was done; nothing where nothing is recorded now
  Optional<RecordingAction> toggle(String call) {
    RecordingAction[] done = new RecordingAction[1];
    ControlOutcome outcome =
        whileItRuns(
            call,
            tape -> {
              boolean on = !tape.isPaused();
              done[0] = on ? RecordingAction.PAUSED : RecordingAction.RESUMED;
              return tape.pause(on);
            });
    return outcome instanceof Done ? Optional.of(done[0]) : Optional.empty();
  }

  /// Lets the dialplan that waits on a channel know: `dialplan/recording.conf`.
  void answer(String channel, String answer) {
    ami.send(AmiAction.setVariable(channel, "TAMAS_TOLD", answer));
  }

  public ControlOutcome stop(String call) {
    return whileItRuns(call, Tape::stop);
  }

  /// Begins to record a call that is not recorded, or goes on with one that was stopped.
  ///
  /// @param begun hears the id of the recording when it runs
  public ControlOutcome start(String call, Function<RecordingId, ControlOutcome> begun) {
    return inTurn(() -> {
      if (calls.find(call).isEmpty()) {
        return new Absent();
      }
      Optional<RecordedTalk> talk = RecordedTalk.of(call, channels);
      Tape known = tapes.get(call);
      if (talk.isEmpty() || (known != null && known.records())) {
        return new NotNow(talk.isEmpty() ? "nobody talks now" : "it is recorded already");
      }
      if (known != null) {
        ControlOutcome outcome = taken(known, known.beginAgain(talk));
        return outcome instanceof Done ? begun.apply(known.id()) : outcome;
      }
      return begin(call, talk, begun);
    });
  }

  private ControlOutcome begin(
      String call, Optional<RecordedTalk> talk, Function<RecordingId, ControlOutcome> begun) {
    Tape tape = Tape.goingOn(new RecordingId(UUID.randomUUID()), 0, RecordingState.RECORDING);
    ControlOutcome outcome = taken(tape, tape.now(talk));
    if (!(outcome instanceof Done)) {
      return outcome;
    }
    ControlOutcome noted = begun.apply(tape.id());
    if (noted instanceof Done) {
      tapes.put(call, tape);
    } else {
      taken(tape, tape.stop());
    }
    return noted;
  }

  private ControlOutcome whileItRuns(String call, Function<Tape, List<Step>> work) {
    return inTurn(() -> {
      Tape tape = tapes.get(call);
      if (tape == null) {
        return calls.find(call).isEmpty() ? new Absent() : new NotNow("it is not recorded");
      }
      return tape.records() ? taken(tape, work.apply(tape)) : new NotNow("nothing is recorded now");
    });
  }

  private ControlOutcome taken(Tape tape, List<Step> steps) {
    try {
      ControlOutcome outcome = DONE;
      for (Step step : steps) {
        outcome = taken(tape, step);
      }
      return outcome;
    } catch (AmiFault e) {
      tape.lost();
      throw e;
    }
  }

  private ControlOutcome taken(Tape tape, Step step) {
    AmiAction action = action(tape, step);
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
    // a channel that is gone took its recording with it
    return done || step instanceof Step.Stop ? DONE : refused(tape, step, answer);
  }

  /// A channel that took another's place, as by the button of a phone, may have come with that
  /// one's recording.
  private void stopOthers(AmiAction stop) {
    int stopped = 1;
    while (stopped < MOST_OF_A_CHANNEL && ami.send(stop) instanceof AmiAnswer.Done) {
      stopped++;
    }
  }

  private static NotNow refused(Tape tape, Step step, AmiAnswer answer) {
    log.atWarn()
        .addKeyValue("recording", tape.id())
        .addKeyValue("step", step)
        .addKeyValue("answer", answer)
        .log("a recording does not go on as it should");
    return new NotNow("Asterisk does not: " + answer);
  }

  private static AmiAction action(Tape tape, Step step) {
    return switch (step) {
      case Step.Stop(String channel) -> AmiAction.stopRecording(channel);
      case Step.Begin(String channel, int segment) ->
          AmiAction.record(channel, FOLDER + tape.id().fileName(segment));
      case Step.Silence(String channel, boolean on) -> AmiAction.muteRecording(channel, on);
    };
  }

  @FunctionalInterface
  private interface Work {
    ControlOutcome act();
  }

  /// One after the other; each waits for Asterisk no longer than its manager interface does.
  private ControlOutcome inTurn(Work work) {
    turn.lock();
    try {
      return work.act();
    } finally {
      turn.unlock();
    }
  }
}
