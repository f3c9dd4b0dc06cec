package io.tamas;

import io.tamas.db.Database;
import io.tamas.db.DatabaseFault;
import io.tamas.event.EventType;
import io.tamas.event.NewEvent;
import io.tamas.event.Outbox;
import io.tamas.ops.StorageState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes how the folders are as events: `storage.state`, with subject `storage:<folder>`.
/// Without PostgreSQL, which may have run out of the same space, they are in the log, and are
/// published in their order with the next change.
final class StorageAlarms implements Consumer<StorageState> {
  private static final Logger log = LoggerFactory.getLogger(StorageAlarms.class);

  /// The oldest are left out.
  private static final int MOST = 100;

  private final Database database;
  private final Deque<NewEvent> unpublished = new ArrayDeque<>();

  StorageAlarms(Database database) {
    this.database = database;
  }

  @Override
  public void accept(StorageState state) {
    unpublished.add(
        new NewEvent(EventType.Known.STORAGE_STATE, "storage:" + state.folder(), state));
    if (unpublished.size() > MOST) {
      unpublished.remove();
    }
    List<NewEvent> events = List.copyOf(unpublished);
    try {
      database.inTransaction(tx -> tx.await(Outbox.append(tx.connection(), events)));
      unpublished.clear();
    } catch (DatabaseFault e) {
      log.atInfo().addKeyValue("reason", e.getMessage()).log("state of storage is not published");
    }
  }
}
