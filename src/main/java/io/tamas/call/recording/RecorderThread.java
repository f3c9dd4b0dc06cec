package io.tamas.call.recording;

import io.tamas.asterisk.ami.AmiFault;
import io.tamas.call.live.CallWatch;
import io.tamas.call.notes.RecordingNotes;
import io.tamas.call.record.CallRecord.RecordingAction;
import io.tamas.call.record.ChannelName;
import io.tamas.work.Monitor;
import io.tamas.work.Worker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Updates the recordings of calls that have changed, on its own virtual thread: the journal does
/// not wait for Asterisk.
public final class RecorderThread implements CallWatch, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RecorderThread.class);

  private static final Duration RETRY = Duration.ofMillis(200);

  /// More key presses than can come while Asterisk does not answer.
  private static final int MAX_KEYS = 1_000;

  private final CallRecorder recorder;
  private final Monitor monitor = new Monitor();
  private final Worker worker = new Worker("call-recorder", this::run);

  /// Calls to update, each at most once: bounded by the number of calls.
  private final LinkedHashSet<String> pending = new LinkedHashSet<>();

  /// Bounded by the number of calls, too.
  private final Deque<Work.Join> joins = new ArrayDeque<>();

  private final Deque<Work.Key> keys = new ArrayDeque<>();
  private Optional<RecordingNotes> notes = Optional.empty();
  private Optional<Set<String>> liveAtStart = Optional.empty();

  private sealed interface Work {
    record Join(String call, String into) implements Work {}

    record Update(String call) implements Work {}

    record Key(String call, String channel) implements Work {}
  }

  public RecorderThread(CallRecorder recorder) {
    this.recorder = recorder;
  }

  public void start(RecordingNotes notes) {
    this.notes = Optional.of(notes);
    worker.start();
  }

  public Worker worker() {
    return worker;
  }

  @Override
  public void restored(Set<String> calls) {
    monitor.change(() -> {
      liveAtStart = Optional.of(calls);
      pending.addAll(calls);
    });
  }

  @Override
  public void joined(String call, String into) {
    monitor.change(() -> joins.add(new Work.Join(call, into)));
  }

  @Override
  public void changed(Set<String> calls) {
    monitor.change(() -> pending.addAll(calls));
  }

  @Override
  public void pauseKey(String call, String channel) {
    monitor.change(() -> {
      if (keys.size() < MAX_KEYS) {
        keys.add(new Work.Key(call, channel));
      }
    });
  }

  @Override
  public void close() {
    monitor.close();
  }

  private void run() {
    run(notes.orElseThrow());
  }

  private void run(RecordingNotes notes) {
    try {
      for (Optional<Work> work = next(); work.isPresent(); work = next()) {
        takeLiveAtStart().ifPresent(recorder::addUnknown);
        switch (work.get()) {
          case Work.Join(String call, String into) -> join(call, into);
          case Work.Update(String call) -> update(call, notes);
          case Work.Key key -> toggle(key, notes);
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().log("recordings are no longer maintained");
    }
  }

  private void join(String call, String into) {
    try {
      recorder.join(call, into);
    } catch (AmiFault e) {
      log.atInfo()
          .addKeyValue("call", call)
          .addKeyValue("reason", e.getMessage())
          .log("recording of joined calls continues unchanged");
    }
  }

  private void update(String call, RecordingNotes notes) throws InterruptedException {
    try {
      recorder.update(call, id -> notes.addStart(call, id, Optional.empty()));
    } catch (AmiFault e) {
      log.atInfo()
          .addKeyValue("call", call)
          .addKeyValue("reason", e.getMessage())
          .log("recording continues unchanged");
      changed(Set.of(call));
      monitor.rest(RETRY);
    } catch (RuntimeException e) {
      log.atError().setCause(e).addKeyValue("call", call).log("recording cannot be updated");
    }
  }

  /// A key press is lost while Asterisk is unavailable: the user hears no tone and presses again.
  private void toggle(Work.Key key, RecordingNotes notes) {
    try {
      Optional<RecordingAction> done = recorder.toggle(key.call());
      Optional<String> by = Optional.of(new ChannelName(key.channel()).party());
      done.ifPresent(action -> notes.add(key.call(), action, by));
      String answer = done.map(action -> action.name().toLowerCase(Locale.ROOT)).orElse("none");
      recorder.answer(key.channel(), answer);
    } catch (AmiFault e) {
      log.atInfo()
          .addKeyValue("call", key.call())
          .addKeyValue("reason", e.getMessage())
          .log("a recording is not paused");
    } catch (RuntimeException e) {
      log.atError().setCause(e).addKeyValue("call", key.call()).log("a recording is not paused");
    }
  }

  private Optional<Work> next() throws InterruptedException {
    return monitor.take(() -> {
      if (!joins.isEmpty()) {
        return Optional.of(joins.removeFirst());
      }
      if (pending.isEmpty()) {
        return Optional.ofNullable(keys.pollFirst());
      }
      return Optional.of(new Work.Update(pending.removeFirst()));
    });
  }

  private Optional<Set<String>> takeLiveAtStart() {
    return monitor.read(() -> {
      Optional<Set<String>> taken = liveAtStart;
      liveAtStart = Optional.empty();
      return taken;
    });
  }
}
