package io.tamas.company;

import io.tamas.company.Company.Part;
import io.tamas.company.CompanyStored.Key;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What makes a company valid: the bounds of each field, no duplicate names, and no reference to a
/// part that does not exist. Pure.
public final class CompanyRules {
  private CompanyRules() {}

  /// All faults, part by part; empty for a company that can be stored and used for routing.
  public static List<CompanyFault> faults(Company company) {
    Faults faults = new Faults();
    CompanyNames names = CompanyNames.of(company);
    for (PartKind kind : PartKind.values()) {
      counts(kind, company.parts(kind), faults);
    }
    company.parts().forEach(part -> PartRules.check(faults.of(part), part, names));
    AddressRules.sharedByTrunks(company.trunks(), faults);
    OutgoingRules.sharedNumbers(company.emergencyNumbers(), faults);
    InboundRules.sharedCodes(company.schedules(), faults);
    InsideNumbers.shared(company, faults);
    LoopRules.check(company, faults);
    return faults.all();
  }

  /// The faults of the company with this extension in place of the one with its number.
  public static List<CompanyFault> faultsWith(Extension changed, Company company) {
    Stream<Part> parts =
        company.parts().map(part -> Key.of(part).equals(Key.of(changed)) ? changed : part);
    return faults(Company.of(company.version(), parts.toList()));
  }

  private static void counts(PartKind kind, List<? extends Part> parts, Faults faults) {
    if (parts.size() > kind.max()) {
      faults
          .of(parts.get(kind.max()))
          .breaks("", "is one too many: a company has at most " + kind.max() + " " + kind.plural());
    }
    Set<String> seen = new HashSet<>();
    for (Part part : parts) {
      if (!seen.add(part.key())) {
        faults
            .of(part)
            .breaks(
                "",
                "is a duplicate: there is another %s %s".formatted(kind.singular(), part.key()));
      }
    }
  }
}
