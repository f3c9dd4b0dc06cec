package io.tamas.event;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The subscribers whose sockets belong to one event loop; accessed by that loop only.
///
/// A round visits each of them once and yields the loop at intervals. Wakes during a round cause
/// one more round: under load rounds become fewer and each sends more.
final class Shard {
  /// How many subscribers are served before the loop is yielded.
  private static final int AT_A_TIME = 50;

  private final EventLoop loop;
  private final Set<Subscriber> subscribers = new LinkedHashSet<>();
  private List<CompletableFuture<Void>> waiting = new ArrayList<>();
  private boolean running;

  Shard(EventLoop loop) {
    this.loop = loop;
  }

  void add(Subscriber subscriber) {
    subscribers.add(subscriber);
  }

  void remove(Subscriber subscriber) {
    subscribers.remove(subscriber);
  }

  /// Runs an action for every subscriber, on their loop.
  void each(Consumer<Subscriber> action) {
    loop.execute(() -> List.copyOf(subscribers).forEach(action));
  }

  /// Has every subscriber send new events; completes when each has been visited.
  CompletableFuture<Void> wake() {
    CompletableFuture<Void> visited = new CompletableFuture<>();
    loop.execute(() -> {
      waiting.add(visited);
      if (!running) {
        round();
      }
    });
    return visited;
  }

  private void round() {
    List<CompletableFuture<Void>> requested = waiting;
    waiting = new ArrayList<>();
    running = true;
    visit(List.copyOf(subscribers), 0, new Batch.Shared(), requested);
  }

  private void visit(
      List<Subscriber> all,
      int from,
      Batch.Shared batches,
      List<CompletableFuture<Void>> requested) {
    int to = Math.min(all.size(), from + AT_A_TIME);
    for (Subscriber subscriber : all.subList(from, to)) {
      subscriber.pump(batches);
    }
    if (to < all.size()) {
      loop.execute(() -> visit(all, to, batches, requested));
      return;
    }
    requested.forEach(visited -> visited.complete(null));
    running = false;
    if (!waiting.isEmpty()) {
      round();
    }
  }
}
