package io.tamas.undo;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.json.Json;
import io.tamas.work.Rounds;
import io.tamas.work.Worker;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Empties the trash of what can be brought back no more, in batches; first what an entry keeps
/// outside the tables, then the entry, so that an interrupted round is finished by the next one.
///
/// Several nodes may do so at once. Without PostgreSQL it tries again in the next round.
public final class TrashRetention {
  private static final Logger log = LoggerFactory.getLogger(TrashRetention.class);
  private static final Duration EVERY = Duration.ofSeconds(30);
  private static final int AT_A_TIME = 100;

  /// An undo that has begun in time may still be at work for a minute.
  private static final String DUE =
      """
      select id, kind, facts::text from trash
      where until < now() - interval '1 minute' and id > $1 order by id limit $2
      """;

  private static final String DELETE = "delete from trash where id = any($1)";

  private final Database database;
  private final List<Undoable> kinds;
  private final MeterRegistry registry;
  private final Rounds rounds = new Rounds("trash-retention", this::round);

  public TrashRetention(Database database, List<Undoable> kinds, MeterRegistry registry) {
    this.database = database;
    this.kinds = List.copyOf(kinds);
    this.registry = registry;
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
      empty();
    } catch (DatabaseFault e) {
      log.atWarn().addKeyValue("reason", e.getMessage()).log("trash not emptied");
    }
    return EVERY;
  }

  /// Deletes all whose time is over.
  void empty() {
    long after = 0;
    RowSet<Row> due;
    do {
      due = database.await(database.pool().preparedQuery(DUE).execute(Tuple.of(after, AT_A_TIME)));
      Long[] gone =
          due.stream().filter(this::isForgotten).map(row -> row.getLong("id")).toArray(Long[]::new);
      database.await(
          database.pool().preparedQuery(DELETE).execute(Tuple.tuple().addArrayOfLong(gone)));
      registry.counter("tamas.trash.emptied").increment(gone.length);
      for (Row row : due) {
        after = row.getLong("id");
      }
    } while (due.size() == AT_A_TIME && !rounds.isClosing());
  }

  private boolean isForgotten(Row row) {
    Optional<Undoable> kind =
        kinds.stream().filter(one -> one.kind().equals(row.getString("kind"))).findFirst();
    try {
      return kind.isEmpty() || kind.get().forget(Json.read(row.getString("facts"), JsonNode.class));
    } catch (UncheckedIOException e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .addKeyValue("entry", row.getLong("id"))
          .log("a file of the trash not deleted");
      return false;
    }
  }
}
