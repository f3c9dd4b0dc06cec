package io.tamas.company;

import io.tamas.company.Company.Part;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Collects faults. Bounded: of a file with many faults only the first are reported.
final class Faults {
  private static final int MAX = 100;

  private final List<CompanyFault> faults = new ArrayList<>();

  List<CompanyFault> all() {
    return List.copyOf(faults);
  }

  /// Whether no further fault would be reported.
  boolean isFull() {
    return faults.size() == MAX;
  }

  /// The faults of one part.
  OfPart of(Part part) {
    return new OfPart(part);
  }

  final class OfPart {
    private final Part part;

    private OfPart(Part part) {
      this.part = part;
    }

    void breaks(String pointer, String rule) {
      add(pointer, rule, false);
    }

    void require(boolean holds, String pointer, String rule) {
      if (!holds) {
        breaks(pointer, rule);
      }
    }

    /// The field must refer to an existing part.
    void requireKnown(Collection<?> known, Object name, String pointer, PartKind kind) {
      requireKnown(known, known, name, pointer, kind);
    }

    /// @param able those of the known ones that can do what is required
    void requireKnown(
        Collection<?> known, Collection<?> able, Object name, String pointer, PartKind kind) {
      if (!known.contains(name)) {
        String rule = "must be the " + kind.keyName() + " of an existing " + kind.singular();
        add(pointer, rule + ValueForms.near(String.valueOf(name), able), true);
      }
    }

    /// The part that the field refers to must be able to do what is required; that it exists is
    /// another rule.
    void requireAble(boolean known, boolean able, String pointer, String rule) {
      if (known && !able) {
        add(pointer, rule, false);
      }
    }

    private void add(String pointer, String rule, boolean dangling) {
      if (faults.size() < MAX) {
        faults.add(new CompanyFault(part.kind(), part.key(), pointer, rule, dangling));
      }
    }
  }
}
