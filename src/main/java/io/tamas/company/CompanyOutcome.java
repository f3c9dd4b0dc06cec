package io.tamas.company;

import java.util.List;

/// What became of a change. All but [Done] left everything as it was.
public sealed interface CompanyOutcome {
  record Done(Stored stored, boolean created) implements CompanyOutcome {}

  /// There is no such part.
  record Absent() implements CompanyOutcome {}

  /// There is one with this key already.
  record Taken() implements CompanyOutcome {}

  /// It was changed since it was read.
  ///
  /// @param version the version it has now
  record Stale(long version) implements CompanyOutcome {}

  /// The company would not be whole.
  record Faulty(List<CompanyFault> faults) implements CompanyOutcome {}
}
