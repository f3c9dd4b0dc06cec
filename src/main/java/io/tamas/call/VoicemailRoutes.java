package io.tamas.call;

import io.tamas.number.ExtensionNumber;
import io.tamas.web.Api;
import io.tamas.web.Cursor;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;
import java.util.Optional;

/// Mailboxes by REST.
public final class VoicemailRoutes implements Api {
  private static final String LIST = "voicemail";
  private static final int PAGE = 100;

  private final Voicemails voicemails;

  public VoicemailRoutes(Voicemails voicemails) {
    this.voicemails = voicemails;
  }

  @Override
  public void mount(Operations on) {
    on.on("listVoicemail", this::list);
  }

  private record Listed(List<Voicemail> items, Optional<String> next) {}

  private Response list(Request request) {
    long before =
        request
            .query("cursor")
            .map(text -> Cursor.parse(LIST, 1, text).field(0, Long::valueOf))
            .orElse(Long.MAX_VALUE);
    List<Voicemail> items =
        voicemails.list(new ExtensionNumber(request.path("number")), before, PAGE);
    Optional<String> next =
        items.size() == PAGE
            ? Optional.of(Cursor.of(LIST, items.getLast().id()).text())
            : Optional.empty();
    return Response.ok(new Listed(items, next));
  }
}
