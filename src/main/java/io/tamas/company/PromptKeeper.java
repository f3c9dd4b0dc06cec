package io.tamas.company;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.company.PromptStore.Spoken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has the texts of the company spoken into files, each once, and deletes the files that nothing
/// names any more: after each change of the company, and again where something was in the way.
///
/// A text whose file is not there is passed over by Asterisk; calls never wait for speech. When the
/// engine's voice changes all texts are spoken anew, each in place of the old one.
public final class PromptKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PromptKeeper.class);

  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);

  /// A call that was routed by the company before may still be about to hear it, and an upload that
  /// is being stored is not named yet.
  private static final Duration KEPT_UNNAMED = Duration.ofHours(1);

  private final PromptStore store;
  private final SpeechEngine engine;
  private final Path voiceFile;
  private final Supplier<Company> company;
  private final InstantSource clock;
  private final BlockingQueue<Boolean> news = new ArrayBlockingQueue<>(1);
  private final Set<String> refused = new HashSet<>();
  private volatile int missing;
  private volatile boolean closed;
  private final Thread thread;

  /// @param folder of the store, where the voice is noted too
  public PromptKeeper(
      Path folder,
      PromptStore store,
      SpeechEngine engine,
      Supplier<Company> company,
      InstantSource clock,
      MeterRegistry metrics) {
    this.store = store;
    this.engine = engine;
    this.voiceFile = folder.resolve("voice");
    this.company = company;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("prompts").unstarted(this::run);
    metrics.gauge("tamas.prompts.missing", this, keeper -> keeper.missing);
  }

  public void start() {
    thread.start();
    wake();
  }

  /// The company has changed. Returns at once.
  public void wake() {
    news.offer(true);
  }

  /// A text that is being spoken is left unfinished.
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    try {
      while (!closed) {
        news.poll(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        look(company.get());
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /// One pass over the company; a company that was never stored is none.
  void look(Company present) {
    if (present.version() == 0) {
      return;
    }
    try {
      Map<String, Spoken> wanted = PromptStore.spoken(present);
      speak(wanted);
      Set<String> named = new HashSet<>(wanted.keySet());
      present.prompts().forEach(prompt -> named.addAll(prompt.audio().values()));
      store.sweep(named, clock.instant().minus(KEPT_UNNAMED));
    } catch (IOException e) {
      log.atWarn().setCause(e).log("prompts: the folder fails");
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("prompts: a pass failed");
    }
  }

  private void speak(Map<String, Spoken> wanted) throws IOException {
    refused.retainAll(wanted.keySet());
    if (wanted.isEmpty()) {
      missing = 0;
      return;
    }
    String voice = engine.voice();
    boolean anew = !voice.equals(noted());
    if (anew) {
      refused.clear();
    }
    int left = wanted.size();
    for (Map.Entry<String, Spoken> one : wanted.entrySet()) {
      if (closed || !isSpoken(one.getKey(), one.getValue(), anew)) {
        missing = left;
        return; // the engine is away: the others would wait for it in vain
      }
      left--;
    }
    missing = refused.size();
    if (anew) {
      Files.writeString(voiceFile, voice);
    }
  }

  /// Whether it needs no further try.
  private boolean isSpoken(String name, Spoken spoken, boolean anew) throws IOException {
    if (refused.contains(name) || !anew && store.has(name)) {
      return true;
    }
    try {
      store.put(name, out -> engine.speak(spoken.text(), spoken.language(), out));
      return true;
    } catch (SoundFault.Refused e) {
      refused.add(name);
      log.atWarn()
          .addKeyValue("language", spoken.language())
          .addKeyValue("reason", e.getMessage())
          .log("prompts: a text cannot be spoken");
      return true;
    } catch (SoundFault e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("prompts: speech has to wait");
      return false;
    }
  }

  private String noted() throws IOException {
    return Files.exists(voiceFile) ? Files.readString(voiceFile) : "";
  }
}
