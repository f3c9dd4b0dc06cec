package io.tamas.event;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What follows a place in the feed, as one piece to write.
///
/// @param to the place that is reached with it
record Batch(byte[] bytes, Feed.Node to) {
  /// One write to one socket; what is more goes with the next.
  private static final int MAX_BYTES = 256 * 1024;

  /// Empty when nothing follows.
  static Optional<Batch> after(Feed.Node place) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Feed.Node to = place;
    Optional<Feed.Node> next = place.next();
    while (next.isPresent() && bytes.size() < MAX_BYTES) {
      to = next.get();
      bytes.writeBytes(to.frame);
      next = to.next();
    }
    return to == place ? Optional.empty() : Optional.of(new Batch(bytes.toByteArray(), to));
  }

  /// Makes a batch once for all subscribers who stand at the same place, as nearly all do.
  static final class Shared {
    private Feed.@Nullable Node place;
    private Optional<Batch> batch = Optional.empty();

    Optional<Batch> after(Feed.Node wanted) {
      if (place != wanted) {
        place = wanted;
        batch = Batch.after(wanted);
      }
      return batch;
    }
  }
}
