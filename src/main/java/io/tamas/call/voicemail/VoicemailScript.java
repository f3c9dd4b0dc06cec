package io.tamas.call.voicemail;

import io.tamas.asterisk.agi.Script;
import io.tamas.asterisk.agi.Variable;
import io.tamas.audit.Audit;
import io.tamas.call.record.RecordingId;
import io.tamas.call.recording.RecordingArchive;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.Act;
import java.util.List;
import java.util.Optional;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiRequest;

/// Passes the next message of a mailbox to the dialplan, and marks as heard the one that the
/// dialplan played (`dialplan/listen.conf`). Without PostgreSQL the session fails, and the dialplan
/// plays an error announcement.
public final class VoicemailScript implements Script {
  private final Voicemails voicemails;
  private final RecordingArchive archive;

  public VoicemailScript(Voicemails voicemails, RecordingArchive archive) {
    this.voicemails = voicemails;
    this.archive = archive;
  }

  @Override
  public List<Variable> run(AgiRequest request, AgiChannel channel) {
    return Act.by("extension:" + mailbox(request).digits()).during(() -> answer(request));
  }

  List<Variable> answer(AgiRequest request) {
    ExtensionNumber mailbox = mailbox(request);
    RecordingId.parse(request.getArguments()[1])
        .ifPresent(played -> voicemails.mark(mailbox, played, true));
    Optional<RecordingId> next = voicemails.next(mailbox);
    next.ifPresent(id -> archive.logAccess(id, Audit.Action.LISTENED));
    return List.of(new Variable("TAMAS_MESSAGE", next.map(RecordingId::toString).orElse("none")));
  }

  private static ExtensionNumber mailbox(AgiRequest request) {
    String[] arguments = request.getArguments();
    if (arguments.length != 2) {
      throw new IllegalArgumentException("two arguments are required, see listen.conf");
    }
    return new ExtensionNumber(arguments[0]);
  }
}
