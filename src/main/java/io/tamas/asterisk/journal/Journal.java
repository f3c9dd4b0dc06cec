package io.tamas.asterisk.journal;

import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The stored journal: every row of every cell, and how far each file was read.
public final class Journal {
  private static final String APPEND =
      """
      with cell as (
        update journal_cell set last_seq = last_seq + $2 where cell = $1
        returning cell, last_seq - $2 as base
      )
      insert into journal (
        cell, seq, at, type, channel, unique_id, linked_id, caller_name, caller_number, dialled,
        context, application, application_data, account, peer, extra)
      select cell.cell, cell.base + r.n, r.at, r.type, r.channel, r.unique_id, r.linked_id,
        r.caller_name, r.caller_number, r.dialled, r.context, r.application, r.application_data,
        r.account, r.peer, r.extra
      from cell, unnest(
        $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
        $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[])
        with ordinality as r (
          at, type, channel, unique_id, linked_id, caller_name, caller_number, dialled, context,
          application, application_data, account, peer, extra, n)
      """;

  private static final String MOVE =
      """
      insert into journal_file as f (cell, head, read_to) values ($1, $2, $4)
      on conflict (cell, head) do update set read_to = excluded.read_to where f.read_to = $3
      """;

  private static final String REJECT =
      """
      insert into journal_reject (cell, head, position, reason, raw)
      select $1, $2, r.position, r.reason, r.raw
      from unnest($3::bigint[], $4::text[], $5::text[]) as r (position, reason, raw)
      """;

  private static final String MAKE_MONTH = "select make_month('journal', $1)";

  private static final String OPEN_CELL =
      "insert into journal_cell (cell, last_seq) values ($1, 0) on conflict do nothing";

  private static final String POSITIONS = "select head, read_to from journal_file where cell = $1";

  private static final String FORGET = "delete from journal_file where cell = $1 and head = $2";

  private static final String READ =
      """
      select at, type, channel, unique_id, linked_id, caller_name, caller_number, dialled, context,
        application, application_data, account, peer, extra, seq
      from journal
      where linked_id = any($1) and at >= $2
      order by linked_id, seq
      """;

  private static final String LINKED_IDS =
      """
      select distinct linked_id from journal
      where linked_id > $1 order by linked_id limit $2
      """;

  private static final String TIES =
      """
      select linked_id, root from journal_tie
      where root in (
        select unnest($1::text[]) union select root from journal_tie where linked_id = any($1))
      """;

  private static final String TIE_AGAIN = "update journal_tie set root = $2 where root = any($1)";

  private static final String TIE =
      """
      insert into journal_tie (linked_id, root) select unnest($1::text[]), $2
      on conflict (linked_id) do update set root = excluded.root
      """;

  /// The second at which the first channel was created, in Asterisk's unique ids.
  private static final Pattern MADE_AT = Pattern.compile("([0-9]{9,10})\\.[0-9]+$");

  /// How much earlier than its own id a row may appear if the clock was set back.
  private static final long CLOCK_STEP_SECONDS = 86_400;

  private final Database database;
  private final String cell;
  private final Set<YearMonth> months = new HashSet<>();

  public Journal(Database database, String cell) {
    this.database = database;
    this.cell = cell;
  }

  /// The rows of calls, each call's in the order of the file. Linked ids that are tied are one
  /// call, under the oldest.
  public static Future<Map<String, List<JournalEvent>>> read(
      SqlClient client, Collection<String> linkedIds) {
    return client
        .preparedQuery(TIES)
        .execute(Tuple.of((Object) linkedIds.toArray(String[]::new)))
        .compose(ties -> {
          Map<String, String> roots = new HashMap<>();
          ties.forEach(row -> roots.put(row.getString(0), row.getString(1)));
          Set<String> all = new HashSet<>(linkedIds);
          all.addAll(roots.keySet());
          all.addAll(roots.values());
          return read(client, all, roots);
        });
  }

  private static Future<Map<String, List<JournalEvent>>> read(
      SqlClient client, Set<String> linkedIds, Map<String, String> roots) {
    OffsetDateTime from =
        linkedIds.stream()
            .map(Journal::earliest)
            .min(Instant::compareTo)
            .orElse(Instant.EPOCH)
            .atOffset(ZoneOffset.UTC);
    return client
        .preparedQuery(READ)
        .execute(Tuple.of(linkedIds.toArray(String[]::new), from))
        .map(rows -> byCall(rows, roots));
  }

  /// Ties linked ids to the call of another one.
  public static void tie(Transaction tx, Collection<String> linkedIds, String root) {
    Tuple tuple = Tuple.of(linkedIds.toArray(String[]::new), root);
    Future<?> again = tx.connection().preparedQuery(TIE_AGAIN).execute(tuple);
    tx.await(Future.all(again, tx.connection().preparedQuery(TIE).execute(tuple)));
  }

