package io.tamas.crm;

import io.tamas.web.Api;
import io.tamas.web.Cursor;
import io.tamas.web.ETag;
import io.tamas.web.Problem;
import io.tamas.web.Problem.Fault;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The notes about profiles by REST.
public final class ContactNoteRoutes implements Api {
  private static final String LIST = "notes";

  private final Profiles profiles;
  private final ContactNotes notes;

  public ContactNoteRoutes(Profiles profiles, ContactNotes notes) {
    this.profiles = profiles;
    this.notes = notes;
  }

  @Override
  public void mount(Operations on) {
    on.on("listProfileNotes", this::list)
        .on("createProfileNote", this::create)
        .on("getProfileNote", this::get)
        .on("updateProfileNote", this::update)
        .on("deleteProfileNote", this::delete);
  }

  private record Listed(List<ContactNote> items, Optional<String> next) {}

  private record Draft(Optional<ContactNote.Kind> kind, String text, Optional<String> call) {
    /// @throws Problem 422 with all faults
    ContactNote.Content content() {
      List<Fault> faults = new ArrayList<>();
      String lines = DraftText.lines("/text", text, faults);
      if (!faults.isEmpty()) {
        throw Problem.invalid(faults);
      }
      return new ContactNote.Content(kind.orElse(ContactNote.Kind.NOTE), lines, call);
    }
  }

  private Response list(Request request) {
    long profile = profile(request);
    Optional<Long> before =
        request.query("cursor").map(text -> Cursor.parse(LIST, 1, text).field(0, Long::valueOf));
    int limit = request.limit();
    List<ContactNote> found = notes.list(profile, before, limit + 1);
    if (found.isEmpty() && profiles.find(profile).isEmpty()) {
      throw Problem.notFound(whose(request));
    }
    List<ContactNote> items = found.subList(0, Math.min(limit, found.size()));
    Optional<String> next =
        found.size() > limit
            ? Optional.of(Cursor.of(LIST, items.getLast().id()).text())
            : Optional.empty();
    return Response.ok(new Listed(items, next));
  }

  private Response create(Request request) {
    ContactNote.Content content = request.body(Draft.class).content();
    ContactNote created =
        notes.create(profile(request), content, request.principal()).orRefuse(whose(request));
    String location = "/api/v1/profiles/" + created.profile() + "/notes/" + created.id();
    Map<String, String> headers = Map.of("location", location, "etag", ETag.of(created.version()));
    return new Response.Body(201, headers, created);
  }

  private Response get(Request request) {
    return notes
        .find(profile(request), note(request))
        .map(ContactNoteRoutes::found)
        .orElseThrow(() -> Problem.notFound(what(request)));
  }

  private Response update(Request request) {
    ContactNote.Content content = request.body(Draft.class).content();
    return found(
        notes
            .update(profile(request), note(request), ETag.expected(request), content)
            .orRefuse(what(request)));
  }

  private Response delete(Request request) {
    notes.delete(profile(request), note(request), ETag.expected(request)).orRefuse(what(request));
    return Response.noContent();
  }

  private static Response found(ContactNote note) {
    return new Response.Body(200, Map.of("etag", ETag.of(note.version())), note);
  }

  /// One that was merged is that into which it was.
  private long profile(Request request) {
    return profiles.living(PathId.of(request, whose(request)));
  }

  private static long note(Request request) {
    return PathId.of(request, "note", what(request));
  }

  private static String whose(Request request) {
    return "profile " + request.path("id");
  }

  private static String what(Request request) {
    return "note " + request.path("note") + " of profile " + request.path("id");
  }
}
