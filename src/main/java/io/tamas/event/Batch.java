package io.tamas.event;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What a client receives of the events after a position in the feed, as one write.
///
/// @param bytes none if no event is for the client
/// @param told the id of the last event that is; -1 without one
/// @param to the position after it
record Batch(byte[] bytes, long told, Feed.Node to) {
  /// The maximum of one write to one socket; the rest is written next.
  private static final int MAX_BYTES = 256 * 1024;

  /// Empty if nothing follows.
  static Optional<Batch> after(Feed.Node position, Viewer viewer) {
    Frames frames = new Frames(viewer);
    Feed.Node to = position;
    Optional<Feed.Node> next = position.next();
    while (next.isPresent() && frames.size() < MAX_BYTES) {
      to = next.get();
      frames.add(to.id, to.message, to.audience);
      next = to.next();
    }
    if (to == position) {
      return Optional.empty();
    }
    byte[] bytes = frames.end();
    return Optional.of(new Batch(bytes, frames.told(), to));
  }

  /// Creates a batch once for all subscribers with equal rights at the same position, as nearly all
  /// are.
  static final class Shared {
    private final Map<String, Made> made = new HashMap<>();

    private record Made(Feed.Node position, Optional<Batch> batch) {}

    Optional<Batch> after(Feed.Node from, Viewer viewer) {
      Made known = made.get(viewer.id());
      if (known == null || known.position() != from) {
        known = new Made(from, Batch.after(from, viewer));
        made.put(viewer.id(), known);
      }
      return known.batch();
    }
  }
}
