package io.tamas.event;

import io.tamas.event.Ownership.Audience;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The newest events in memory, in the order of ids, as a chain: one thread appends, any may follow
/// it. The oldest are dropped beyond a bound, so that a subscriber whose position is no longer kept
/// is recognised as too slow.
final class Feed {
  private final int capacity;
  private final long maxBytes;
  private volatile Node oldest;
  private volatile Node newest;
  private long bytes;

  /// A position in the chain: everything up to `id` has been sent.
  static final class Node {
    final long id;
    final byte[] frame;

    /// Counts the nodes, without the gaps of the ids.
    final long position;

    private volatile @Nullable Node next;
    private volatile @Nullable Audience audience;

    private Node(long id, byte[] frame, long position) {
      this.id = id;
      this.frame = frame;
      this.position = position;
    }

    /// To whom the event belongs, read when it is first asked for.
    Audience audience(Ownership ownership) {
      Audience known = audience;
      if (known == null) {
        known = ownership.of(Frame.message(frame));
        audience = known;
      }
      return known;
    }

    Optional<Node> next() {
      return Optional.ofNullable(next);
    }
  }

  Feed(long from, int capacity, long maxBytes) {
    this.capacity = capacity;
    this.maxBytes = maxBytes;
    this.oldest = new Node(from, new byte[0], 0);
    this.newest = oldest;
  }

  Node newest() {
    return newest;
  }

  long oldestPosition() {
    return oldest.position;
  }

  void append(long id, byte[] frame) {
    Node node = new Node(id, frame, newest.position + 1);
    newest.next = node;
    newest = node;
    bytes += frame.length;
    while (node.position - oldest.position > capacity || bytes > maxBytes) {
      Node let = oldest.next;
      if (let == null || let == node) {
        return;
      }
      bytes -= let.frame.length;
      oldest = let;
    }
  }

  /// The position after `id`; empty if that is no longer kept.
  Optional<Node> at(long id) {
    Node place = oldest;
    if (id < place.id) {
      return Optional.empty();
    }
    for (Node next = place.next; next != null && next.id <= id; next = next.next) {
      place = next;
    }
    return Optional.of(place);
  }
}
