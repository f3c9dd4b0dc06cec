package io.tamas.hook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many deliveries each webhook may begin, so that none waits for the receivers of others: the
/// places are given one by one to who has fewest, and receivers in trouble, which may take a minute
/// each to say nothing, have one place each and at most half of all.
///
/// @param each the maximum of one webhook
/// @param all the maximum of all together
record Slots(int each, int all) {

  /// What a webhook is doing and wants to.
  ///
  /// @param inFlight deliveries begun
  /// @param due deliveries that could begin
  /// @param isTroubled whether its last deliveries failed
  record Load(long hook, int inFlight, int due, boolean isTroubled) {}

  /// By the ids of the webhooks; only of those that may begin some.
  Map<Long, Integer> share(List<Load> loads) {
    Map<Long, Integer> given = new HashMap<>();
    int free = all - loads.stream().mapToInt(Load::inFlight).sum();
    int freeOfTroubled =
        all / 2 - loads.stream().filter(Load::isTroubled).mapToInt(Load::inFlight).sum();
    List<Load> turn = new ArrayList<>(loads);
    while (free > 0) {
      int left = freeOfTroubled;
      turn.removeIf(load -> !mayBegin(load, given.getOrDefault(load.hook(), 0), left));
      if (turn.isEmpty()) {
        return given;
      }
      Load next = turn.stream().min(byPlaces(given)).orElseThrow();
      given.merge(next.hook(), 1, Integer::sum);
      free--;
      freeOfTroubled -= next.isTroubled() ? 1 : 0;
    }
    return given;
  }

  private static Comparator<Load> byPlaces(Map<Long, Integer> given) {
    return Comparator.comparingInt(load -> load.inFlight() + given.getOrDefault(load.hook(), 0));
  }

  private boolean mayBegin(Load load, int given, int freeOfTroubled) {
    int places = load.inFlight() + given;
    return given < load.due()
        && (load.isTroubled() ? places == 0 && freeOfTroubled > 0 : places < each);
  }
}
