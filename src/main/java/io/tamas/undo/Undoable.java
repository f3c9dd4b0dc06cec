package io.tamas.undo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.db.Transaction;

/// One kind of thing that can be brought back.
public interface Undoable {
  /// As its entries are named.
  String kind();

  /// Brings it back, or says what has changed since; in the transaction that also ends the entry.
  Undone restore(Transaction tx, Trash.Entry entry);

  /// The time is over: deletes what is kept outside the tables. May be repeated.
  ///
  /// @return whether it is done; false: another node has it
  default boolean forget(JsonNode facts) {
    return true;
  }
}
