package io.tamas.crm;

import io.tamas.db.Transaction;
import io.tamas.undo.Trash;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.Stream;

/// What belongs to a profile and goes with it when it is merged: also what lies in the trash, so
/// that it comes back where it belongs.
enum MergedContacts {
  /// Of an organisation.
  PERSONS("profile", "organisation", "kind = 'person'"),
  NOTES("profile_note", "profile", "true");

  private final String table;
  private final String column;
  private final String all;
  private final String some;

  /// @param which of the rows may be moved back
  MergedContacts(String table, String column, String which) {
    this.table = table;
    this.column = column;
    this.all = "update %1$s set %2$s = $2 where %2$s = $1 returning id".formatted(table, column);
    this.some =
        "update %1$s set %2$s = $2 where %2$s = $1 and id = any($3) and %3$s"
            .formatted(table, column, which);
  }

  /// Moves all from one profile to another.
  ///
  /// @return their ids
  List<Long> move(Transaction tx, long from, long to) {
    Stream<Row> moved = tx.execute(all, Tuple.of(from, to)).stream();
    List<Long> trashed = Trash.move(tx, table, column, from, to);
    return Stream.concat(moved.map(row -> row.getLong("id")), trashed.stream()).toList();
  }

  /// Moves those with ids that are still there.
  void moveBack(Transaction tx, List<Long> ids, long from, long to) {
    Tuple values = Tuple.of(from, to).addArrayOfLong(ids.toArray(Long[]::new));
    tx.execute(some, values);
    Trash.moveBack(tx, table, column, ids, from, to);
  }
}
