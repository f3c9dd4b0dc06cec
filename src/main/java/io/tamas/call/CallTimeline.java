package io.tamas.call;

import io.tamas.call.history.Calls;
import io.tamas.call.record.CallParties;
import io.tamas.call.record.CallRecord;
import io.tamas.call.record.RecordingId;
import io.tamas.call.recording.RecordingList;
import io.tamas.call.voicemail.Voicemail;
import io.tamas.call.voicemail.Voicemails;
import io.tamas.crm.MergedIds;
import io.tamas.crm.TimelineItem;
import io.tamas.crm.TimelinePosition;
import io.tamas.crm.TimelineSource;
import io.tamas.crm.TimelineSubject;
import io.tamas.db.Database;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.Principal.Reach;
import io.tamas.web.Request;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/// Ended calls with somebody, their recordings, and the messages that were left in them, each of
/// which is a kind of its own. All stand where their call began.
///
/// Calls of a profile are those that are tied to it and those with its numbers, but not what is
/// tied to somebody else. A client who reads its own calls only gets what is of them.
public final class CallTimeline implements TimelineSource {

  /// A page of each party is read from the index of its calls, then the pages become one.
  private static final String PAGE =
      Database.PLANNED_EACH_TIME
          + """
          select page.started_at, page.id::text as id
          from unnest($1::text[]) of (party) cross join lateral (
            select p.started_at, %1$s as id from call_party p %2$s
            where p.party = of.party and p.started_at <= $2
              and (p.started_at, %1$s) < ($2, $3::text::%3$s) %4$s
            order by p.started_at desc, %1$s desc limit %5$d) page
          group by page.started_at, page.id
          order by page.started_at desc, page.id desc limit %5$d
          """;

  /// Of nobody else.
  private static final String TIED =
      """
      and coalesce(
        (select c.record ->> 'profile' from call c where c.started_at = p.started_at and c.id = p.call_id),
        ($%1$d::text[])[1]) = any($%1$d::text[])
      """;

  private static final String OWN =
      """
      and exists (select from unnest($%1$d::text[], $%2$d::timestamptz[]) own (party, since)
        join call_party o on o.party = own.party and o.started_at = p.started_at
          and o.call_id = p.call_id
        where p.started_at >= own.since)
      """;

  /// Who only rang is not shown the message in another mailbox.
  private static final String IN_OWN_MAILBOX =
      """
      and exists (select from unnest($%1$d::text[], $%2$d::timestamptz[]) own (party, since)
        where own.party = 'extension:' || v.mailbox and v.routed_at >= own.since)
      """;

  private final Database database;
  private final Part part;
  private final Function<List<String>, Map<String, ?>> details;

  /// What of a call, and where it is.
  ///
  /// @param id the column by which it is known, and its type
  /// @param least of all ids
  private record Part(TimelineItem.Kind kind, String id, String type, String least, String join) {
    static final Part CALL = new Part(TimelineItem.Kind.CALL, "p.call_id", "text", "", "");

    static final Part RECORDING =
        new Part(
            TimelineItem.Kind.RECORDING,
            "r.id",
            "uuid",
            new UUID(0, 0).toString(),
            """
            join recording r on p.recorded and r.call_id = p.call_id
              and not r.message and r.state <> 'deleted'
            """);

    static final Part VOICEMAIL =
        new Part(
            TimelineItem.Kind.VOICEMAIL,
            "v.id",
            "bigint",
            "0",
            "join voicemail v on p.recorded and v.call_id = p.call_id and v.deleted_at is null");
  }

  private CallTimeline(
      Database database, Part part, Function<List<String>, Map<String, ?>> details) {
    this.database = database;
    this.part = part;
    this.details = details;
  }

  public static List<TimelineSource> of(
      Database database,
      Calls calls,
      RecordingList recordings,
      Voicemails voicemails,
      MergedIds merged) {
    MergedCallers callers = new MergedCallers(merged);
    ListedRecordings shown = new ListedRecordings(calls, callers);
    return List.of(
        new CallTimeline(
            database, Part.CALL, ids -> byId(callers.shown(calls.findAll(ids)), CallRecord::id)),
        new CallTimeline(
            database,
            Part.RECORDING,
            ids ->
                byId(
                    shown.shown(recordings.findAll(recordingIds(ids))),
                    node -> node.path("id").asText())),
        new CallTimeline(
            database,
            Part.VOICEMAIL,
            ids ->
                byId(
                    voicemails.findAll(ids.stream().map(Long::valueOf).toList()),
                    (Voicemail message) -> Long.toString(message.id()))));
  }

  private static List<RecordingId> recordingIds(List<String> ids) {
    return ids.stream().map(id -> new RecordingId(UUID.fromString(id))).toList();
  }

  private static <T> Map<String, T> byId(List<T> all, Function<T, String> id) {
    Map<String, T> byId = new HashMap<>();
    all.forEach(one -> byId.put(id.apply(one), one));
    return byId;
  }

  @Override
  public TimelineItem.Kind kind() {
    return part.kind();
  }

  @Override
  public List<TimelineItem> before(
      TimelineSubject subject, Request request, TimelinePosition position, int limit) {
    Tuple values =
        Tuple.of(
            parties(subject),
            position.at().atOffset(ZoneOffset.UTC),
            position.id().orElse(part.least()));
    String conditions = tied(subject, values) + own(request.ungranted(), values);
    String sql = PAGE.formatted(part.id(), part.join(), part.type(), conditions, limit);
    List<Place> page = new ArrayList<>();
    for (Row row : database.await(database.pool().preparedQuery(sql).execute(values))) {
      page.add(new Place(row.getOffsetDateTime(0).toInstant(), row.getString(1)));
    }
    return items(page);
  }

  private record Place(Instant at, String id) {}

  private List<TimelineItem> items(List<Place> page) {
    Map<String, ?> known = details.apply(page.stream().map(Place::id).toList());
    return page.stream()
        .flatMap(place ->
            Stream.ofNullable(known.get(place.id())) // it may have been deleted in between
                .map(data -> new TimelineItem(place.at(), kind(), place.id(), data)))
        .toList();
  }

  private static String[] parties(TimelineSubject subject) {
    return Stream.concat(
            subject.profiles().stream().map(CallParties::ofProfile),
            subject.numbers().stream().map(CallParties::ofNumber))
        .toArray(String[]::new);
  }

  private static String tied(TimelineSubject subject, Tuple values) {
    if (subject.profiles().isEmpty()) {
      return "";
    }
    values.addArrayOfString(
        subject.profiles().stream().map(String::valueOf).toArray(String[]::new));
    return TIED.formatted(values.size());
  }

  private String own(Optional<Reach.Extensions> reach, Tuple values) {
    if (reach.isEmpty()) {
      return "";
    }
    List<Map.Entry<ExtensionNumber, Instant>> all = List.copyOf(reach.get().since().entrySet());
    values.addArrayOfString(
        all.stream().map(one -> CallParties.ofExtension(one.getKey())).toArray(String[]::new));
    values.addArrayOfOffsetDateTime(
        all.stream()
            .map(one -> one.getValue().atOffset(ZoneOffset.UTC))
            .toArray(OffsetDateTime[]::new));
    String own = kind() == TimelineItem.Kind.VOICEMAIL ? IN_OWN_MAILBOX : OWN;
    return own.formatted(values.size() - 1, values.size());
  }
}
