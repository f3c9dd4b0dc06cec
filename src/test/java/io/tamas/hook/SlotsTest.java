package io.tamas.hook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tamas.hook.Slots.Load;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SlotsTest {
  private static final Slots SLOTS = new Slots(8, 32);

  @Test
  void oneHasItsOwnBound() {
    assertEquals(Map.of(1L, 8), SLOTS.share(List.of(new Load(1, 0, 100, false))));
    assertEquals(Map.of(1L, 3), SLOTS.share(List.of(new Load(1, 5, 100, false))));
    assertEquals(Map.of(1L, 2), SLOTS.share(List.of(new Load(1, 5, 2, false))));
    assertEquals(Map.of(), SLOTS.share(List.of(new Load(1, 8, 100, false))));
    assertEquals(Map.of(), SLOTS.share(List.of(new Load(1, 0, 0, false))));
    assertEquals(Map.of(), SLOTS.share(List.of()));
  }

  @Test
  void allTogetherHaveABoundAndTakeTurns() {
    Map<Long, Integer> shared = SLOTS.share(loads(1, 10, 0, 100, false));
    assertEquals(42, sum(shared));
    assertEquals(List.of(4, 5), shared.values().stream().distinct().sorted().toList());
  }

  @Test
  void oneThatIsSentMuchLeavesPlacesToOthers() {
    List<Load> loads = List.of(new Load(1, 8, 9, false), new Load(2, 0, 1, false));
    assertEquals(Map.of(2L, 1), new Slots(8, 7).share(loads));
  }

  @Test
  void receiversThatHangLeaveOthersAPlace() {
    List<Load> hanging = loads(1, 20, 8, 100, false);
    List<Load> all =
        Stream.of(hanging, loads(21, 22, 0, 100, false)).flatMap(List::stream).toList();
    assertEquals(Map.of(21L, 1, 22L, 1), SLOTS.share(all));
  }

  @Test
  void receiversInTroubleHaveOnePlaceEachAndHalfOfAll() {
    List<Load> troubled = loads(1, 49, 0, 100, true);
    Map<Long, Integer> shared = SLOTS.share(troubled);
    assertEquals(16, sum(shared));
    assertEquals(List.of(1), shared.values().stream().distinct().toList());

    List<Load> hanging = loads(1, 16, 1, 100, true);
    List<Load> all =
        Stream.of(hanging, loads(17, 40, 0, 100, true), loads(50, 50, 0, 100, false))
            .flatMap(List::stream)
            .toList();
    assertEquals(Map.of(50L, 8), SLOTS.share(all));
  }

  private static List<Load> loads(long from, long to, int inFlight, int due, boolean isTroubled) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(hook -> new Load(hook, inFlight, due, isTroubled))
        .toList();
  }

  private static int sum(Map<Long, Integer> shared) {
    return shared.values().stream().mapToInt(Integer::intValue).sum();
  }
}
