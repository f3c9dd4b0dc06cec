package io.tamas.call.voicemail;

import io.tamas.call.record.RecordingId;
import io.tamas.call.recording.Recordings;
import io.tamas.call.voicemail.VoicemailNotices.Notice;
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

/// Announces a message by e-mail, with its audio. If it is sent again, it has the same
/// `Message-ID`.
public final class VoicemailMail implements VoicemailNotifier.Way {
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
  public Optional<Delivery> send(Notice message, Extension extension) {
    boolean enabled = extension.mailbox().map(Mailbox::byEmail).orElse(false);
    return extension
        .email()
        .filter(_ -> enabled)
        .map(address ->
            NoticeText.mail(message, extension, address, zone, attachment(message.recording())))
        .map(mailer::send);
  }

  private Optional<Path> attachment(RecordingId id) {
    Path file = recordings.file(id);
    try {
      return Files.size(file) <= config.attachmentBytes() ? Optional.of(file) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // the message is announced without its audio
    }
  }
}
