package io.tamas.web;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Requests that wait for their client: for a body, or until an answer is taken. They need memory
/// but no work, so they take no place of those that do; if there are too many, the oldest of the
/// key that has most of them ends.
final class ClientWaits {
  private final int limit;
  private final Map<Object, Wait> waits = new LinkedHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();

  private record Wait(String principal, Runnable end) {}

  ClientWaits(int limit) {
    this.limit = limit;
  }

  /// @param principal empty for strangers
  /// @param end ends the wait when there are too many; from any thread
  /// @return leaves
  Runnable enter(String principal, Runnable end) {
    Object place = new Object();
    Optional<Runnable> ending;
    lock.lock();
    try {
      waits.put(place, new Wait(principal, end));
      ending = waits.size() > limit ? Optional.of(remove(crowding())) : Optional.empty();
    } finally {
      lock.unlock();
    }
    ending.ifPresent(Runnable::run);
    return () -> leave(place);
  }

  private Object crowding() {
    Map<String, Integer> counts = new HashMap<>();
    waits.values().forEach(wait -> counts.merge(wait.principal(), 1, Integer::sum));
    String greediest = Collections.max(counts.entrySet(), Map.Entry.comparingByValue()).getKey();
    return waits.entrySet().stream()
        .filter(entry -> entry.getValue().principal().equals(greediest))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private Runnable remove(Object place) {
    Wait wait = waits.remove(place);
    return wait == null ? () -> {} : wait.end();
  }

  private void leave(Object place) {
    lock.lock();
    try {
      waits.remove(place);
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return waits.size();
    } finally {
      lock.unlock();
    }
  }
}
