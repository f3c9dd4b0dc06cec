package io.tamas.hook;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How many deliveries each webhook may begin, so that none waits for the receivers of others: each
/// has one place of its own, whatever others do, and further ones are given one by one to who has
/// fewest. Receivers in trouble, which may take a minute each to say nothing, have one place each,
/// and at most half as many as are shared.
///
/// @param each the maximum of one webhook
/// @param all the maximum of all together, beside the first place of each
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
    int free = all - loads.stream().mapToInt(load -> Math.max(0, load.inFlight() - 1)).sum();
    int freeOfTroubled =
        all / 2 - loads.stream().filter(Load::isTroubled).mapToInt(Load::inFlight).sum();
    List<Load> turn = new ArrayList<>(loads);
    while (true) {
      int shared = free;
      int left = freeOfTroubled;
      turn.removeIf(load -> !mayBegin(load, given.getOrDefault(load.hook(), 0), shared, left));
      if (turn.isEmpty()) {
        return given;
      }
      Load next = turn.stream().min(byPlaces(given)).orElseThrow();
      boolean isFirst = next.inFlight() + given.getOrDefault(next.hook(), 0) == 0;
      given.merge(next.hook(), 1, Integer::sum);
      free -= isFirst ? 0 : 1;
      freeOfTroubled -= next.isTroubled() ? 1 : 0;
    }
  }

  private static Comparator<Load> byPlaces(Map<Long, Integer> given) {
    return Comparator.comparingInt(load -> load.inFlight() + given.getOrDefault(load.hook(), 0));
  }

  private boolean mayBegin(Load load, int given, int free, int freeOfTroubled) {
    int places = load.inFlight() + given;
    if (given >= load.due()) {
      return false;
    }
    return load.isTroubled()
        ? places == 0 && freeOfTroubled > 0
        : places == 0 || free > 0 && places < each;
  }
}
