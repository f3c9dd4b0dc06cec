package io.tamas.crm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The parameters of a statement in their order: texts of clients are only ever parameters.
final class Parameters {
  private final List<Object> values = new ArrayList<>();

  /// The part of a statement, with its parameters numbered.
  ///
  /// @param part has a `$%d` for each of the values
  String in(String part, Object... added) {
    Object[] positions = new Object[added.length];
    for (int i = 0; i < added.length; i++) {
      values.add(added[i]);
      positions[i] = values.size();
    }
    return part.formatted(positions);
  }

  /// A condition that holds for one of the values, or for all.
  ///
  /// @param operator `or`, `and`
  String each(String condition, String operator, List<String> each) {
    String all = String.join(" " + operator + " ", Collections.nCopies(each.size(), condition));
    return "(" + in(all, each.toArray()) + ")";
  }

  List<Object> values() {
    return List.copyOf(values);
  }
}
