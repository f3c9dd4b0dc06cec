package io.tamas.event;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// The subscribers whose sockets live on one event loop; touched by that loop only.
///
/// A round visits each of them once and gives the loop back now and then. Wakes that come during a
/// round make one more round: under load the rounds get rarer and what each sends gets more.
final class Shard {
  /// Subscribers that are served before other work of the loop gets its turn.
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

  /// Runs something for every subscriber, on their loop.
  void each(Consumer<Subscriber> action) {
    loop.execute(() -> List.copyOf(subscribers).forEach(action));
  }

  /// Has every subscriber send what is new; done when each has been visited.
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
    List<CompletableFuture<Void>> asked = waiting;
    waiting = new ArrayList<>();
    running = true;
    visit(List.copyOf(subscribers), 0, new Batch.Shared(), asked);
  }

  private void visit(
      List<Subscriber> all, int from, Batch.Shared batches, List<CompletableFuture<Void>> asked) {
    int to = Math.min(all.size(), from + AT_A_TIME);
    for (Subscriber subscriber : all.subList(from, to)) {
      subscriber.pump(batches);
    }
    if (to < all.size()) {
      loop.execute(() -> visit(all, to, batches, asked));
      return;
    }
    asked.forEach(visited -> visited.complete(null));
    running = false;
    if (!waiting.isEmpty()) {
      round();
    }
  }
}
