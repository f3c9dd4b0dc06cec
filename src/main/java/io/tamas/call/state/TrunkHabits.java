package io.tamas.call.state;

import io.tamas.db.Database;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which servers of trunks answer OPTIONS, as it was found: kept in PostgreSQL, with a copy in
/// memory. Another server of a trunk is not known by that.
public final class TrunkHabits {
  private static final String ALL = "select trunk, server, answers_options from trunk_habit";
  private static final String PUT =
      """
      insert into trunk_habit (trunk, server, answers_options) values ($1, $2, $3)
      on conflict (trunk) do update
      set server = excluded.server, answers_options = excluded.answers_options
      """;

  private final Database database;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(String server, OptionsHabit habit) {}

  public TrunkHabits(Database database) {
    this.database = database;
  }

  /// Reads what was found. Waits.
  ///
  /// @throws io.tamas.db.DatabaseFault if that is not possible now
  public void load() {
    for (Row row : database.await(database.pool().query(ALL).execute())) {
      known.putIfAbsent(
          row.getString(0), new Known(row.getString(1), OptionsHabit.of(row.getBoolean(2))));
    }
  }

  /// Whether this server of the trunk was found to ignore OPTIONS.
  public boolean ignoresOptions(String trunk, String server) {
    return of(trunk, server).filter(OptionsHabit.IGNORES::equals).isPresent();
  }

  Optional<OptionsHabit> of(String trunk, String server) {
    return Optional.ofNullable(known.get(trunk))
        .filter(one -> one.server().equals(server))
        .map(Known::habit);
  }

  /// Keeps what was found. Waits.
  ///
  /// @throws io.tamas.db.DatabaseFault if it cannot be stored; then it is not known either
  void found(String trunk, String server, OptionsHabit habit) {
    Tuple row = Tuple.of(trunk, server, habit.answersOptions());
    database.await(database.pool().preparedQuery(PUT).execute(row));
    known.put(trunk, new Known(server, habit));
  }
}
