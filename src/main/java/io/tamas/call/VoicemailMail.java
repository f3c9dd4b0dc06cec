package io.tamas.call;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.call.Voicemails.Untold;
import io.tamas.company.Directory;
import io.tamas.company.Extension;
import io.tamas.company.Extension.Mailbox;
import io.tamas.config.Config;
import io.tamas.db.DatabaseFault;
import io.tamas.mail.Mail;
import io.tamas.mail.Mailer;
import io.tamas.mail.Mailer.Later;
import io.tamas.mail.Mailer.Refused;
import io.tamas.mail.Mailer.Sent;
import io.tamas.work.Rounds;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells of messages by e-mail, where the mailbox and the extension say so. Driven by the table:
/// what was not sent when the process died is sent by the next one. A message whose sending was not
/// acknowledged is sent again, with the same `Message-ID`.
///
/// While the server is away it is tried again, each time after twice as long, for a day.
public final class VoicemailMail {
  private static final Logger log = LoggerFactory.getLogger(VoicemailMail.class);
  private static final int PAGE = 20;
  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(15);
  private static final Duration LAST_RETRY = Duration.ofHours(1);
  private static final Duration GIVEN_UP = Duration.ofDays(1);

  private final Voicemails voicemails;
  private final Recordings recordings;
  private final Supplier<Directory> company;
  private final Mailer mailer;
  private final Config.Mail config;
  private final InstantSource clock;
  private final MeterRegistry registry;
  private final Rounds rounds = new Rounds("voicemail-mail", this::round);

  public VoicemailMail(
      Voicemails voicemails,
      Recordings recordings,
      Supplier<Directory> company,
      Mailer mailer,
      Config.Mail config,
      InstantSource clock,
      MeterRegistry registry) {
    this.voicemails = voicemails;
    this.recordings = recordings;
    this.company = company;
    this.mailer = mailer;
    this.config = config;
    this.clock = clock;
    this.registry = registry;
  }

  public void start() {
    rounds.start();
  }

  /// Done when the e-mail under way is.
  public Future<Void> close() {
    return rounds.close();
  }

  private Duration round() {
    try {
      List<Untold> untold = voicemails.untold(PAGE);
      for (Untold message : untold) {
        if (!rounds.isClosing()) {
          tell(message);
        }
      }
      return untold.isEmpty() ? IDLE : Duration.ZERO;
    } catch (DatabaseFault e) {
      log.atDebug().setCause(e).log("e-mails of messages wait for PostgreSQL");
      return IDLE;
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("messages cannot be told by e-mail");
      return IDLE;
    }
  }

  private void tell(Untold message) {
    Optional<Mail> mail =
        company.get().extension(message.mailbox()).flatMap(one -> mail(message, one));
    if (mail.isEmpty()) {
      voicemails.told(message.recording());
      return;
    }
    Mailer.Outcome outcome = mailer.send(mail.get());
    registry.counter("tamas.voicemail.mails", "outcome", outcome.label()).increment();
    switch (outcome) {
      case Sent() -> voicemails.told(message.recording());
      case Refused(String reason) -> giveUp(message, reason);
      case Later(String reason) -> later(message, reason);
    }
  }

  /// Nothing where nobody wants it.
  private Optional<Mail> mail(Untold message, Extension extension) {
    boolean wanted = extension.mailbox().map(Mailbox::byEmail).orElse(false);
    return extension
        .email()
        .filter(_ -> wanted)
        .map(address ->
            VoicemailLetter.of(
                message,
                extension,
                address,
                ZoneId.of(config.zone()),
                attachment(message.recording())));
  }

  private Optional<Path> attachment(RecordingId id) {
    Path file = recordings.file(id);
    try {
      return Files.size(file) <= config.attachmentBytes() ? Optional.of(file) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it is told all the same
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
        .addKeyValue("reason", reason)
        .log("a message is told by e-mail later");
    long factor = 1L << Math.min(message.tries(), 16);
    Duration wait = FIRST_RETRY.multipliedBy(factor);
    voicemails.tellAgain(
        message.recording(), now.plus(wait.compareTo(LAST_RETRY) < 0 ? wait : LAST_RETRY));
  }

  private void giveUp(Untold message, String reason) {
    log.atWarn()
        .addKeyValue("recording", message.recording())
        .addKeyValue("mailbox", message.mailbox())
        .addKeyValue("reason", reason)
        .log("a message is not told by e-mail");
    voicemails.told(message.recording());
  }
}
