package io.tamas.company;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.company.PromptStore.Spoken;
import io.tamas.work.Worker;
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

/// Has the texts of the company synthesised into files, each once, and deletes the files that
/// nothing refers to any more: after each change of the company, and periodically, to retry what
/// failed.
///
/// A text whose file does not exist is skipped by Asterisk; calls never wait for speech. When the
/// engine's voice changes all texts are synthesised isNewVoice, each replacing the old file.
public final class PromptKeeper implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PromptKeeper.class);

  private static final Duration CHECK_INTERVAL = Duration.ofMinutes(1);

  /// A call that was routed by the previous company may still have to play it, and nothing refers
  /// yet to an upload that is being stored.
  private static final Duration KEPT_UNREFERENCED = Duration.ofHours(1);

  private final PromptStore store;
  private final SpeechEngine engine;
  private final Path voiceFile;
  private final Supplier<Company> company;
  private final InstantSource clock;
  private final BlockingQueue<Boolean> wakeups = new ArrayBlockingQueue<>(1);
  private final Set<String> refused = new HashSet<>();
  private Set<String> before = Set.of();
  private volatile int missing;
  private volatile boolean closed;
  private final Worker worker = new Worker("prompts", this::run);

  /// @param folder of the store, in which the name of the voice is stored too
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
    metrics.gauge("tamas.prompts.missing", this, keeper -> keeper.missing);
  }

  public void start() {
    worker.start();
    wake();
  }

  public Worker worker() {
    return worker;
  }

  /// The company has changed. Returns at once.
  public void wake() {
    wakeups.offer(true);
  }

  /// A text that is being synthesised is abandoned.
  @Override
  public void close() {
    closed = true;
    worker.interrupt();
  }

  private void run() {
    try {
      while (!closed) {
        wakeups.poll(CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        look(company.get());
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /// One pass over the company; nothing for a company that was never stored.
  void look(Company present) {
    if (present.version() == 0) {
      return;
    }
    try {
      Map<String, Spoken> texts = PromptStore.spoken(present);
      texts.putAll(Refusal.spoken(present));
      speak(texts);
      Set<String> referenced = new HashSet<>(texts.keySet());
      present.prompts().forEach(prompt -> referenced.addAll(prompt.audio().values()));
      keepAWhile(referenced);
      store.sweep(referenced, clock.instant().minus(KEPT_UNREFERENCED));
    } catch (IOException e) {
      log.atWarn().setCause(e).log("prompts: the folder cannot be read or written");
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("prompts: a pass failed");
    }
  }

  /// What is referred to no longer may be brought back.
  private void keepAWhile(Set<String> referenced) throws IOException {
    for (String name : before) {
      if (!referenced.contains(name)) {
        store.touch(name, clock.instant());
      }
    }
    before = Set.copyOf(referenced);
  }

  private void speak(Map<String, Spoken> texts) throws IOException {
    refused.retainAll(texts.keySet());
    if (texts.isEmpty()) {
      missing = 0;
      return;
    }
    String voice = engine.voice();
    boolean isNewVoice = !voice.equals(storedVoice());
    if (isNewVoice) {
      refused.clear();
    }
    int left = texts.size();
    for (Map.Entry<String, Spoken> one : texts.entrySet()) {
      if (closed || !isDone(one.getKey(), one.getValue(), isNewVoice)) {
        missing = left;
        return; // the engine is unavailable: the others would fail too
      }
      left--;
    }
    missing = refused.size();
    if (isNewVoice) {
      Files.writeString(voiceFile, voice);
    }
  }

  /// Whether no retry is needed.
  private boolean isDone(String name, Spoken spoken, boolean isNewVoice) throws IOException {
    if (refused.contains(name) || !isNewVoice && store.has(name)) {
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
          .log("prompts: a text cannot be synthesised");
      return true;
    } catch (SoundFault e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("prompts: speech synthesis deferred");
      return false;
    }
  }

  private String storedVoice() throws IOException {
    return Files.exists(voiceFile) ? Files.readString(voiceFile) : "";
  }
}
