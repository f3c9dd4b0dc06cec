package io.tamas.company;

import io.tamas.company.Company.Trunk;
import io.tamas.number.IpRange;
import io.tamas.number.SipValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rules of the addresses of trunks. Pure.
final class AddressRules {
  /// As many as are provisioned for one trunk.
  private static final int MAX = 32;

  private AddressRules() {}

  /// A trunk that registers is also identified by its registration.
  static void check(Faults.OfPart faults, List<String> addresses, boolean registers) {
    faults.require(
        registers || !addresses.isEmpty(),
        "/addresses",
        "must name an address if the trunk does not register");
    faults.require(addresses.size() <= MAX, "/addresses", "must be at most " + MAX);
    for (int i = 0; i < addresses.size(); i++) {
      faults.require(
          SipValue.ADDRESS.accepts(addresses.get(i)),
          "/addresses/" + i,
          "must be " + SipValue.ADDRESS.rule());
    }
  }

  /// With the same address at two trunks it would be undefined to which of them a call belongs.
  static void sharedByTrunks(List<Trunk> trunks, Faults faults) {
    Map<IpRange, String> owners = new HashMap<>();
    for (Trunk trunk : trunks) {
      for (int i = 0; i < trunk.addresses().size(); i++) {
        Optional<IpRange> range = IpRange.parse(trunk.addresses().get(i));
        String owner = range.map(r -> owners.putIfAbsent(r, trunk.name())).orElse(null);
        if (owner != null) {
          faults.of(trunk).breaks("/addresses/" + i, "already belongs to trunk " + owner);
        }
      }
    }
  }
}
