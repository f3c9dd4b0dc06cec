package io.tamas.call.voicemail;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.call.voicemail.VoicemailNotices.Untold;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.db.DatabaseFault;
import io.tamas.work.Delivery;
import io.tamas.work.Delivery.Later;
import io.tamas.work.Delivery.Refused;
import io.tamas.work.Delivery.Sent;
import io.tamas.work.Rounds;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells of messages in one way, where the mailbox and the extension say so. Driven by the table:
/// what was not sent when the process died is sent by the next one. A message whose sending was not
/// acknowledged is sent again, with the same id.
///
/// While the server is away it is tried again, each time after twice as long, for a day. What is
/// older than two days is not told any more, such as all that was left before the way was set up.
public final class VoicemailTeller {
  private static final Logger log = LoggerFactory.getLogger(VoicemailTeller.class);
  private static final int PAGE = 20;
  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(15);
  private static final Duration LAST_RETRY = Duration.ofHours(1);
  private static final Duration GIVEN_UP = Duration.ofDays(1);
  private static final Duration OLD = Duration.ofDays(2);

  private final Way way;
  private final VoicemailNotices notices;
  private final Supplier<Directory> company;
  private final InstantSource clock;
  private final MeterRegistry registry;
  private final Rounds rounds;

  /// How somebody is told.
  public interface Way {
    /// As the table names it.
    String name();

    /// Empty where nobody wants it.
    Optional<Delivery> tell(Untold message, Extension extension);
  }

  public VoicemailTeller(
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

  /// Done when the one under way is.
  public Future<Void> close() {
    return rounds.close();
  }

  private Duration round() {
    try {
      List<Untold> due = notices.due(way.name(), PAGE);
      for (Untold message : due) {
        if (!rounds.isClosing()) {
          tell(message);
        }
      }
      return due.isEmpty() ? IDLE : Duration.ZERO;
    } catch (DatabaseFault e) {
      log.atDebug().setCause(e).log("messages wait for PostgreSQL to be told");
      return IDLE;
    } catch (RuntimeException e) {
      log.atError().addKeyValue("way", way.name()).setCause(e).log("messages cannot be told");
      return IDLE;
    }
  }

  private void tell(Untold message) {
    if (message.leftAt().plus(OLD).isBefore(clock.instant())) {
      giveUp(message, "it is too old");
      return;
    }
    Optional<Delivery> told =
        company.get().extension(message.mailbox()).flatMap(one -> way.tell(message, one));
    if (told.isEmpty()) {
      notices.done(message.recording(), way.name());
      return;
    }
    registry
        .counter("tamas.voicemail.notices", "way", way.name(), "outcome", told.get().label())
        .increment();
    switch (told.get()) {
      case Sent() -> notices.done(message.recording(), way.name());
      case Refused(String reason) -> giveUp(message, reason);
      case Later(String reason) -> later(message, reason);
    }
  }

  private void later(Untold message, String reason) {
    Instant now = clock.instant();
    if (message.leftAt().plus(GIVEN_UP).isBefore(now)) {
      giveUp(message, reason);
      return;
    }
    log.atInfo()
        .addKeyValue("recording", message.recording())
        .addKeyValue("way", way.name())
        .addKeyValue("reason", reason)
        .log("a message is told later");
    long factor = 1L << Math.min(message.tries(), 16);
    Duration wait = FIRST_RETRY.multipliedBy(factor);
    Instant again = now.plus(wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY);
    notices.again(message.recording(), way.name(), again);
  }

  private void giveUp(Untold message, String reason) {
    log.atWarn()
        .addKeyValue("recording", message.recording())
        .addKeyValue("mailbox", message.mailbox())
        .addKeyValue("way", way.name())
        .addKeyValue("reason", reason)
        .log("a message is not told");
    notices.done(message.recording(), way.name());
  }
}
