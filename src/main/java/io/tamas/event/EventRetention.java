package io.tamas.event;

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

/// Deletes events older than the retention period, in batches, and stores up to which id.
///
/// Several nodes may do so at once. Without PostgreSQL it retries in the next round.
public final class EventRetention {
  private static final Logger log = LoggerFactory.getLogger(EventRetention.class);
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final int AT_A_TIME = 5_000;

  /// Reads the oldest only: events are in the order of their age.
  private static final String DELETE =
      """
      with oldest as (
        select id, at from event order by id limit $2
      ), gone as (
        delete from event e using oldest o where e.id = o.id and o.at < $1 returning e.id
      )
      update event_retention
      set deleted_to = greatest(deleted_to, (select max(id) from gone))
      where exists (select from gone)
      returning (select count(*) from gone)
      """;

  private final Database database;
  private final Duration keep;
  private final Rounds rounds = new Rounds("event-retention", this::round);

  public EventRetention(Database database, Duration keep) {
    this.database = database;
    this.keep = keep;
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
      long deleted = delete(Instant.now().minus(keep));
      if (deleted > 0) {
        log.atInfo().addKeyValue("count", deleted).log("old events deleted");
      }
    } catch (DatabaseFault e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("old events not deleted");
    }
    return EVERY;
  }

  /// Deletes all events from before a time, or some of them if it is closed meanwhile.
  long delete(Instant before) {
    long deleted = 0;
    long some;
    do {
      some =
          database
              .await(
                  database
                      .pool()
                      .preparedQuery(DELETE)
                      .execute(Tuple.of(before.atOffset(ZoneOffset.UTC), AT_A_TIME)))
              .stream()
              .mapToLong(row -> row.getLong(0))
              .sum();
      deleted += some;
    } while (some == AT_A_TIME && !rounds.isClosing());
    return deleted;
  }
}
