package io.tamas;

import io.tamas.asterisk.agi.Script;
import io.tamas.call.history.Calls;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.live.LiveChannels;
import io.tamas.call.notes.CallNotes;
import io.tamas.call.notes.RecordingNotes;
import io.tamas.call.record.Recording;
import io.tamas.call.record.RecordingId;
import io.tamas.call.recording.CallRecorder;
import io.tamas.call.recording.DeletedRecordings;
import io.tamas.call.recording.RecorderThread;
import io.tamas.call.recording.RecordingArchive;
import io.tamas.call.recording.RecordingEvents;
import io.tamas.call.recording.RecordingKeeper;
import io.tamas.call.recording.RecordingList;
import io.tamas.call.recording.RecordingRetention;
import io.tamas.call.recording.RecordingRoutes;
import io.tamas.call.recording.RecordingRules;
import io.tamas.call.recording.Recordings;
import io.tamas.call.voicemail.DeletedVoicemail;
import io.tamas.call.voicemail.MessageCounts;
import io.tamas.call.voicemail.VoicemailMail;
import io.tamas.call.voicemail.VoicemailNotices;
import io.tamas.call.voicemail.VoicemailNotifier;
import io.tamas.call.voicemail.VoicemailRoutes;
import io.tamas.call.voicemail.VoicemailScript;
import io.tamas.call.voicemail.VoicemailSms;
import io.tamas.call.voicemail.Voicemails;
import io.tamas.company.CompanySnapshot;
import io.tamas.config.Config;
import io.tamas.mail.SmtpMailer;
import io.tamas.outbound.OutboundClient;
import io.tamas.outbound.Resolver;
import io.tamas.sms.HttpSmsGateway;
import io.tamas.sms.SmsAddress;
import io.tamas.undo.Undoable;
import io.tamas.web.Api;
import io.tamas.web.Principal.Reach;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/// Recordings of calls, and voicemail.
final class RecordingWing {
  /// Connections to the SMS gateway.
  private static final int TEXTS_AT_ONCE = 4;

  private final Ground ground;
  private final CompanySnapshot company;
  private final RecordingEvents events;
  final Voicemails voicemails;
  final Recordings recordings;
  final RecordingList list;
  final RecordingArchive archive;
  final CallRecorder recorder;
  final RecorderThread thread;
  final MessageCounts messages;

  RecordingWing(
      Ground ground,
      CompanySnapshot company,
      LiveCalls live,
      LiveChannels channels,
      Calls calls,
      AsteriskWing asterisk) {
    this.ground = ground;
    this.company = company;
    recordings =
        new Recordings(
            ground.database(), ground.config().cell(), ground.config().recordings().folder());
    list = new RecordingList(ground.database());
    events = new RecordingEvents(calls::find);
    archive = new RecordingArchive(ground.database(), recordings, events);
    voicemails = new Voicemails(ground.database(), recordings);
    messages = new MessageCounts(voicemails, asterisk.messages::counted);
    RecordingRules rules = new RecordingRules(company);
    recorder = new CallRecorder(live, channels, recordings, rules, asterisk.ami, ground.registry());
    thread = new RecorderThread(recorder);
  }

  Script mailbox() {
    return new VoicemailScript(voicemails, archive);
  }

  /// @param ownCalls in which calls, by id, somebody's extensions talked
  List<Api> routes(BiPredicate<String, Reach.Extensions> ownCalls) {
    return List.of(
        new RecordingRoutes(recordings, archive, new RecordingOwnership(ownCalls, voicemails)),
        new VoicemailRoutes(voicemails, archive));
  }

  List<Undoable> undoables() {
    return List.of(
        new DeletedRecordings(recordings, archive),
        new DeletedVoicemail(archive, recordings.cell()));
  }

  private record RecordingOwnership(
      BiPredicate<String, Reach.Extensions> ownCalls, Voicemails voicemails)
      implements RecordingRoutes.Ownership {
    @Override
    public boolean isOwn(Recording recording, Reach.Extensions reach) {
      RecordingId id = recording.recordingId();
      return ownCalls.test(recording.call(), reach)
          || voicemails.mailboxesOf(List.of(id)).stream()
              .anyMatch(mailbox ->
                  Optional.ofNullable(reach.since().get(mailbox))
                      .filter(since -> voicemails.contains(mailbox, since, id))
                      .isPresent());
    }

    @Override
    public boolean isMessage(RecordingId id) {
      return !voicemails.mailboxesOf(List.of(id)).isEmpty();
    }
  }

  void startRecorder(CallNotes notes) {
    thread.start(new RecordingNotes(notes));
    ground.workers().add(thread.worker());
    ground.running().closeWith(thread);
  }

  /// Starts what maintains the files, and announces messages.
  void startKeepers() {
    Running running = ground.running();
    RecordingKeeper keeper =
        new RecordingKeeper(ground.database(), recordings, events, ground.registry());
    keeper.start();
    ground.workers().add(keeper.worker());
    running.stopWith(keeper::close);
    messages.start();
    ground.workers().add(messages.worker());
    running.closeWith(messages);
    startNotifications();
    Duration keep = Duration.ofDays(ground.config().recordings().keepDays());
    RecordingRetention retention = new RecordingRetention(archive, keep, ground.clock());
    retention.start();
    ground.workers().add(retention.worker());
    running.stopWith(retention::close);
  }

  private void startNotifications() {
    Config config = ground.config();
    if (config.mail().isOn()) {
      SmtpMailer mailer = new SmtpMailer(ground.vertx(), config.mail());
      ground.running().closeWith(mailer);
      startNotifications(new VoicemailMail(recordings, mailer, config.mail()));
    }
    if (config.sms().isOn()) {
      OutboundClient client =
          new OutboundClient(
              ground.vertx(),
              SmsAddress.allowed(config.sms(), config.outbound()),
              Resolver.ofMachine(ground.vertx(), TEXTS_AT_ONCE),
              config.sms().timeout(),
              TEXTS_AT_ONCE);
      HttpSmsGateway gateway = new HttpSmsGateway(client, config.sms());
      ground.running().closeWith(gateway);
      startNotifications(new VoicemailSms(gateway, config.sms()));
    }
  }

  private void startNotifications(VoicemailNotifier.Way way) {
    VoicemailNotices notices = new VoicemailNotices(ground.database(), ground.config().cell());
    VoicemailNotifier notifier =
        new VoicemailNotifier(way, notices, company, ground.clock(), ground.registry());
    notifier.start();
    ground.workers().add(notifier.worker());
    ground.running().stopWith(notifier::close);
  }
}
