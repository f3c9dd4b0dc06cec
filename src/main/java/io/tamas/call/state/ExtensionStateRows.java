package io.tamas.call.state;

import io.tamas.call.state.ExtensionState.State;
import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.tamas.event.Audience;
import io.tamas.event.EventType;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.tamas.number.ExtensionNumber;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The states as they were last published, in PostgreSQL.
final class ExtensionStateRows {
  private static final String ALL = "select extension, state, since from extension_state";

  /// What was published already, also by a commit whose answer was lost, is not published again.
  private static final String PUT =
      """
      insert into extension_state as published (extension, state, since)
      select * from unnest($1::text[], $2::text[], $3::timestamptz[])
      on conflict (extension) do update set state = excluded.state, since = excluded.since
      where published.state <> excluded.state
      returning extension
      """;

  private static final String DELETE = "delete from extension_state where extension = any($1)";

  private final Database database;

  ExtensionStateRows(Database database) {
    this.database = database;
  }

  List<ExtensionState> all() {
    List<ExtensionState> states = new ArrayList<>();
    for (Row row : database.await(database.pool().query(ALL).execute())) {
      states.add(
          new ExtensionState(
              new ExtensionNumber(row.getString(0)),
              State.parse(row.getString(1)),
              Optional.of(row.getOffsetDateTime(2).toInstant())));
    }
    return states;
  }

  /// Stores the changes and their events, all or nothing.
  void publish(Collection<ExtensionState> changed, Collection<ExtensionNumber> gone) {
    database.inTransaction(tx -> {
      delete(tx, gone);
      List<NewEvent> events = put(tx, changed);
      return events.isEmpty() ? List.of() : tx.await(Outbox.append(tx.connection(), events));
    });
  }

  private static void delete(Transaction tx, Collection<ExtensionNumber> gone) {
    if (!gone.isEmpty()) {
      String[] numbers = gone.stream().map(ExtensionNumber::digits).toArray(String[]::new);
      tx.await(tx.connection().preparedQuery(DELETE).execute(Tuple.of(numbers)));
    }
  }

  private static List<NewEvent> put(Transaction tx, Collection<ExtensionState> changed) {
    if (changed.isEmpty()) {
      return List.of();
    }
    Tuple columns =
        Tuple.of(
            changed.stream().map(one -> one.extension().digits()).toArray(String[]::new),
            changed.stream().map(one -> one.state().text()).toArray(String[]::new),
            changed.stream().map(ExtensionStateRows::since).toArray(OffsetDateTime[]::new));
    Map<String, ExtensionState> byNumber =
        changed.stream()
            .collect(Collectors.toMap(one -> one.extension().digits(), Function.identity()));
    List<NewEvent> events = new ArrayList<>();
    for (Row row : tx.await(tx.connection().preparedQuery(PUT).execute(columns))) {
      String number = row.getString(0);
      Optional.ofNullable(byNumber.get(number))
          .ifPresent(state ->
              events.add(
                  new NewEvent(
                      EventType.Known.EXTENSION_STATE,
                      "extension:" + number,
                      state,
                      Audience.Circle.EVERYBODY)));
    }
    return events;
  }

  private static OffsetDateTime since(ExtensionState state) {
    return state.since().orElse(Instant.EPOCH).atOffset(ZoneOffset.UTC);
  }
}
