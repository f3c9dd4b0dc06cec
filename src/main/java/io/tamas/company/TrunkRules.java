package io.tamas.company;

import io.tamas.company.Company.Registration;
import io.tamas.company.Company.Trunk;
import io.tamas.number.SipValue;

/// The rules of trunks. Pure.
final class TrunkRules {
  private static final int MAX_CALLS = 10_000;

  private TrunkRules() {}

  static void check(FieldRules fields, Trunk trunk) {
    fields.country("/plan/country", trunk.plan().country());
    AddressRules.check(fields.faults(), trunk.addresses(), trunk.registration().isPresent());
    fields.extension("/fallback", trunk.fallback());
    trunk.server().ifPresent(server -> fields.holds(SipValue.SERVER, "/server", server));
    trunk.registration().ifPresent(registration -> registration(fields, registration));
    trunk.proxy().ifPresent(proxy -> proxy(fields, trunk, proxy));
    fields.e164("/callerId", trunk.callerId());
    fields.range("/calls", trunk.calls(), 0, MAX_CALLS);
    trunk.numberFrom().ifPresent(from -> fields.holds(SipValue.NUMBER_FROM, "/numberFrom", from));
    trunk.site().ifPresent(site -> fields.slug("/site", site));
    SipOptions.check(fields, trunk.sip());
  }

  private static void registration(FieldRules fields, Registration registration) {
    fields.holds(SipValue.SERVER, "/registration/server", registration.server());
    fields.holds(SipValue.USER, "/registration/user", registration.user());
    registration
        .authUser()
        .ifPresent(user -> fields.holds(SipValue.AUTH_USER, "/registration/authUser", user));
  }

  private static void proxy(FieldRules fields, Trunk trunk, String proxy) {
    fields.holds(SipValue.SERVER, "/proxy", proxy);
    fields.require(trunk.callsOut(), "/proxy", "must belong to a server or a registration");
  }
}
