package io.tamas.company;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.tamas.company.Company.Part;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// The names of all parts that there are.
record CompanyNames(Map<PartKind, Set<String>> names) {
  static CompanyNames of(Company company) {
    Map<PartKind, Set<String>> names = new EnumMap<>(PartKind.class);
    for (PartKind kind : PartKind.values()) {
      names.put(kind, company.parts(kind).stream().map(Part::key).collect(toUnmodifiableSet()));
    }
    return new CompanyNames(names);
  }

  Set<String> of(PartKind kind) {
    return names.getOrDefault(kind, Set.of());
  }
}
