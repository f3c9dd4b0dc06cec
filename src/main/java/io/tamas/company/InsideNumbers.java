package io.tamas.company;

import io.tamas.company.Company.Numbered;
import io.tamas.company.Company.Part;
import io.tamas.number.ExtensionNumber;
import java.util.HashMap;
import java.util.Map;

/// The numbers that are dialled inside the company: those of extensions, ring groups and menus.
/// Each belongs to one of them. Pure.
final class InsideNumbers {
  private InsideNumbers() {}

  /// Reported at both, so that whichever of the two is changed is told.
  static void shared(Company company, Faults faults) {
    Map<ExtensionNumber, Part> owners = new HashMap<>();
    company.extensions().forEach(one -> owners.putIfAbsent(one.number(), one));
    company
        .numbered()
        .forEach(part -> part.number().ifPresent(number -> own(number, part, owners, faults)));
  }

  private static void own(
      ExtensionNumber number, Numbered part, Map<ExtensionNumber, Part> owners, Faults faults) {
    Part owner = owners.putIfAbsent(number, part);
    if (owner != null) {
      faults.of(part).breaks("/number", taken(owner));
      faults.of(owner).breaks("/number", taken(part));
    }
  }

  private static String taken(Part by) {
    return "is the number of " + by.kind().singular() + " " + by.key() + " already";
  }
}
