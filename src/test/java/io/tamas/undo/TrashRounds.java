package io.tamas.undo;

import io.micrometer.core.instrument.MeterRegistry;
import io.tamas.db.Database;
import java.util.List;

/// Empties the trash once, for tests of other rooms.
public final class TrashRounds {
  private TrashRounds() {}

  public static void empty(Database database, List<Undoable> kinds, MeterRegistry registry) {
    new TrashRetention(database, kinds, registry).empty();
  }
}
