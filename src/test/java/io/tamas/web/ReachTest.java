package io.tamas.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.number.ExtensionNumber;
import io.tamas.web.Principal.Owner;
import io.tamas.web.Principal.Reach;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReachTest {
  private static final Instant SPRING = Instant.parse("2026-03-21T00:00:00Z");
  private static final Instant SUMMER = Instant.parse("2026-06-22T00:00:00Z");
  private static final ExtensionNumber ZAHRA = new ExtensionNumber("101");
  private static final ExtensionNumber REZA = new ExtensionNumber("102");

  @Test
  void includesWhatHappenedSinceAndOfNoOther() {
    Reach.Extensions reach = Reach.Extensions.of(List.of(new Owner(ZAHRA, SPRING)));
    assertTrue(reach.includes(ZAHRA, SPRING));
    assertTrue(reach.includes(ZAHRA, SUMMER));
    assertFalse(reach.includes(ZAHRA, SPRING.minusNanos(1)));
    assertFalse(reach.includes(REZA, SUMMER));
    assertFalse(reach.includes(REZA));
    assertTrue(reach.only(REZA).isEmpty());
  }

  /// Such as that of a supervisor who is in a group of their own.
  @Test
  void anExtensionThatIsTheirsTwiceIsSinceTheEarlierTime() {
    List<Owner> owners = List.of(new Owner(ZAHRA, SUMMER), new Owner(ZAHRA, SPRING));
    assertEquals(new Reach.Extensions(Map.of(ZAHRA, SPRING)), Reach.Extensions.of(owners));
  }

  @Test
  void coversWhatIsNoMore() {
    Reach all = new Reach.Everything();
    Reach both = new Reach.Extensions(Map.of(ZAHRA, SPRING, REZA, SUMMER));
    Reach earlier = new Reach.Extensions(Map.of(ZAHRA, SPRING, REZA, SPRING));
    Reach one = new Reach.Extensions(Map.of(ZAHRA, SPRING));
    Reach none = new Reach.Extensions(Map.of());
    List<Reach> ascending = List.of(none, one, both, earlier, all);
    for (int i = 0; i < ascending.size(); i++) {
      for (int j = 0; j < ascending.size(); j++) {
        assertEquals(i >= j, ascending.get(i).covers(ascending.get(j)), i + " covers " + j);
      }
    }
  }

  @Test
  void administratorsSeeEverythingAndHaveAnExtensionToo() {
    Principal admin =
        Principal.of(
            new Principal.User("admin", Role.ADMINISTRATOR, 1, false),
            Set.of(),
            Optional.of(new Owner(ZAHRA, SPRING)),
            List.of());
    assertEquals(new Reach.Everything(), admin.reach());
    assertEquals(Optional.of(ZAHRA), admin.own());
  }
}
