package io.tamas.crm.exchange;

import io.tamas.db.Database;
import io.tamas.db.Transaction;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The rows that imports have refused.
final class ImportRefusals {
  /// More are counted only: then the mapping is wrong.
  static final int MOST = 100_000;

  private static final String INSERT =
      """
      insert into profile_import_refusal (import, row_number, column_number, reason, cells)
      select $1, $2, $3, $4, $5
      where (select refused from profile_import where id = $1) < $6
      """;

  private static final String LIST =
      """
      select row_number, column_number, reason, cells from profile_import_refusal
      where import = $1 and row_number > $2
      order by row_number
      limit $3
      """;

  private static final String DELETE = "delete from profile_import_refusal where import = $1";

  private final Database database;

  ImportRefusals(Database database) {
    this.database = database;
  }

  /// Before they are counted.
  void add(Transaction tx, long id, Collection<Refusal> refusals) {
    for (Refusal refusal : refusals) {
      Tuple values =
          Tuple.of(id, refusal.row(), refusal.column().orElse(null), refusal.reason())
              .addArrayOfString(refusal.cells().toArray(String[]::new))
              .addLong((long) MOST);
      tx.execute(INSERT, values);
    }
  }

  void forget(Transaction tx, long id) {
    tx.execute(DELETE, Tuple.of(id));
  }

  /// @param after the row of the last of the page before
  List<Refusal> list(long id, long after, int limit) {
    return database
        .await(database.pool().preparedQuery(LIST).execute(Tuple.of(id, after, limit)))
        .stream()
        .map(row ->
            new Refusal(
                row.getLong(0),
                Optional.ofNullable(row.getInteger(1)),
                row.getString(2),
                List.of(row.getArrayOfStrings(3))))
        .toList();
  }
}
