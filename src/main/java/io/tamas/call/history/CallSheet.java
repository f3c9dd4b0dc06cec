package io.tamas.call.history;

import io.tamas.call.record.CallRecord;
import io.tamas.call.record.CallRecord.Outcome;
import io.tamas.call.record.CallRecord.Tie;
import io.tamas.call.record.CallRecord.When;
import io.tamas.call.record.CallRecord.Who;
import io.tamas.web.Csv;
import io.tamas.web.Response;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A list of calls for spreadsheets, of any length: one page of it is in memory, and no connection
/// to PostgreSQL is held while the client receives it.
public final class CallSheet implements Response.Chunks {
  private static final int PAGE = 500;

  private static final String HEAD =
      Csv.BOM
          + Csv.row(
              "id",
              "direction",
              "started_at",
              "answered_at",
              "ended_at",
              "ring_seconds",
              "talk_seconds",
              "hold_seconds",
              "status",
              "caller",
              "caller_name",
              "requested",
              "destination",
              "answered_by",
              "hung_up_by",
              "trunk",
              "recording",
              "outbound_trunk",
              "profile",
              "incomplete");

  private final Calls calls;
  private final ZoneId zone;
  private final UnaryOperator<List<CallRecord>> shown;
  private Optional<CallSearch> rest;
  private String before = HEAD;

  /// @param search whose limit does not count
  /// @param zone of the times
  /// @param shown calls as they are shown; may wait
  public CallSheet(
      Calls calls, CallSearch search, ZoneId zone, UnaryOperator<List<CallRecord>> shown) {
    this.calls = calls;
    this.zone = zone;
    this.shown = shown;
    this.rest = Optional.of(search.page(Optional.empty(), PAGE));
  }

  @Override
  public Optional<String> next() {
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    CallSearch search = rest.get();
    Calls.Page page = calls.list(search);
    rest = page.next().map(after -> search.page(Optional.of(after), PAGE));
    String head = before;
    before = "";
    return Optional.of(
        shown.apply(page.calls()).stream()
            .map(call -> row(call, zone))
            .collect(Collectors.joining("", head, "")));
  }

  static String row(CallRecord call, ZoneId zone) {
    Who who = call.who();
    When when = call.when();
    Outcome outcome = call.outcome();
    return Csv.row(
        call.id(),
        who.direction().name(),
        Csv.time(when.startedAt(), zone),
        time(when.answeredAt(), zone),
        time(when.endedAt(), zone),
        Csv.seconds(when.ring()),
        Csv.seconds(when.talk()),
        Csv.seconds(when.hold()),
        outcome.status().name(),
        who.caller(),
        who.callerName(),
        who.requested(),
        outcome.destination().orElse(""),
        outcome.answeredBy().orElse(""),
        outcome.hungUpBy().map(Enum::name).orElse(""),
        who.trunk().orElse(""),
        call.recorded().recording().orElse(""),
        outboundTrunk(call),
        who.profile().map(Object::toString).orElse(""),
        outcome.incomplete() ? "yes" : "");
  }

  /// The last one over which an external party was called.
  private static String outboundTrunk(CallRecord call) {
    return call.legs().stream()
        .filter(leg -> leg.tie() != Tie.PICKED_UP && leg.tie() != Tie.RETRIEVED)
        .flatMap(leg -> leg.trunk().stream())
        .reduce("", (_, last) -> last);
  }

  private static String time(Optional<Instant> instant, ZoneId zone) {
    return instant.map(at -> Csv.time(at, zone)).orElse("");
  }
}
