package io.tamas.call;

import io.tamas.asterisk.ami.AmiFault;
import io.tamas.work.Monitor;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the recorder look at calls that have changed, on a virtual thread of its own: the journal
/// does not wait for Asterisk.
public final class RecorderThread implements CallWatch, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RecorderThread.class);

  private static final Duration RETRY = Duration.ofMillis(200);

  private final CallRecorder recorder;
  private final Monitor monitor = new Monitor();

  /// Each call at most once: as many as there are calls.
  private final LinkedHashSet<String> toLookAt = new LinkedHashSet<>();

  private Optional<Set<String>> begun = Optional.empty();

  public RecorderThread(CallRecorder recorder) {
    this.recorder = recorder;
  }

  public void start() {
    Thread.ofVirtual().name("call-recorder").start(this::run);
  }

  @Override
  public void began(Set<String> calls) {
    monitor.change(() -> {
      begun = Optional.of(calls);
      toLookAt.addAll(calls);
    });
  }

  @Override
  public void changed(Set<String> calls) {
    monitor.change(() -> toLookAt.addAll(calls));
  }

  @Override
  public void close() {
    monitor.close();
  }

  private void run() {
    try {
      for (Optional<String> call = next(); call.isPresent(); call = next()) {
        takeBegun().ifPresent(recorder::began);
        lookAt(call.get());
      }
    } catch (InterruptedException e) {
      log.atDebug().log("recordings are not kept going any more");
    }
  }

  private void lookAt(String call) throws InterruptedException {
    try {
      recorder.lookAt(call);
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

  private Optional<String> next() throws InterruptedException {
    return monitor.take(
        () -> toLookAt.isEmpty() ? Optional.empty() : Optional.of(toLookAt.removeFirst()));
  }

  private Optional<Set<String>> takeBegun() {
    return monitor.read(() -> {
      Optional<Set<String>> taken = begun;
      begun = Optional.empty();
      return taken;
    });
  }
}
