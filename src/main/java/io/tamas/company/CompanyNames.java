package io.tamas.company;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.tamas.company.Company.Part;
import io.tamas.company.Company.Trunk;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// The names of all parts, and of those that can do what others require of them.
///
/// @param mailboxes the extensions that have a mailbox
/// @param callingOut the trunks that make outbound calls
record CompanyNames(
    Map<PartKind, Set<String>> names, Set<String> mailboxes, Set<String> callingOut) {
  static CompanyNames of(Company company) {
    Map<PartKind, Set<String>> names = new EnumMap<>(PartKind.class);
    for (PartKind kind : PartKind.values()) {
      names.put(kind, company.parts(kind).stream().map(Part::key).collect(toUnmodifiableSet()));
    }
    return new CompanyNames(
        names,
        company.extensions().stream()
            .filter(extension -> extension.mailbox().isPresent())
            .map(Part::key)
            .collect(toUnmodifiableSet()),
        company.trunks().stream()
            .filter(Trunk::callsOut)
            .map(Part::key)
            .collect(toUnmodifiableSet()));
  }

  Set<String> of(PartKind kind) {
    return names.getOrDefault(kind, Set.of());
  }
}
