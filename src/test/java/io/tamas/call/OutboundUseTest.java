package io.tamas.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.company.Company.Limits;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Admission;
import io.tamas.routing.Admission.Admitted;
import io.tamas.routing.Admission.DaySpent;
import io.tamas.routing.Admission.TooManyCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboundUseTest {
  private static final Instant NOW = Instant.parse("2026-11-21T08:30:00Z");
  private static final ExtensionNumber LEILA = new ExtensionNumber("101");
  private static final ExtensionNumber REZA = new ExtensionNumber("102");

  private final OutboundUse use = new OutboundUse();

  @Test
  void asManyCallsAsAreAllowedAreAdmitted() {
    assertEquals(admitted(), admit("a", 2));
    assertEquals(admitted(), admit("b", 2));
    assertEquals(new TooManyCalls(), admit("c", 2));
    assertEquals(admitted(), use.admit("d", REZA, limits(2, null), NOW));
    use.ended("a", Duration.ZERO, NOW);
    assertEquals(admitted(), admit("c", 2));
  }

  @Test
  void theSameCallIsCountedOnce() {
    assertEquals(admitted(), admit("a", 1));
    assertEquals(admitted(), admit("a", 1));
  }

  @Test
  void lookingCountsNothing() {
    assertEquals(admitted(), use.wouldAdmit(LEILA, limits(1, null), NOW));
    assertEquals(admitted(), admit("a", 1));
    assertEquals(new TooManyCalls(), use.wouldAdmit(LEILA, limits(1, null), NOW));
  }

  @Test
  void aDayIsSharedAmongTheCallsAtOnceAndNotMore() {
    Limits hour = limits(2, Duration.ofHours(1));
    assertEquals(admitted(Duration.ofMinutes(30)), use.admit("a", LEILA, hour, NOW));
    assertEquals(admitted(Duration.ofMinutes(30)), use.admit("b", LEILA, hour, NOW));
    use.ended("a", Duration.ofMinutes(10), NOW);
    assertEquals(admitted(Duration.ofMinutes(20)), use.admit("c", LEILA, hour, NOW));
    use.ended("b", Duration.ofMinutes(30), NOW);
    use.ended("c", Duration.ofMinutes(20), NOW);
    assertEquals(new DaySpent(), use.admit("d", LEILA, hour, NOW));
    assertEquals(
        admitted(Duration.ofMinutes(30)),
        use.admit("e", LEILA, hour, NOW.plus(Duration.ofHours(25))));
  }

  @Test
  void whatWasTalkedBeforeCounts() {
    use.spend(LEILA, Duration.ofHours(1), NOW.minus(Duration.ofHours(3)));
    assertEquals(new DaySpent(), use.admit("a", LEILA, limits(1, Duration.ofHours(1)), NOW));
  }

  @Test
  void aCallThatNeverAppearedIsForgotten() {
    admit("lost", 1);
    use.reconcile(List.of(), NOW.plusSeconds(59));
    assertEquals(new TooManyCalls(), admit("a", 1));
    use.reconcile(List.of("lost"), NOW.plusSeconds(100));
    assertEquals(new TooManyCalls(), admit("a", 1));
    use.reconcile(List.of(), NOW.plusSeconds(100));
    assertEquals(admitted(), admit("a", 1));
  }

  @Test
  void askedByManyAtOnceNoneTooManyIsAdmitted() {
    AtomicInteger admitted = new AtomicInteger();
    IntStream.range(0, 1_000)
        .parallel()
        .forEach(n -> {
          if (use.admit("call-" + n, LEILA, limits(7, null), NOW) instanceof Admitted) {
            admitted.incrementAndGet();
          }
        });
    assertEquals(7, admitted.get());
  }

  private Admission admit(String call, int most) {
    return use.admit(call, LEILA, limits(most, null), NOW);
  }

  private static Limits limits(int calls, @org.jspecify.annotations.Nullable Duration perDay) {
    return new Limits(Set.of(), calls, Optional.ofNullable(perDay));
  }

  private static Admission admitted() {
    return new Admitted(Optional.empty());
  }

  private static Admission admitted(Duration longest) {
    return new Admitted(Optional.of(longest));
  }
}
