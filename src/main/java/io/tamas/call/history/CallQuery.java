package io.tamas.call.history;

import io.tamas.call.record.CallParties;
import io.tamas.call.record.CallRecord.Status;
import io.tamas.db.Database;
import io.tamas.number.ExtensionNumber;
import io.tamas.web.Principal.Reach;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The SQL of a search. Each filter that can be given alone has an index in the order of the list,
/// so that a page is read from the index and nothing is sorted, however many calls there are.
record CallQuery(String sql, Tuple parameters) {
  private static final String ALL =
      """
      select c.record::text from call c
      where true\
      """;

  /// Some states are rare or never seen: for those the plan that suits the others reads all calls.
  private static final String ALL_EACH = Database.PLANNED_EACH_TIME + ALL;

  private static final String OF_PARTY =
      """
      select c.record::text from (
        select p.started_at, p.call_id from call_party p%s
        where p.party = %s\
      """;

  /// The newest calls of each extension, and of these the newest: each is read from the index. A
  /// call in which two of them took part is one.
  private static final String OF_REACH =
      """
      select c.record::text from (
        select distinct each.started_at, each.call_id
        from unnest($1::text[], $2::timestamptz[]) as own (party, since)
        cross join lateral (
          select p.started_at, p.call_id from call_party p%s
          where p.party = own.party and p.started_at >= own.since\
      """;

  private static final String OF_REACH_TOGETHER =
      ") each order by each.started_at desc, each.call_id desc limit ";

  private static final String AND_OF_REACH =
      """
       and exists (
         select from unnest($%d::text[], $%d::timestamptz[]) as own (party, since)
         join call_party o on o.party = own.party
         where p.started_at >= own.since and o.started_at = p.started_at and o.call_id = p.call_id)\
      """;

  private static final String WITH_CALL =
      " join call c on c.started_at = p.started_at and c.id = p.call_id";

  /// The condition of the index `call_recorded`.
  private static final String RECORDED =
      " and (c.record ? 'recording' or c.record -> 'messages' <> '[]')";

  /// The condition of the index `call_party_recorded`.
  private static final String RECORDED_OF_PARTY = " and p.recorded";

  /// The condition of the index `call_party_status`.
  private static final String NOT_ANSWERED = " and p.status <> 'ANSWERED'";

  /// Their condition is that of an index. A caller without a number cannot be called back. A
  /// subquery with a limit is looked up for each call of the page; `not exists` may become a join
  /// of all calls. The same rule is in the view `report.missed_call`.
  private static final String NOT_CALLED_BACK =
      """
       and %1$sdirection = 'INBOUND' and %1$sstatus not in ('ANSWERED', 'ANNOUNCEMENT')
        and c.record ->> 'caller' not in ('', 'anonymous') and (
          select back.call_id from call_party back
          where back.party = 'number:' || (c.record ->> 'caller') and back.status = 'ANSWERED'
            and back.started_at > c.started_at
            and back.started_at <= c.started_at + $%2$d * interval '1 second'
          limit 1) is null\
      """;

  /// The page is found in the index alone, then its calls are looked up.
  private static final String LOOKED_UP =
      """
      ) page join call c on c.started_at = page.started_at and c.id = page.call_id
      order by page.started_at desc, page.call_id desc
      """;

  static CallQuery of(CallSearch search) {
    Optional<List<String>> number = search.number().map(CallParties::ofNumber).map(List::of);
    Optional<List<String>> profile =
        Optional.of(search.profiles().stream().map(CallParties::ofProfile).toList())
            .filter(any -> !any.isEmpty());
    Optional<List<String>> extension =
        search.extension().map(CallParties::ofExtension).map(List::of);
    // the one with the fewest calls first
    List<List<String>> parties =
        Stream.of(number, profile, extension).flatMap(Optional::stream).toList();
    String joined = search.notCalledBack().isPresent() ? WITH_CALL : "";
    if (parties.isEmpty() && search.reach().isPresent()) {
      var builder = new Builder(OF_REACH.formatted(joined), "p.", "p.call_id");
      builder.add(search.reach().get());
      builder.filterOfParty(search);
      return builder.query(OF_REACH_TOGETHER + (search.limit() + 1) + LOOKED_UP);
    }
    if (parties.isEmpty()) {
      var builder = new Builder(search.status().isPresent() ? ALL_EACH : ALL, "c.", "c.id");
      if (search.recorded()) {
        builder.sql.append(RECORDED);
      }
      builder.filter(search);
      return builder.query("");
    }
    String any = parties.getFirst().size() == 1 ? "$1" : "any($1)";
    var builder = new Builder(OF_PARTY.formatted(joined, any), "p.", "p.call_id");
    builder.add(parties.getFirst());
    parties.stream().skip(1).forEach(builder::andOf);
    search.reach().ifPresent(builder::andOf);
    builder.filterOfParty(search);
    return builder.query(LOOKED_UP);
  }

