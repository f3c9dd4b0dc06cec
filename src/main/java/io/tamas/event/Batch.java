package io.tamas.event;

import io.tamas.web.Principal.Reach;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The events after a position in the feed, as one write.
///
/// @param to the position after it
record Batch(byte[] bytes, Feed.Node to) {
  /// The maximum of one write to one socket; the rest is written next.
  private static final int MAX_BYTES = 256 * 1024;

  /// Empty if nothing follows.
  static Optional<Batch> after(Feed.Node position) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Feed.Node to = position;
    Optional<Feed.Node> next = position.next();
    while (next.isPresent() && bytes.size() < MAX_BYTES) {
      to = next.get();
      bytes.writeBytes(to.frame);
      next = to.next();
    }
    return to == position ? Optional.empty() : Optional.of(new Batch(bytes.toByteArray(), to));
  }

  /// The same with the events of some extensions only; no bytes if none of them is theirs.
  static Optional<Batch> after(Feed.Node position, Reach.Extensions reach, Ownership ownership) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Feed.Node to = position;
    Optional<Feed.Node> next = position.next();
    while (next.isPresent() && bytes.size() < MAX_BYTES) {
      to = next.get();
      if (to.audience(ownership).includes(reach)) {
        bytes.writeBytes(to.frame);
      }
      next = to.next();
    }
    return to == position ? Optional.empty() : Optional.of(new Batch(bytes.toByteArray(), to));
  }

  /// Creates a batch once for all subscribers at the same position, as nearly all are.
  static final class Shared {
    private Feed.@Nullable Node position;
    private Optional<Batch> batch = Optional.empty();

    Optional<Batch> after(Feed.Node from) {
      if (position != from) {
        position = from;
        batch = Batch.after(from);
      }
      return batch;
    }
  }
}
