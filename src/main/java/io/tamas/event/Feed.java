package io.tamas.event;

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

    /// As [Frame#open] wrote it.
    final byte[] message;

    final Audience audience;

    /// Counts the nodes, without the gaps of the ids.
    final long position;

    private volatile @Nullable Node next;

    private Node(long id, byte[] message, Audience audience, long position) {
      this.id = id;
      this.message = message;
      this.audience = audience;
      this.position = position;
    }

    Optional<Node> next() {
      return Optional.ofNullable(next);
    }
  }

  Feed(long from, int capacity, long maxBytes) {
    this.capacity = capacity;
    this.maxBytes = maxBytes;
    this.oldest = new Node(from, new byte[0], Audience.Circle.OVERSEERS, 0);
    this.newest = oldest;
  }

  Node newest() {
    return newest;
  }

  long oldestPosition() {
    return oldest.position;
  }

  void append(long id, byte[] message, Audience audience) {
    Node node = new Node(id, message, audience, newest.position + 1);
    newest.next = node;
    newest = node;
    bytes += message.length;
    while (node.position - oldest.position > capacity || bytes > maxBytes) {
      Node let = oldest.next;
      if (let == null || let == node) {
        return;
      }
      bytes -= let.message.length;
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
