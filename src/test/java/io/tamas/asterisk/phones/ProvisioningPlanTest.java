package io.tamas.asterisk.phones;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProvisioningPlanTest {
  private final ProvisioningPlan plan = new ProvisioningPlan();

  @Test
  void onlyWhatDiffersIsDone() {
    plan.update(Map.of("101", objects("a"), "102", objects("b")));
    plan.take(10);
    plan.update(Map.of("101", objects("a"), "102", objects("c"), "103", objects("d")));

    assertEquals(Set.of("102", "103"), taken());
  }

  @Test
  void whatRemainsIsListedAndStaysInThePlan() {
    plan.update(Map.of("101", objects("a"), "102", objects("b"), "trunk-x", objects("c")));
    plan.take(3);
    plan.update(Map.of("101", objects("a"), "102", objects("d"), "trunk-x", objects("e")));

    assertEquals(
        List.of(new ProvisioningPlan.Task("102", objects("d"))),
        plan.tasks(endpoint -> !endpoint.startsWith("trunk")));
    assertEquals(2, plan.waiting());
  }

  @Test
  void whatIsNoLongerDesiredIsRemoved() {
    plan.update(Map.of("101", objects("a")));
    plan.take(10);
    plan.update(Map.of());

    assertEquals(List.of(new ProvisioningPlan.Task("101", List.of())), plan.take(10));
  }

  @Test
  void changeOvertakesAReconciliation() {
    plan.update(Map.of("101", objects("a"), "102", objects("b")));
    plan.take(10);
    plan.reconcile(Set.of("101", "102"));
    plan.update(Map.of("101", objects("a"), "102", objects("b"), "103", objects("c")));

    assertEquals("103", plan.take(1).getFirst().endpoint());
    assertEquals(Set.of("101", "102"), taken());
  }

  @Test
  void afterAConnectionEverythingIsCompared() {
    plan.update(Map.of("101", objects("a"), "102", objects("b")));
    plan.take(10);
    plan.reconcile(Set.of("101", "199", "trunk-gone"));

    assertEquals(Set.of("101", "102", "199", "trunk-gone"), taken());
  }

  @Test
  void whatFailedIsRetriedWithTheNewestDesiredState() {
    plan.update(Map.of("101", objects("a")));
    plan.take(10);
    plan.update(Map.of("101", objects("b")));
    plan.retry("101");

    assertEquals(List.of(new ProvisioningPlan.Task("101", objects("b"))), plan.take(10));
    assertEquals(0, plan.waiting());
  }

  private Set<String> taken() {
    return plan.take(100).stream()
        .map(ProvisioningPlan.Task::endpoint)
        .collect(java.util.stream.Collectors.toSet());
  }

  private static List<PjsipObject> objects(String value) {
    return List.of(
        new PjsipObject("endpoint", "x", List.of(new PjsipObject.Field("context", value))));
  }
}
