package io.tamas.call.history;

import io.tamas.db.Database;
import java.time.ZoneId;

/// Counts calls into the sums, as the server does behind.
public final class Counting {
  private Counting() {}

  /// @return whether all calls are counted
  public static boolean some(Database database, ZoneId zone, int atMost) {
    return database.inTransaction(tx -> StoredSums.count(tx, zone, atMost));
  }

  public static void all(Database database, ZoneId zone) {
    while (!some(database, zone, 100)) {}
  }
}
