package io.tamas.call.recording;

import io.tamas.asterisk.ami.AmiFault;
import io.tamas.call.live.CallWatch;
import io.tamas.call.notes.RecordingNotes;
import io.tamas.call.record.CallRecord.RecordingAction;
import io.tamas.call.record.ChannelName;
import io.tamas.work.Monitor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the recorder look at calls that have changed, on a virtual thread of its own: the journal
/// does not wait for Asterisk.
public final class RecorderThread implements CallWatch, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RecorderThread.class);

  private static final Duration RETRY = Duration.ofMillis(200);

  /// More than hands press in the time in which Asterisk does not answer.
  private static final int MOST_KEYS = 1_000;

  private final CallRecorder recorder;
  private final Monitor monitor = new Monitor();

  /// Each call at most once: as many as there are calls.
  private final LinkedHashSet<String> toLookAt = new LinkedHashSet<>();

  /// As many as there are calls, too.
  private final Deque<Work.Join> joins = new ArrayDeque<>();

  private final Deque<Work.Key> keys = new ArrayDeque<>();
  private Optional<Set<String>> begun = Optional.empty();

  private sealed interface Work {
    record Join(String call, String into) implements Work {}

    record LookAt(String call) implements Work {}

    record Key(String call, String channel) implements Work {}
  }

  public RecorderThread(CallRecorder recorder) {
    this.recorder = recorder;
  }

  public void start(RecordingNotes notes) {
    Thread.ofVirtual().name("call-recorder").start(() -> run(notes));
  }

  @Override
  public void restored(Set<String> calls) {
    monitor.change(() -> {
      begun = Optional.of(calls);
      toLookAt.addAll(calls);
    });
  }

  @Override
  public void joined(String call, String into) {
    monitor.change(() -> joins.add(new Work.Join(call, into)));
  }

  @Override
  public void changed(Set<String> calls) {
    monitor.change(() -> toLookAt.addAll(calls));
  }

  @Override
  public void pauseKey(String call, String channel) {
    monitor.change(() -> {
      if (keys.size() < MOST_KEYS) {
        keys.add(new Work.Key(call, channel));
      }
    });
  }

  @Override
  public void close() {
    monitor.close();
  }

  private void run(RecordingNotes notes) {
    try {
      for (Optional<Work> work = next(); work.isPresent(); work = next()) {
        takeBegun().ifPresent(recorder::began);
        switch (work.get()) {
          case Work.Join(String call, String into) -> join(call, into);
          case Work.LookAt(String call) -> lookAt(call, notes);
          case Work.Key key -> toggle(key, notes);
        }
      }
    } catch (InterruptedException e) {
      log.atDebug().log("recordings are not kept going any more");
    }
  }

  private void join(String call, String into) {
    try {
      recorder.joined(call, into);
    } catch (AmiFault e) {
      log.atInfo()
          .addKeyValue("call", call)
          .addKeyValue("reason", e.getMessage())
          .log("a recording of two calls that are one goes on as it is");
    }
  }

  private void lookAt(String call, RecordingNotes notes) throws InterruptedException {
    try {
      recorder.lookAt(call, id -> notes.addStart(call, id, Optional.empty()));
    } catch (AmiFault e) {
      log.atInfo()
          .addKeyValue("call", call)
          .addKeyValue("reason", e.getMessage())
          .log("a recording goes on as it is");
      changed(Set.of(call));
      monitor.rest(RETRY);
    } catch (RuntimeException e) {
      log.atError().setCause(e).addKeyValue("call", call).log("a recording is not looked after");
    }
  }

  /// A wish that Asterisk does not hear is lost: who pressed hears no tone and presses again.
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
      if (toLookAt.isEmpty()) {
        return Optional.ofNullable(keys.pollFirst());
      }
      return Optional.of(new Work.LookAt(toLookAt.removeFirst()));
    });
  }

  private Optional<Set<String>> takeBegun() {
    return monitor.read(() -> {
      Optional<Set<String>> taken = begun;
      begun = Optional.empty();
      return taken;
    });
  }
}
