package io.tamas.call.recording;

import io.tamas.call.record.Recording;
import io.tamas.call.record.RecordingId;
import io.tamas.call.recording.RecordingArchive.Access;
import io.tamas.text.Printable;
import io.tamas.web.Api;
import io.tamas.web.Cursor;
import io.tamas.web.Principal.Reach;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;
import java.util.Optional;

/// Recordings by REST.
public final class RecordingRoutes implements Api {
  private static final String LIST = "recording-access";
  private static final int PAGE = 100;

  private final Recordings recordings;
  private final RecordingArchive archive;
  private final Ownership ownership;
  private final ListenLog log;

  /// Whose recordings are. May wait.
  @FunctionalInterface
  public interface Ownership {
    /// Whether it is of a call of one of these extensions, or a message in its mailbox.
    boolean isOwn(Recording recording, Reach.Extensions reach);

    /// Whether it is, or may be, in a mailbox.
    default boolean isMessage(RecordingId id) {
      return true;
    }
  }

  public RecordingRoutes(Recordings recordings, RecordingArchive archive, Ownership ownership) {
    this.recordings = recordings;
    this.archive = archive;
    this.ownership = ownership;
    this.log = new ListenLog(archive);
  }

  @Override
  public void mount(Operations on) {
    on.on("getRecording", this::get)
        .on("getRecordingPeaks", this::peaks)
        .on("renameRecording", this::rename)
        .on("deleteRecording", this::delete)
        .on("listRecordingAccess", this::accesses);
  }

  private Response get(Request request) {
    RecordingId id = id(request);
    if (recordings.find(id).filter(r -> r.state() == Recording.State.READY).isEmpty()) {
      throw absent(id);
    }
    log.requested(request.principal(), id, request.header("range"));
    return new Response.File(recordings.file(id), "audio/wav", id + ".wav");
  }

  private record Drawn(List<List<Integer>> channels) {}

  /// Nobody hears anything by them, so they are not in the access log.
  private Response peaks(Request request) {
    RecordingId id = id(request);
    Peaks peaks =
        recordings
            .find(id)
            .filter(found -> found.state() == Recording.State.READY)
            .flatMap(_ -> recordings.peaks(id))
            .orElseThrow(() -> absent(id));
    return Response.ok(new Drawn(peaks.byChannel()));
  }

  private record Renamed(String title) {}

  private Response rename(Request request) {
    RecordingId id = id(request);
    String title = Printable.visible(request.body(Renamed.class).title()).strip();
    if (title.isEmpty()) {
      throw Problem.invalid(List.of(new Problem.Fault("/title", "must not be blank")));
    }
    if (!archive.rename(id, title)) {
      throw absent(id);
    }
    return Response.noContent();
  }

  private Response delete(Request request) {
    RecordingId id = id(request);
    if (!archive.delete(id, request.principal())) {
      throw absent(id);
    }
    return Response.noContent();
  }

  private record Listed(List<Access> items, Optional<String> next) {}

  private Response accesses(Request request) {
    RecordingId id = id(request);
    if (recordings.find(id).isEmpty()) {
      throw absent(id);
    }
    long before =
        request
            .query("cursor")
            .map(text -> Cursor.parse(LIST, 1, text).field(0, Long::valueOf))
            .orElse(Long.MAX_VALUE);
    List<Access> items = archive.accesses(id, before, PAGE);
    Optional<String> next =
        items.size() == PAGE
            ? Optional.of(Cursor.of(LIST, items.getLast().id()).text())
            : Optional.empty();
    return Response.ok(new Listed(items, next));
  }

  private RecordingId id(Request request) {
    String text = request.path("id");
    RecordingId id =
        RecordingId.parse(text).orElseThrow(() -> Problem.notFound("recording " + text));
    if (!isReached(id, request)) {
      throw absent(id);
    }
    return id;
  }

  /// Mailboxes are private: a grant does not open them.
  private boolean isReached(RecordingId id, Request request) {
    Optional<Reach.Extensions> reach = request.ungranted();
    return reach.isEmpty()
        || recordings.find(id).filter(found -> ownership.isOwn(found, reach.get())).isPresent()
        || request.extensions().isEmpty() && !ownership.isMessage(id);
  }

  private static Problem absent(RecordingId id) {
    return Problem.notFound("recording " + id);
  }
}
