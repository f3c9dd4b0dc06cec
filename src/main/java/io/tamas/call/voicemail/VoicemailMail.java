package io.tamas.call.voicemail;

import io.tamas.call.record.RecordingId;
import io.tamas.call.recording.Recordings;
import io.tamas.call.voicemail.VoicemailNotices.Untold;
import io.tamas.company.Extension;
import io.tamas.company.Extension.Mailbox;
import io.tamas.config.Config;
import io.tamas.mail.Mailer;
import io.tamas.work.Delivery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

/// Tells of a message by e-mail, with its sound. Sent again it has the same `Message-ID`.
public final class VoicemailMail implements VoicemailTeller.Way {
  private final Recordings recordings;
  private final Mailer mailer;
  private final Config.Mail config;
  private final ZoneId zone;

  public VoicemailMail(Recordings recordings, Mailer mailer, Config.Mail config) {
    this.recordings = recordings;
    this.mailer = mailer;
    this.config = config;
    this.zone = ZoneId.of(config.zone());
  }

  @Override
  public String name() {
    return "email";
  }

  @Override
  public Optional<Delivery> tell(Untold message, Extension extension) {
    boolean wanted = extension.mailbox().map(Mailbox::byEmail).orElse(false);
    return extension
        .email()
        .filter(_ -> wanted)
        .map(address ->
            Letter.mail(message, extension, address, zone, attachment(message.recording())))
        .map(mailer::send);
  }

  private Optional<Path> attachment(RecordingId id) {
    Path file = recordings.file(id);
    try {
      return Files.size(file) <= config.attachmentBytes() ? Optional.of(file) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // it is told all the same
    }
  }
}
