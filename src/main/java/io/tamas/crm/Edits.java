package io.tamas.crm;

import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Changes of the parts of one kind, one at a time: so no name is twice, and there are no more than
/// allowed.
///
/// @param lock that keeps all other changes of the kind waiting
/// @param byId the part with an id
/// @param read a row of that
record Edits<T>(
    Database database, String lock, String byId, Function<Row, T> read, ToLongFunction<T> version) {

  Change<T> alone(Function<Transaction, Change<T>> edit) {
    return database.inTransaction(tx -> {
      tx.execute(lock, Tuple.tuple());
      return edit.apply(tx);
    });
  }

  /// @param expected the version on which the change is based; empty: any
  Change<T> change(long id, Optional<Long> expected, BiFunction<Transaction, T, Change<T>> edit) {
    return alone(tx -> {
      Optional<T> before = tx.execute(byId, Tuple.of(id)).stream().findFirst().map(read);
      if (before.isEmpty()) {
        return new Change.Absent<>();
      }
      long current = version.applyAsLong(before.get());
      return expected.isPresent() && expected.get() != current
          ? new Change.Stale<>(current)
          : edit.apply(tx, before.get());
    });
  }
}
