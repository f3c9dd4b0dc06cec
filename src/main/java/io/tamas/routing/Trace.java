package io.tamas.routing;

import java.util.List;

/// The reasons for a decision: what was considered, in order.
public record Trace(List<Step> steps) {

  /// @param rule the rule considered, such as `route:main`, `schedule:office`, `extension:101`
  /// @param outcome a fixed word: `matched`, `open`, `closed`, `other-number`, `other-trunk`,
  ///   `do-not-disturb`, `skipped-busy`, `missing`…
  public record Step(String rule, String outcome) {}
}
