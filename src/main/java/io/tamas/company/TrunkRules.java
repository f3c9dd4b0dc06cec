package io.tamas.company;

import io.tamas.company.Company.Registration;
import io.tamas.company.Company.Trunk;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rules of trunks. Pure.
final class TrunkRules {
  private static final int MAX_CALLS = 10_000;
  private static final int MAX_PORT = 65_535;

  /// A host name, an IPv4 address or an IPv6 address in brackets, optionally with a port: nothing
  /// that a SIP URI would treat as a parameter, a user or a second address.
  private static final Pattern SERVER =
      Pattern.compile(
          "(?<host>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[(?<six>[0-9A-Fa-f:.]{2,45})])"
              + "(?::(?<port>[1-9][0-9]{0,4}))?");

  private static final Pattern USER = Pattern.compile("[A-Za-z0-9._~+*-]{1,80}");

  private TrunkRules() {}

  static void check(FieldRules fields, Trunk trunk) {
    fields.country("/plan/country", trunk.plan().country());
    AddressRules.check(fields.faults(), trunk.addresses(), trunk.registration().isPresent());
    fields.extension("/fallback", trunk.fallback());
    trunk.server().ifPresent(server -> server(fields, "/server", server));
    trunk.registration().ifPresent(registration -> registration(fields, registration));
    fields.e164("/callerId", trunk.callerId());
    fields.require(
        trunk.calls() >= 0 && trunk.calls() <= MAX_CALLS, "/calls", "must be 0 to " + MAX_CALLS);
    SipOptions.check(fields, trunk.sip());
  }

  private static void registration(FieldRules fields, Registration registration) {
    server(fields, "/registration/server", registration.server());
    fields.require(
        FieldRules.matches(USER, registration.user()),
        "/registration/user",
        "must be 1 to 80 letters, digits and . _ ~ + * -");
  }

  private static void server(FieldRules fields, String pointer, String server) {
    fields.require(
        isServer(server),
        pointer,
        "must be a host name or an IP address (IPv6 in brackets), optionally with :port");
  }

  private static boolean isServer(String text) {
    Matcher server = SERVER.matcher(text);
    if (!server.matches() || text.contains("..")) {
      return false;
    }
    String six = server.group("six");
    String port = server.group("port");
    return (six == null || six.contains(":") && IpRange.parse(six).isPresent())
        && (port == null || Integer.parseInt(port) <= MAX_PORT);
  }
}
