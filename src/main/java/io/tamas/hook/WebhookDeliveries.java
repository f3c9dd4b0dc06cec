package io.tamas.hook;

import io.tamas.db.Database;
import io.tamas.hook.WebhookDelivery.State;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/// The deliveries of webhooks as they are shown, and sent again by hand.
///
/// Blocking code for virtual threads. Without PostgreSQL each method throws a retryable
/// [io.tamas.db.DatabaseFault] within the database's time-out.
public final class WebhookDeliveries {
  private static final String COLUMNS =
      """
      d.event, d.type, d.subject, d.state, d.tries, d.since, d.due_at, d.tried_at, d.ended_at,
      d.status, d.reason
      """;

  static final String LIST =
      "select "
          + COLUMNS
          + """
          from webhook h join webhook_delivery d on d.webhook = h.id
          where h.name = $1 and not h.deleted and d.event < $2
          order by d.event desc
          limit $3
          """;

  static final String LIST_OF_STATE =
      "select "
          + COLUMNS
          + """
          from webhook h join webhook_delivery d on d.webhook = h.id
          where h.name = $1 and not h.deleted and d.event < $2 and d.state = $4
          order by d.event desc
          limit $3
          """;

  /// One that waits for an earlier one goes on waiting for it.
  private static final String RETRY =
      """
      update webhook_delivery d
      set due_at = now(), state = 'WAITING', ended_at = null,
          head = d.head or d.state <> 'WAITING',
          since = case when d.state = 'WAITING' then d.since else now() end
      from webhook h
      where h.name = $1 and not h.deleted and d.webhook = h.id and d.event = $2
        and exists (select from event e where e.id = d.event)
      returning
      """
          + COLUMNS;

  private static final String FIND =
      """
      select d.event from webhook h join webhook_delivery d on d.webhook = h.id
      where h.name = $1 and not h.deleted and d.event = $2
      """;

  private final Database database;

  public WebhookDeliveries(Database database) {
    this.database = database;
  }

  /// The newest first.
  ///
  /// @param before the event before which the page begins
  List<WebhookDelivery> list(String webhook, Optional<State> state, long before, int limit) {
    Tuple values = Tuple.of(webhook, before, limit);
    state.ifPresent(wanted -> values.addString(wanted.name()));
    return run(state.isPresent() ? LIST_OF_STATE : LIST, values).stream()
        .map(WebhookDeliveries::delivery)
        .toList();
  }

  /// Sends one at once, whatever became of it; empty if its event is no longer kept, or it does not
  /// exist.
  Optional<WebhookDelivery> retry(String webhook, long event) {
    return run(RETRY, Tuple.of(webhook, event)).stream()
        .findFirst()
        .map(WebhookDeliveries::delivery);
  }

  boolean exists(String webhook, long event) {
    return run(FIND, Tuple.of(webhook, event)).size() > 0;
  }

  private RowSet<Row> run(String sql, Tuple values) {
    return database.await(database.pool().preparedQuery(sql).execute(values));
  }

  private static WebhookDelivery delivery(Row row) {
    State state = State.valueOf(row.getString("state"));
    return new WebhookDelivery(
        row.getLong("event"),
        row.getString("type"),
        row.getString("subject"),
        state,
        row.getInteger("tries"),
        row.getOffsetDateTime("since").toInstant(),
        instant(row, "due_at").filter(_ -> state == State.WAITING),
        instant(row, "tried_at"),
        instant(row, "ended_at"),
        Optional.ofNullable(row.getInteger("status")),
        Optional.ofNullable(row.getString("reason")));
  }

  private static Optional<Instant> instant(Row row, String column) {
    return Optional.ofNullable(row.getOffsetDateTime(column)).map(OffsetDateTime::toInstant);
  }
}
