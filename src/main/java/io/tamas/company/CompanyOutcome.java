package io.tamas.company;

import java.util.List;

/// The outcome of a change. All but [Done] changed nothing.
public sealed interface CompanyOutcome {
  record Done(Stored stored, boolean created) implements CompanyOutcome {}

  /// There is no such part.
  record Absent() implements CompanyOutcome {}

  /// A part with this key already exists.
  record Taken() implements CompanyOutcome {}

  /// It was changed since it was read.
  ///
  /// @param version its current version
  record Stale(long version) implements CompanyOutcome {}

  /// The company would not be valid.
  record Faulty(List<CompanyFault> faults) implements CompanyOutcome {}
}
