package io.tamas.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tamas.call.history.CallCursor;
import io.tamas.call.history.CallSearch;
import io.tamas.call.history.CallSheet;
import io.tamas.call.history.Calls;
import io.tamas.call.history.OwnCalls;
import io.tamas.call.live.LiveCalls;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Message;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.call.record.Recording;
import io.tamas.call.recording.RecordingArchive;
import io.tamas.call.recording.Recordings;
import io.tamas.crm.MergedIds;
import io.tamas.json.Json;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.WrittenNumbers;
import io.tamas.routing.Routed.Direction;
import io.tamas.web.Api;
import io.tamas.web.Csv;
import io.tamas.web.Period;
import io.tamas.web.Problem;
import io.tamas.web.Request;
import io.tamas.web.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Calls and their recordings by REST.
public final class CallRoutes implements Api {
  private static final Duration LONGEST_SHEET = Duration.ofDays(366);

  private final Calls calls;
  private final LiveCalls live;
  private final Recordings recordings;
  private final RecordingArchive archive;
  private final Supplier<WrittenNumbers> numbers;
  private final Supplier<Duration> callBackWithin;
  private final MergedCallers callers;

  /// @param numbers by the plans of the company
  /// @param callBackWithin the company's, see [io.tamas.company.Company.Settings]
  public CallRoutes(
      Calls calls,
      LiveCalls live,
      Recordings recordings,
      RecordingArchive archive,
      Supplier<WrittenNumbers> numbers,
      Supplier<Duration> callBackWithin,
      MergedIds merged) {
    this.calls = calls;
    this.live = live;
    this.recordings = recordings;
    this.archive = archive;
    this.numbers = numbers;
    this.callBackWithin = callBackWithin;
    this.callers = new MergedCallers(merged);
  }

  @Override
  public void mount(Operations on) {
    on.on("listCalls", this::list)
        .on("getCallsCsv", this::sheet)
        .on("getCall", this::get)
        .on("listLiveCalls", this::listLive);
  }

  private record Listed(List<CallRecord> items, Optional<String> next) {}

  private Response list(Request request) {
    Calls.Page page = calls.list(OwnCalls.search(request, search(request, Period.of(request))));
    return Response.ok(new Listed(callers.shown(page.calls()), page.next().map(CallCursor::text)));
  }

  private Response sheet(Request request) {
    Period period = Period.of(request, LONGEST_SHEET);
    CallSearch search = OwnCalls.search(request, search(request, period));
    return new Response.Stream(
        Map.of("content-disposition", "attachment; filename=\"calls.csv\""),
        Csv.TYPE,
        new CallSheet(calls, search, Csv.zone(request), callers::shown));
  }

  private CallSearch search(Request request, Period period) {
    return new CallSearch(
        request.query("direction").map(Direction::valueOf),
        request.query("status").map(Status::valueOf),
        request.query("extension").map(ExtensionNumber::new),
        request.query("number").map(text -> CallNumbers.read(numbers.get(), text)),
        request.query("profile").map(callers::ofProfile).orElse(List.of()),
        request
            .query("notCalledBack")
            .map(Boolean::valueOf)
            .filter(wanted -> wanted)
            .map(_ -> callBackWithin.get()),
        request.query("hasRecording").map(Boolean::valueOf).orElse(false),
        period.from(),
        period.to(),
        request.query("cursor").map(CallCursor::parse),
        request.limit());
  }

  private Response get(Request request) {
    String id = request.path("id");
    // read first: an ended call is in the table before it leaves the memory
    Optional<CallRecord> inProgress = live.findNow(id);
    Optional<CallRecord> ended = id.indexOf('\0') < 0 ? calls.find(id) : Optional.empty();
    CallRecord call =
        ended
            .or(() -> inProgress)
            .filter(found -> OwnCalls.mayRead(request, found))
            .map(callers::shown)
            .orElseThrow(() -> Problem.notFound("call " + id));
    ObjectNode body = Json.mapper().valueToTree(call);
    addFiles(body, call);
    return Response.ok(body);
  }

  /// A recording that is not a message is that of the conversation.
  private void addFiles(ObjectNode body, CallRecord call) {
    Set<String> messages =
        call.recorded().messages().stream().map(Message::recording).collect(Collectors.toSet());
    for (Recording file : recordings.ofCall(call.id())) {
      if (messages.contains(file.id())) {
        body.withArray("messageFiles").add(json(file));
      } else if (!body.has("recordingFile")) {
        body.set("recordingFile", json(file));
      }
    }
  }

  private ObjectNode json(Recording file) {
    ObjectNode json = Json.mapper().valueToTree(file);
    archive.note(file.recordingId()).ifPresent(note -> json.setAll((ObjectNode) Json.tree(note)));
    return json;
  }

  private Response listLive(Request request) {
    List<CallRecord> own =
        live.listCommitted().stream().filter(call -> OwnCalls.mayRead(request, call)).toList();
    return Response.ok(new Listed(callers.shown(own), Optional.empty()));
  }
}
