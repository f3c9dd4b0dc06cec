package io.tamas.asterisk.phones;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// What remains to be done until Asterisk has the desired state: pure bookkeeping, used under the
/// lock of [PhoneProvisioning].
///
/// A change is put first: a new phone does not wait for a reconciliation of thousands.
final class ProvisioningPlan {
  private final LinkedHashSet<String> work = new LinkedHashSet<>();
  private Map<String, List<PjsipObject>> desired = Map.of();
  private Set<String> kept = Set.of();

  /// One endpoint's objects; empty if it is to be removed.
  record Task(String endpoint, List<PjsipObject> objects) {}

  /// Endpoints that remain as they are while they are not desired.
  void keep(Set<String> endpoints) {
    kept.stream().filter(endpoint -> !endpoints.contains(endpoint)).forEach(work::addFirst);
    kept = Set.copyOf(endpoints);
  }

  /// Replaces the desired state; what differs is done first.
  void update(Map<String, List<PjsipObject>> now) {
    Map<String, List<PjsipObject>> before = desired;
    desired = Map.copyOf(now);
    for (String endpoint : before.keySet()) {
      if (!desired.containsKey(endpoint)) {
        work.addFirst(endpoint);
      }
    }
    desired.forEach((endpoint, objects) -> {
      if (!objects.equals(before.get(endpoint))) {
        work.addFirst(endpoint);
      }
    });
  }

  /// Plans to compare all desired endpoints, and to remove all others that Asterisk may have.
  void reconcile(Set<String> known) {
    known.stream().filter(endpoint -> !desired.containsKey(endpoint)).forEach(work::add);
    work.addAll(desired.keySet());
  }

  /// Takes the next tasks out of the plan.
  List<Task> take(int atMost) {
    List<Task> tasks = new ArrayList<>();
    while (tasks.size() < atMost && !work.isEmpty()) {
      String endpoint = work.removeFirst();
      if (desired.containsKey(endpoint) || !kept.contains(endpoint)) {
        tasks.add(new Task(endpoint, desired.getOrDefault(endpoint, List.of())));
      }
    }
    return tasks;
  }

  /// What remains to be written of some endpoints.
  List<Task> tasks(Predicate<String> which) {
    return desired.entrySet().stream()
        .filter(entry -> work.contains(entry.getKey()) && which.test(entry.getKey()))
        .map(entry -> new Task(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// Puts back a task that could not be done now.
  void retry(String endpoint) {
    work.add(endpoint);
  }

  /// Whether something remains to be done for an endpoint.
  boolean contains(String endpoint) {
    return work.contains(endpoint);
  }

  int waiting() {
    return work.size();
  }
}
