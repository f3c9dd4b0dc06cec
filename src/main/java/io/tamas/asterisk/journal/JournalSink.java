package io.tamas.asterisk.journal;

import io.tamas.db.Transaction;
import java.util.List;

/// Processes the rows. All its methods run on the follower's thread.
public interface JournalSink {

  /// Called before the first transaction, and again after each that failed or whose outcome is
  /// unknown: cached state of earlier ones has to be read again.
  void begin();

  /// Receives the rows that are stored in this transaction, together with the position. A
  /// transaction that fails is followed by [#begin], and the rows are passed again.
  void store(Transaction tx, List<JournalEvent> rows);

  /// The last transaction is committed.
  void committed();
}
