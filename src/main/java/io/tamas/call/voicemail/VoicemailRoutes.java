package io.tamas.call.voicemail;

import io.tamas.call.record.Recording;
import io.tamas.call.record.RecordingId;
import io.tamas.call.recording.RecordingArchive;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.Api;
import io.tamas.web.Cursor;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Mailboxes by REST.
public final class VoicemailRoutes implements Api {
  private static final String LIST = "voicemail";
  private static final int PAGE = 100;

  private final Voicemails voicemails;
  private final RecordingArchive archive;

  public VoicemailRoutes(Voicemails voicemails, RecordingArchive archive) {
    this.voicemails = voicemails;
    this.archive = archive;
  }

  @Override
  public void mount(Operations on) {
    on.on("listVoicemail", this::list)
        .on("markVoicemail", this::mark)
        .on("deleteVoicemail", this::delete);
  }

  private record Listed(List<Voicemail> items, Optional<String> next) {}

  /// Whoever supervises the extension reads its mailbox, and changes nothing in it.
  private Response list(Request request) {
    ExtensionNumber mailbox = new ExtensionNumber(request.path("number"));
    request.requireReached(mailbox);
    long before =
        request
            .query("cursor")
            .map(text -> Cursor.parse(LIST, 1, text).field(0, Long::valueOf))
            .orElse(Long.MAX_VALUE);
    List<Voicemail> items = voicemails.list(mailbox, since(request, mailbox), before, PAGE);
    Optional<String> next =
        items.size() == PAGE
            ? Optional.of(Cursor.of(LIST, items.getLast().id()).text())
            : Optional.empty();
    return Response.ok(new Listed(items, next));
  }

  private record Marked(boolean heard) {}

  private Response mark(Request request) {
    boolean heard = request.body(Marked.class).heard();
    voicemails.mark(ownMailbox(request), message(request), heard);
    return Response.noContent();
  }

  private Response delete(Request request) {
    RecordingId id = message(request);
    Optional<Recording> audio = archive.kept(id);
    voicemails.delete(
        ownMailbox(request),
        id,
        tx -> audio.ifPresent(kept -> archive.delete(tx, kept, request.principal())));
    return Response.noContent();
  }

  /// Since when the mailbox is theirs: what was left before was for who had it then.
  private static Instant since(Request request, ExtensionNumber mailbox) {
    return request
        .extensions()
        .flatMap(reach -> Optional.ofNullable(reach.since().get(mailbox)))
        .orElse(Instant.EPOCH);
  }

  private static ExtensionNumber ownMailbox(Request request) {
    ExtensionNumber mailbox = new ExtensionNumber(request.path("number"));
    request.requireOwn(mailbox);
    return mailbox;
  }

  private RecordingId message(Request request) {
    String id = request.path("recording");
    return RecordingId.parse(id)
        .filter(known -> {
          ExtensionNumber mailbox = ownMailbox(request);
          return voicemails.contains(mailbox, since(request, mailbox), known);
        })
        .orElseThrow(() -> Problem.notFound("message " + id));
  }
}
