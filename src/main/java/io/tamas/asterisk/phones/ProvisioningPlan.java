package io.tamas.asterisk.phones;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is still to be done so that Asterisk has what is wanted: pure bookkeeping, used under the
/// lock of [PhoneProvisioning].
///
/// A change goes to the front: a new phone does not wait for a reconciliation of thousands.
final class ProvisioningPlan {
  private final LinkedHashSet<String> work = new LinkedHashSet<>();
  private Map<String, List<PjsipObject>> wanted = Map.of();

  /// One endpoint's objects, or none if it is to go.
  record Task(String endpoint, List<PjsipObject> objects) {}

  /// Replaces what is wanted; what differs is done first.
  void want(Map<String, List<PjsipObject>> now) {
    Map<String, List<PjsipObject>> before = wanted;
    wanted = Map.copyOf(now);
    for (String endpoint : before.keySet()) {
      if (!wanted.containsKey(endpoint)) {
        work.addFirst(endpoint);
      }
    }
    wanted.forEach((endpoint, objects) -> {
      if (!objects.equals(before.get(endpoint))) {
        work.addFirst(endpoint);
      }
    });
  }

  /// Writes what is wanted but for what is sound already, and removes what Asterisk may have beyond
  /// it.
  void reconcile(Set<String> known, Set<String> sound) {
    known.stream().filter(endpoint -> !wanted.containsKey(endpoint)).forEach(work::add);
    wanted.keySet().stream().filter(endpoint -> !sound.contains(endpoint)).forEach(work::add);
    work.removeAll(sound);
  }

  /// Takes the next tasks out of the plan.
  List<Task> take(int atMost) {
    List<Task> tasks = new ArrayList<>();
    while (tasks.size() < atMost && !work.isEmpty()) {
      String endpoint = work.removeFirst();
      tasks.add(new Task(endpoint, wanted.getOrDefault(endpoint, List.of())));
    }
    return tasks;
  }

  /// Puts back what could not be done now.
  void again(String endpoint) {
    work.add(endpoint);
  }

  int waiting() {
    return work.size();
  }
}
