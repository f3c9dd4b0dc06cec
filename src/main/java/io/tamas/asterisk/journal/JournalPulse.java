package io.tamas.asterisk.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Whether the journal grows while calls are routed: Asterisk writes several rows of each call that
/// Tamas routes, so a file that does not grow after that is not written, whatever the reason: a
/// full disk, a folder that is gone, rights, or another folder than the one that is read.
///
/// Asks the file only, and so also knows while PostgreSQL is unavailable.
public final class JournalPulse {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long NONE = Long.MIN_VALUE;

  private final JournalFolder folder;
  private final AtomicLong routed = new AtomicLong(NONE);
  private volatile Optional<String> trouble = Optional.empty();
  private Optional<String> seen = Optional.empty();

  public JournalPulse(Path folder) {
    this.folder = new JournalFolder(folder);
  }

  /// A call was routed: rows of it follow.
  public void routed() {
    routed.compareAndSet(NONE, System.nanoTime());
  }

  /// Looks at the file; to be called about once a second, by one thread.
  public void look() {
    look(System.nanoTime());
  }

  void look(long now) {
    long since = routed.get();
    Optional<String> is = state();
    if (!is.equals(seen)) {
      seen = is;
      routed.compareAndSet(since, NONE);
      trouble = Optional.empty();
    } else if (since != NONE && now - since > PATIENCE.toNanos()) {
      trouble = Optional.of("calls are routed, but Asterisk writes nothing into the journal");
    }
  }

  /// Of the current file, or why it cannot be looked at. Its time is no sign: it also changes when
  /// a write fails.
  private Optional<String> state() {
    try {
      return folder.current().map(file -> file.key() + " " + file.size());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// What kept it from growing is mended: the next call will show.
  public void again() {
    routed.set(NONE);
    trouble = Optional.empty();
  }

  /// Why records of calls are being lost; empty if the journal grows as it should.
  public Optional<String> trouble() {
    return trouble;
  }
}