  /// Linked ids after the given one, in their order.
  public static Future<List<String>> linkedIds(SqlClient client, String after, int limit) {
    return client
        .preparedQuery(LINKED_IDS)
        .execute(Tuple.of(after, limit))
        .map(rows -> rows.stream().map(row -> row.getString(0)).toList());
  }

  /// Restricts the query to the months that can contain a call.
  private static Instant earliest(String linkedId) {
    Matcher made = MADE_AT.matcher(linkedId);
    return made.find()
        ? Instant.ofEpochSecond(Long.parseLong(made.group(1)) - CLOCK_STEP_SECONDS)
        : Instant.EPOCH;
  }

  private static Map<String, List<JournalEvent>> byCall(
      RowSet<Row> rows, Map<String, String> roots) {
    record Numbered(long seq, JournalEvent event) {}
    Map<String, List<Numbered>> calls = new LinkedHashMap<>();
    for (Row row : rows) {
      JournalEvent event = event(row);
      String call = roots.getOrDefault(event.linkedId(), event.linkedId());
      calls
          .computeIfAbsent(call, id -> new ArrayList<>())
          .add(new Numbered(row.getLong(14), event));
    }
    Map<String, List<JournalEvent>> inOrder = new LinkedHashMap<>();
    calls.forEach((call, numbered) -> {
      numbered.sort(Comparator.comparingLong(Numbered::seq));
      inOrder.put(call, numbered.stream().map(Numbered::event).toList());
    });
    return inOrder;
  }

  private static JournalEvent event(Row row) {
    return new JournalEvent(
        row.getOffsetDateTime(0).toInstant(),
        RowType.of(row.getString(1)),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getString(7),
        row.getString(8),
        row.getString(9),
        row.getString(10),
        row.getString(11),
        row.getString(12),
        row.getString(13));
  }

  /// How far each file of this cell was read, by its head.
  Map<String, Long> open() {
    database.await(database.pool().preparedQuery(OPEN_CELL).execute(Tuple.of(cell)));
    Map<String, Long> positions = new HashMap<>();
    for (Row row :
        database.await(database.pool().preparedQuery(POSITIONS).execute(Tuple.of(cell)))) {
      positions.put(row.getString(0), row.getLong(1));
    }
    return positions;
  }

  /// Creates the partitions for rows, before their transaction, so that no lock is held for long.
  void makeRoom(List<JournalEvent> rows) {
    for (JournalEvent row : rows) {
      YearMonth month = YearMonth.from(row.at().atOffset(ZoneOffset.UTC));
      if (!months.contains(month)) {
        Tuple tuple = Tuple.of(row.at().atOffset(ZoneOffset.UTC));
        database.await(database.pool().preparedQuery(MAKE_MONTH).execute(tuple));
        months.add(month);
      }
    }
  }

  void append(Transaction tx, List<JournalEvent> rows) {
    if (!rows.isEmpty()) {
      tx.await(tx.connection().preparedQuery(APPEND).execute(columns(rows)));
    }
  }

  /// Moves the position of a file. Another follower of the same cell makes it fail.
  void move(Transaction tx, String head, long from, long to) {
    Tuple tuple = Tuple.of(cell, head, from, to);
    if (tx.await(tx.connection().preparedQuery(MOVE).execute(tuple)).rowCount() != 1) {
      throw new StalePosition("file " + head + " is not read to " + from);
    }
  }

  void reject(Transaction tx, String head, long offset, List<JournalParser.Reject> rejects) {
    if (!rejects.isEmpty()) {
      tx.await(
          tx.connection()
              .preparedQuery(REJECT)
              .execute(
                  Tuple.of(
                      cell,
                      head,
                      rejects.stream().map(r -> offset + r.position()).toArray(Long[]::new),
                      rejects.stream().map(JournalParser.Reject::reason).toArray(String[]::new),
                      rejects.stream().map(JournalParser.Reject::raw).toArray(String[]::new))));
    }
  }

  void forget(String head) {
    database.await(database.pool().preparedQuery(FORGET).execute(Tuple.of(cell, head)));
  }

  private Tuple columns(List<JournalEvent> rows) {
    Tuple tuple = Tuple.of(cell, (long) rows.size());
    tuple.addValue(
        rows.stream().map(row -> row.at().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new));
    List<Function<JournalEvent, String>> texts =
        List.of(
            row -> row.type().text(),
            JournalEvent::channel,
            JournalEvent::uniqueId,
            JournalEvent::linkedId,
            JournalEvent::callerName,
            JournalEvent::callerNumber,
            JournalEvent::dialled,
            JournalEvent::context,
            JournalEvent::application,
            JournalEvent::applicationData,
            JournalEvent::account,
            JournalEvent::peer,
            JournalEvent::extra);
    for (Function<JournalEvent, String> text : texts) {
      tuple.addValue(rows.stream().map(text).toArray(String[]::new));
    }
    return tuple;
  }

  /// Another follower has read the file meanwhile, or the response to a commit was lost.
  static final class StalePosition extends RuntimeException {
    StalePosition(String message) {
      super(message, null, false, false);
    }
  }
}
