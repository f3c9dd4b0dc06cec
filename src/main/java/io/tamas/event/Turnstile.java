package io.tamas.event;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Limits the number of tasks that run at once; the others wait in a queue. The queue is bounded by
/// the number of clients, each of which waits once.
final class Turnstile {
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Runnable> line = new ArrayDeque<>();
  private int free;

  Turnstile(int atOnce) {
    this.free = atOnce;
  }

  <T> Future<T> pass(Supplier<Future<T>> task) {
    Promise<T> result = Promise.promise();
    Runnable run =
        () ->
            task.get()
                .onComplete(done -> {
                  leave();
                  result.handle(done);
                });
    enter(run);
    return result.future();
  }

  private void enter(Runnable run) {
    lock.lock();
    try {
      if (free == 0) {
        line.add(run);
        return;
      }
      free--;
    } finally {
      lock.unlock();
    }
    run.run();
  }

  private void leave() {
    Runnable next;
    lock.lock();
    try {
      next = line.poll();
      if (next == null) {
        free++;
        return;
      }
    } finally {
      lock.unlock();
    }
    next.run();
  }
}
