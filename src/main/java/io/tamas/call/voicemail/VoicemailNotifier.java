package io.tamas.call.voicemail;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.call.voicemail.VoicemailNotices.Notice;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.db.DatabaseFault;
import io.tamas.work.Delivery;
import io.tamas.work.Delivery.Later;
import io.tamas.work.Delivery.Refused;
import io.tamas.work.Delivery.Sent;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Announces messages in one way, if it is enabled in the mailbox and the extension has an address
/// for it. Driven by the table: what was not sent when the process died is sent by the next one. A
/// notice whose sending was not acknowledged is sent again, with the same id.
///
/// While the server is unavailable, sending is retried, each time after twice as long, for a day. A
/// message older than two days is no longer announced, such as all those that were left before the
/// way was configured.
public final class VoicemailNotifier {
  private static final Logger log = LoggerFactory.getLogger(VoicemailNotifier.class);
  private static final int PAGE = 20;
  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(15);
  private static final Duration LAST_RETRY = Duration.ofHours(1);
  private static final Duration GIVE_UP_AFTER = Duration.ofDays(1);
  private static final Duration MAX_AGE = Duration.ofDays(2);

  private final Way way;
  private final VoicemailNotices notices;
  private final Supplier<Directory> company;
  private final InstantSource clock;
  private final MeterRegistry registry;
  private final Rounds rounds;

  /// How notices are sent.
  public interface Way {
    /// Its name in the table.
    String name();

    /// @return empty if it is not enabled or the extension has no address
    Optional<Delivery> send(Notice message, Extension extension);
  }

  public VoicemailNotifier(
      Way way,
      VoicemailNotices notices,
      Supplier<Directory> company,
      InstantSource clock,
      MeterRegistry registry) {
    this.way = way;
    this.notices = notices;
    this.company = company;
    this.clock = clock;
    this.registry = registry;
    this.rounds = new Rounds("voicemail-" + way.name(), this::round);
  }

  public void start() {
    rounds.start();
  }

  public Worker worker() {
    return rounds.worker();
  }

  /// Completes when the current round does.
  public Future<Void> close() {
    return rounds.close();
  }

  private Duration round() {
    try {
      List<Notice> due = notices.due(way.name(), PAGE);
      for (Notice message : due) {
        if (!rounds.isClosing()) {
          send(message);
        }
      }
      return due.isEmpty() ? IDLE : Duration.ZERO;
    } catch (DatabaseFault e) {
      log.atDebug().setCause(e).log("voicemail notifications waiting for PostgreSQL");
      return IDLE;
    } catch (RuntimeException e) {
      log.atError()
          .addKeyValue("way", way.name())
          .setCause(e)
          .log("voicemail notifications cannot be sent");
      return IDLE;
    }
  }

  private void send(Notice message) {
    if (message.leftAt().plus(MAX_AGE).isBefore(clock.instant())) {
      giveUp(message, "the message is too old");
      return;
    }
    Optional<Delivery> delivery =
        company
            .get()
            .extension(message.mailbox())
            .flatMap(extension -> way.send(message, extension));
    if (delivery.isEmpty()) {
      notices.done(message.recording(), way.name());
      return;
    }
    registry
        .counter("tamas.voicemail.notices", "way", way.name(), "outcome", delivery.get().label())
        .increment();
    switch (delivery.get()) {
      case Sent() -> notices.done(message.recording(), way.name());
      case Refused(String reason) -> giveUp(message, reason);
      case Later(String reason) -> retryLater(message, reason);
    }
  }

  private void retryLater(Notice message, String reason) {
    Instant now = clock.instant();
    if (message.leftAt().plus(GIVE_UP_AFTER).isBefore(now)) {
      giveUp(message, reason);
      return;
    }
    log.atInfo()
        .addKeyValue("recording", message.recording())
        .addKeyValue("way", way.name())
        .addKeyValue("reason", reason)
        .log("voicemail notification deferred");
    long factor = 1L << Math.min(message.tries(), 16);
    Duration wait = FIRST_RETRY.multipliedBy(factor);
    Instant retry = now.plus(wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY);
    notices.retry(message.recording(), way.name(), retry);
  }

  private void giveUp(Notice message, String reason) {
    log.atWarn()
        .addKeyValue("recording", message.recording())
        .addKeyValue("mailbox", message.mailbox())
        .addKeyValue("way", way.name())
        .addKeyValue("reason", reason)
        .log("voicemail notification not sent");
    notices.done(message.recording(), way.name());
  }
}
