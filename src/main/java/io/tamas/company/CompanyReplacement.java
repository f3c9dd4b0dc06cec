package io.tamas.company;

import java.util.List;

/// The outcome of replacing the whole company. All but [Done] changed nothing.
public sealed interface CompanyReplacement {

  /// @param version of the company now; unchanged if nothing differs
  record Done(long version, CompanyDiff diff) implements CompanyReplacement {}

  /// It was changed since it was read.
  ///
  /// @param version its current version
  record Stale(long version) implements CompanyReplacement {}

  /// The company would not be valid.
  record Faulty(List<CompanyFault> faults) implements CompanyReplacement {}
}
