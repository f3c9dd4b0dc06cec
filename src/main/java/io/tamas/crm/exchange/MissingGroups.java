package io.tamas.crm.exchange;

import io.tamas.crm.ProfileGroups;
import io.tamas.text.Folding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The groups that rows name and that are not there: refused, or to be made. Until they are they
/// have ids below 0.
final class MissingGroups {
  private final boolean made;
  private final Map<String, Long> ids = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final Set<Long> used = new LinkedHashSet<>();

  /// @param made whether they are to be
  MissingGroups(boolean made) {
    this.made = made;
  }

  /// @param there how many groups there are
  /// @throws RefusedRow if it cannot be made
  long id(String name, int column, int there) {
    if (!made) {
      throw new RefusedRow(column, "there is no profile group \"" + name + '"');
    }
    String folded = Folding.fold(name);
    if (!ids.containsKey(folded)) {
      if (there + names.size() >= ProfileGroups.MOST) {
        throw new RefusedRow(
            column, "there would be more than %,d profile groups".formatted(ProfileGroups.MOST));
      }
      names.add(name);
      ids.put(folded, (long) -names.size());
    }
    return ids.get(folded);
  }

  /// Notes that a profile will be in some groups; the ids of those that are noted the first time,
  /// in the order in which rows name them.
  List<Long> use(List<Long> groups) {
    return groups.stream()
        .filter(id -> id < 0)
        .sorted(Comparator.reverseOrder())
        .filter(used::add)
        .toList();
  }

  String name(long id) {
    return names.get((int) -id - 1);
  }
}
