package io.tamas.hook;

import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes deliveries that ended some time ago, and those of webhooks that were deleted and cannot
/// be brought back any more, in batches.
///
/// Several nodes may do so at once. Without PostgreSQL it tries again in the next round.
public final class WebhookRetention {
  private static final Logger log = LoggerFactory.getLogger(WebhookRetention.class);
  private static final Duration KEEP = Duration.ofDays(7);
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final int AT_A_TIME = 5_000;

  private static final String DELETE_OLD =
      """
      delete from webhook_delivery
      where (webhook, event) in (
        select webhook, event from webhook_delivery where ended_at < $1 order by ended_at limit $2
      )
      """;

  private static final String DELETE_OF_DELETED =
      """
      delete from webhook_delivery
      where (webhook, event) in (
        select d.webhook, d.event
        from webhook h join webhook_delivery d on d.webhook = h.id
        where h.deleted and not exists (
          select from trash t where t.kind = 'webhook' and (t.facts ->> 'id')::bigint = h.id)
        limit $1
      )
      """;

  private static final String DELETE_HOOKS =
      """
      delete from webhook h
      where h.deleted
        and not exists (select from webhook_delivery d where d.webhook = h.id)
        and not exists (
          select from trash t where t.kind = 'webhook' and (t.facts ->> 'id')::bigint = h.id)
      """;

  private final Database database;
  private final Rounds rounds = new Rounds("webhook-retention", this::round);

  public WebhookRetention(Database database) {
    this.database = database;
  }

  public void start() {
    rounds.start();
  }

  public Worker worker() {
    return rounds.worker();
  }

  public Future<Void> close() {
    return rounds.close();
  }

  private Duration round() {
    try {
      delete(Instant.now().minus(KEEP));
    } catch (DatabaseFault e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("old deliveries not deleted");
    }
    return EVERY;
  }

  /// Deletes what ended before a time, and what belongs to nobody.
  void delete(Instant before) {
    repeat(DELETE_OLD, Tuple.of(before.atOffset(ZoneOffset.UTC), AT_A_TIME));
    repeat(DELETE_OF_DELETED, Tuple.of(AT_A_TIME));
    run(DELETE_HOOKS, Tuple.tuple());
  }

  private void repeat(String sql, Tuple values) {
    int deleted;
    do {
      deleted = run(sql, values);
    } while (deleted == AT_A_TIME && !rounds.isClosing());
  }

  private int run(String sql, Tuple values) {
    return database.await(database.pool().preparedQuery(sql).execute(values)).rowCount();
  }
}
