package io.tamas.call.voicemail;

import io.tamas.call.voicemail.VoicemailNotices.Notice;
import io.tamas.company.Extension;
import io.tamas.company.Extension.Mailbox;
import io.tamas.config.Config;
import io.tamas.sms.SmsGateway;
import io.tamas.work.Delivery;
import java.time.ZoneId;
import java.util.Optional;

/// Announces a message by SMS.
public final class VoicemailSms implements VoicemailNotifier.Way {
  private final SmsGateway gateway;
  private final ZoneId zone;

  public VoicemailSms(SmsGateway gateway, Config.Sms config) {
    this.gateway = gateway;
    this.zone = ZoneId.of(config.zone());
  }

  @Override
  public String name() {
    return "sms";
  }

  @Override
  public Optional<Delivery> send(Notice message, Extension extension) {
    boolean enabled = extension.mailbox().map(Mailbox::bySms).orElse(false);
    return extension
        .mobile()
        .filter(_ -> enabled)
        .map(mobile -> NoticeText.sms(message, extension, mobile, zone))
        .map(gateway::send);
  }
}
