package io.tamas.company;

import java.util.List;

/// What became of putting a whole company in place of the present one. All but [Done] left
/// everything as it was.
public sealed interface CompanyReplacement {

  /// @param version of the company now; that of before where nothing differs
  record Done(long version, CompanyDiff diff) implements CompanyReplacement {}

  /// It was changed since it was read.
  ///
  /// @param version the version it has now
  record Stale(long version) implements CompanyReplacement {}

  /// The company would not be whole.
  record Faulty(List<CompanyFault> faults) implements CompanyReplacement {}
}
