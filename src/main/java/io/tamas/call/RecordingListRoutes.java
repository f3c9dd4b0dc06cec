package io.tamas.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tamas.call.history.Calls;
import io.tamas.call.record.Recording;
import io.tamas.call.recording.RecordingCursor;
import io.tamas.call.recording.RecordingList;
import io.tamas.call.recording.RecordingSearch;
import io.tamas.crm.MergedIds;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.routing.Routed.Direction;
import io.tamas.web.Api;
import io.tamas.web.Period;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// The list of recordings by REST. Who reads the calls of some extensions only gets the recordings
/// of those.
public final class RecordingListRoutes implements Api {
  private final RecordingList recordings;
  private final ListedRecordings listed;
  private final MergedCallers callers;
  private final Supplier<WrittenNumbers> numbers;

  /// @param numbers by the plans of the company
  public RecordingListRoutes(
      RecordingList recordings, Calls calls, Supplier<WrittenNumbers> numbers, MergedIds merged) {
    this.recordings = recordings;
    this.callers = new MergedCallers(merged);
    this.listed = new ListedRecordings(calls, callers);
    this.numbers = numbers;
  }

  @Override
  public void mount(Operations on) {
    on.on("listRecordings", this::list);
  }

  private record Listed(List<ObjectNode> items, Optional<String> next) {}

  private Response list(Request request) {
    Period period = Period.of(request);
    Optional<ExtensionNumber> extension = request.query("extension").map(ExtensionNumber::new);
    extension.ifPresent(request::requireReached);
    RecordingList.Page page =
        recordings.list(
            new RecordingSearch(
                request
                    .query("state")
                    .map(text -> Recording.State.valueOf(text.toUpperCase(Locale.ROOT))),
                request.query("kind").map("MESSAGE"::equals),
                request.query("direction").map(Direction::valueOf),
                extension,
                request.query("number").map(text -> CallNumbers.read(numbers.get(), text)),
                request.query("profile").map(callers::ofProfile).orElse(List.of()),
                request.extensions(),
                period.from(),
                period.to(),
                request.query("cursor").map(RecordingCursor::parse),
                request.limit()));
    return Response.ok(
        new Listed(listed.shown(page.entries()), page.next().map(RecordingCursor::text)));
  }
}
