package io.tamas;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.asterisk.journal.JournalPulse;
import io.tamas.config.Config;
import io.tamas.ops.Health.State;
import io.tamas.ops.HiddenFolders;
import io.tamas.ops.StorageState;
import io.tamas.ops.StorageState.Level;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Watches the places where calls are kept: whether the journal grows while calls are routed, how
/// much space is free in each folder, whether it can be written, and whether another file system
/// was mounted on one. Whoever operates the server is told by health, metrics, log and events;
/// callers are served as usual.
final class StorageWatch {
  private static final String JOURNAL = "journal";

  /// In which PostgreSQL alone writes.
  private static final String DATABASE = "database";

  private static final Logger log = LoggerFactory.getLogger(StorageWatch.class);
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Config.Storage limits;
  private final JournalPulse pulse;
  private final Consumer<StorageState> alarms;
  private final Map<String, Path> folders;
  private final Map<String, StorageState> states = new LinkedHashMap<>();
  private final Rounds rounds = new Rounds("storage", this::round);
  private volatile List<StorageState> troubles = List.of();
  private volatile Map<String, Long> free = Map.of();

  /// @param alarms receives each change; it handles its own faults
  StorageWatch(
      Config config, JournalPulse pulse, MeterRegistry meters, Consumer<StorageState> alarms) {
    this.limits = config.storage();
    this.pulse = pulse;
    this.alarms = alarms;
    this.folders = folders(config);
    for (String folder : folders.keySet()) {
      Gauge.builder("tamas.storage.free.bytes", () -> free.getOrDefault(folder, 0L))
          .tag("folder", folder)
          .register(meters);
    }
    Gauge.builder("tamas.storage.troubles", () -> troubles.size()).register(meters);
    Gauge.builder("tamas.journal.stalled", () -> pulse.trouble().isPresent() ? 1 : 0)
        .register(meters);
  }

  private static Map<String, Path> folders(Config config) {
    Map<String, Path> folders = new LinkedHashMap<>();
    folders.put(JOURNAL, config.journal().folder());
    folders.put("recordings", config.recordings().folder());
    folders.put("prompts", config.prompts().folder());
    folders.put("mailboxes", config.mailboxes().folder());
    folders.put("state", config.company().snapshot().toAbsolutePath().getParent());
    config.storage().database().ifPresent(folder -> folders.put(DATABASE, folder));
    return folders;
  }

  void start() {
    rounds.start();
  }

  Worker worker() {
    return rounds.worker();
  }

  Future<Void> close() {
    return rounds.close();
  }

  /// Not ready while calls are being lost, or are about to be; the reason names all troubles.
  State health() {
    List<StorageState> now = troubles;
    String why =
        now.stream()
            .map(trouble -> trouble.folder() + ": " + trouble.reason())
            .collect(Collectors.joining("; "));
    return new State(now.stream().allMatch(trouble -> trouble.level() == Level.LOW), why);
  }

  private Duration round() {
    pulse.look();
    Set<String> hidden = limits.hidden().map(HiddenFolders::read).orElse(Set.of());
    Map<String, Long> measured = new LinkedHashMap<>();
    folders.forEach((name, folder) -> {
      Optional<Long> bytes = StorageState.free(folder);
      bytes.ifPresent(some -> measured.put(name, some));
      if (name.equals(JOURNAL) && isSpaceBack(bytes)) {
        pulse.again();
      }
      Optional<String> stalled =
          unwritable(name, folder).or(() -> pulse.trouble().filter(_ -> name.equals(JOURNAL)));
      note(
          hidden.contains(name)
              ? StorageState.hidden(name, bytes)
              : StorageState.of(name, bytes, stalled, limits, level(name)));
    });
    free = measured;
    elsewhere(hidden);
    return INTERVAL;
  }

  private static Optional<String> unwritable(String name, Path folder) {
    return name.equals(DATABASE) ? StorageState.readOnly(folder) : StorageState.unwritable(folder);
  }

  /// Folders of the supervisor's, which only it looks at.
  private void elsewhere(Set<String> hidden) {
    Set<String> names = new TreeSet<>(states.keySet());
    names.addAll(hidden);
    names.removeAll(folders.keySet());
    for (String name : names) {
      note(
          hidden.contains(name)
              ? StorageState.hidden(name, Optional.empty())
              : new StorageState(name, Level.OK, Optional.empty(), ""));
    }
  }

  /// Of the journal, since the last round.
  private boolean isSpaceBack(Optional<Long> bytes) {
    long before = free.getOrDefault(JOURNAL, Long.MAX_VALUE);
    return before < limits.fullBytes() && bytes.orElse(0L) >= limits.fullBytes();
  }

  private Level level(String folder) {
    StorageState before = states.get(folder);
    return before == null ? Level.OK : before.level();
  }

  private void note(StorageState state) {
    Level before = level(state.folder());
    states.put(state.folder(), state);
    troubles = states.values().stream().filter(one -> one.level() != Level.OK).toList();
    if (state.level() == before) {
      return;
    }
    log.atLevel(state.level().severity())
        .addKeyValue("folder", state.folder())
        .addKeyValue("state", state.level())
        .addKeyValue("free", state.free().orElse(0L))
        .addKeyValue("reason", state.reason())
        .log("storage");
    alarms.accept(state);
  }
}
