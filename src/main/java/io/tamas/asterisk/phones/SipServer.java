package io.tamas.asterisk.phones;

import io.tamas.number.ServerAddresses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// One of the SIP servers of a name (RFC 2782): a record, or the name itself where it has none.
/// Pure.
///
/// @param addresses each with the port, in the order in which the name server told them
record SipServer(int priority, int weight, List<String> addresses) {

  /// The addresses of all, in the order in which they are called: by priority; those of one
  /// priority by dice, in proportion to their weights; those that were silent last.
  static List<String> order(
      List<SipServer> servers, Predicate<String> isSilent, RandomGenerator dice) {
    Map<Integer, List<SipServer>> priorities =
        servers.stream()
            .collect(Collectors.groupingBy(SipServer::priority, TreeMap::new, Collectors.toList()));
    Set<String> ordered = new LinkedHashSet<>();
    priorities.values().forEach(some -> draw(some, dice, ordered));
    return ordered.stream()
        .sorted(Comparator.comparing(isSilent::test))
        .limit(ServerAddresses.MOST)
        .toList();
  }

  /// Those without a weight come first, so that they have a small chance, too.
  private static void draw(List<SipServer> some, RandomGenerator dice, Set<String> ordered) {
    List<SipServer> left = new ArrayList<>(some);
    left.sort(Comparator.comparing(one -> one.weight() > 0));
    while (!left.isEmpty()) {
      int drawn = dice.nextInt(left.stream().mapToInt(SipServer::weight).sum() + 1);
      int sum = 0;
      int at = -1;
      do {
        sum += left.get(++at).weight();
      } while (sum < drawn);
      ordered.addAll(left.remove(at).addresses());
    }
  }
}