  private static final class Builder {
    private final Tuple parameters = Tuple.tuple();
    private final StringBuilder sql;
    private final String table;
    private final String id;

    Builder(String select, String table, String id) {
      this.sql = new StringBuilder(select);
      this.table = table;
      this.id = id;
    }

    void andOf(List<String> parties) {
      add(parties);
      String any = parties.size() == 1 ? "$%d" : "any($%d)";
      sql.append(" and exists (select from call_party o where o.party = ")
          .append(any.formatted(parameters.size()))
          .append(" and o.started_at = p.started_at and o.call_id = p.call_id)");
    }

    /// One party, whose calls are in the order of its index, or any of several.
    void add(List<String> parties) {
      if (parties.size() == 1) {
        parameters.addString(parties.getFirst());
      } else {
        parameters.addArrayOfString(parties.toArray(String[]::new));
      }
    }

    void andOf(Reach.Extensions reach) {
      add(reach);
      sql.append(AND_OF_REACH.formatted(parameters.size() - 1, parameters.size()));
    }

    /// Two parameters: the parties, and since when.
    void add(Reach.Extensions reach) {
      List<Map.Entry<ExtensionNumber, Instant>> all = List.copyOf(reach.since().entrySet());
      parameters
          .addArrayOfString(
              all.stream().map(one -> CallParties.ofExtension(one.getKey())).toArray(String[]::new))
          .addArrayOfOffsetDateTime(
              all.stream()
                  .map(one -> one.getValue().atOffset(ZoneOffset.UTC))
                  .toArray(OffsetDateTime[]::new));
    }

    void filterOfParty(CallSearch search) {
      if (search.status().filter(status -> status != Status.ANSWERED).isPresent()) {
        sql.append(NOT_ANSWERED);
      }
      if (search.recorded()) {
        sql.append(RECORDED_OF_PARTY);
      }
      filter(search);
    }

    void filter(CallSearch search) {
      search.direction().ifPresent(value -> and("direction =", value.name()));
      search.status().ifPresent(value -> and("status =", value.name()));
      search.from().ifPresent(value -> and("started_at >=", time(value)));
      search.to().ifPresent(value -> and("started_at <", time(value)));
      search.notCalledBack().ifPresent(this::andNotCalledBack);
      search.cursor().ifPresent(this::after);
      sql.append(" order by ").append(table).append("started_at desc, ").append(id).append(" desc");
      // written out, so that a cached plan too is made for a page and not for all calls
      sql.append(" limit ").append(search.limit() + 1);
    }

    CallQuery query(String rest) {
      return new CallQuery(sql + rest, parameters);
    }

    private void after(CallCursor cursor) {
      parameters.addValue(time(cursor.startedAt())).addString(cursor.id());
      sql.append(
          " and (%sstarted_at, %s) < ($%d, $%d)"
              .formatted(table, id, parameters.size() - 1, parameters.size()));
    }

    private void andNotCalledBack(Duration within) {
      parameters.addLong(within.toSeconds());
      sql.append(NOT_CALLED_BACK.formatted(table, parameters.size()));
    }

    private void and(String columnIs, Object value) {
      parameters.addValue(value);
      sql.append(" and ").append(table).append(columnIs).append(" $").append(parameters.size());
    }

    private static Object time(Instant instant) {
      return instant.atOffset(ZoneOffset.UTC);
    }
  }
}
