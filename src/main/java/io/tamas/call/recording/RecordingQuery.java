package io.tamas.call.recording;

import io.tamas.call.record.CallParties;
import io.tamas.db.Database;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.Principal.Reach;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The SQL of a search. Where it is for parties, a page of each is read in the order of their
/// recorded calls, else from an index of the recordings: nothing is sorted but these pages.
record RecordingQuery(String sql, Tuple parameters) {
  private static final String COLUMNS =
      """
      r.id, r.call_id, r.state, r.started_at, r.duration_ms, r.bytes, r.sha256, r.channels,
        r.title, r.deleted_at, r.deleted_by, r.call_started_at, r.message
      """;

  /// Those with ids.
  static final String BY_ID = "select " + COLUMNS + " from recording r where r.id = any($1)";

  private static final String ALL =
      Database.PLANNED_EACH_TIME + "select " + COLUMNS + " from recording r where true";

  private static final String OF_PARTIES =
      Database.PLANNED_EACH_TIME
          + "select distinct page.* from unnest($1::text[], $2::timestamptz[]) of (party, since)"
          + " cross join lateral (select "
          + COLUMNS
          + """
           from call_party p
          join recording r on r.call_started_at = p.started_at and r.call_id = p.call_id
          where p.party = of.party and p.recorded and p.started_at >= of.since
          """;

  private static final String ALSO =
      """
       and exists (select from call_party o where o.party = any($%d)
        and o.started_at = r.call_started_at and o.call_id = r.call_id)
      """;

  private static final String ALSO_OF =
      """
       and exists (select from unnest($%d::text[], $%d::timestamptz[]) own (party, since)
        join call_party o on o.party = own.party
          and o.started_at = r.call_started_at and o.call_id = r.call_id
        where o.started_at >= own.since)
      """;

  static RecordingQuery of(RecordingSearch search) {
    Builder builder = new Builder(search);
    builder.parties();
    builder.filters();
    return builder.query();
  }

  private static final class Builder {
    private static final String ORDER =
        " order by %1$scall_started_at desc, %1$scall_id desc, %1$sid desc";

    private final RecordingSearch search;
    private final StringBuilder sql = new StringBuilder();
    private final Tuple parameters = Tuple.tuple();

    Builder(RecordingSearch search) {
      this.search = search;
    }

    /// Those with the fewest calls first.
    private void parties() {
      search.number().ifPresent(number -> any(List.of(CallParties.ofNumber(number))));
      if (!search.profiles().isEmpty()) {
        any(search.profiles().stream().map(CallParties::ofProfile).toList());
      }
      search.extension().ifPresent(one -> any(List.of(CallParties.ofExtension(one))));
      search.reach().ifPresent(this::reach);
      if (sql.isEmpty()) {
        sql.append(ALL);
      }
    }

    private void any(List<String> parties) {
      String[] names = parties.toArray(String[]::new);
      if (sql.isEmpty()) {
        OffsetDateTime[] since = new OffsetDateTime[names.length];
        Arrays.fill(since, time(Instant.EPOCH));
        parameters.addArrayOfString(names).addArrayOfOffsetDateTime(since);
        sql.append(OF_PARTIES);
      } else {
        parameters.addArrayOfString(names);
        sql.append(ALSO.formatted(parameters.size()));
      }
    }

    private void reach(Reach.Extensions reach) {
      List<Map.Entry<ExtensionNumber, Instant>> all = List.copyOf(reach.since().entrySet());
      parameters
          .addArrayOfString(
              all.stream().map(one -> CallParties.ofExtension(one.getKey())).toArray(String[]::new))
          .addArrayOfOffsetDateTime(
              all.stream().map(one -> time(one.getValue())).toArray(OffsetDateTime[]::new));
      sql.append(
          sql.isEmpty() ? OF_PARTIES : ALSO_OF.formatted(parameters.size() - 1, parameters.size()));
    }

    private void filters() {
      if (search.state().isPresent()) {
        String state = search.state().get().name().toLowerCase(Locale.ROOT);
        and("r.state = $%d", state);
      } else {
        sql.append(" and r.state <> 'deleted'");
      }
      search.message().ifPresent(is -> sql.append(is ? " and r.message" : " and not r.message"));
      search.direction().ifPresent(wanted -> and("r.direction = $%d", wanted.name()));
      search.from().ifPresent(from -> and("r.call_started_at >= $%d", time(from)));
      search.to().ifPresent(to -> and("r.call_started_at < $%d", time(to)));
      search.cursor().ifPresent(this::after);
    }

    private void after(RecordingCursor cursor) {
      OffsetDateTime at = time(cursor.callStartedAt());
      and("r.call_started_at <= $%d", at); // which the index of the parties can use
      parameters.addValue(at).addString(cursor.call()).addUUID(cursor.id().uuid());
      int last = parameters.size();
      sql.append(
          " and (r.call_started_at, r.call_id, r.id) < ($%d, $%d, $%d)"
              .formatted(last - 2, last - 1, last));
    }

    private void and(String condition, Object value) {
      parameters.addValue(value);
      sql.append(" and ").append(condition.formatted(parameters.size()));
    }

    RecordingQuery query() {
      String limit = " limit " + (search.limit() + 1);
      sql.append(ORDER.formatted("r.")).append(limit);
      if (sql.indexOf("lateral") >= 0) {
        sql.append(") page").append(ORDER.formatted("")).append(limit);
      }
      return new RecordingQuery(sql.toString(), parameters);
    }

    private static OffsetDateTime time(Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
  }
}
