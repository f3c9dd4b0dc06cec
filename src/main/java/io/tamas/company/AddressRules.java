package io.tamas.company;

import io.tamas.company.Company.Trunk;
import io.tamas.number.IpRange;
import io.tamas.number.SipValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rules of the addresses of trunks. Pure.
final class AddressRules {
  /// As many as are provisioned for one trunk.
  private static final int MAX = 32;

  /// RFC 1918, RFC 6598, RFC 4193, and the machine itself.
  private static final List<IpRange> PHONES =
      Stream.of(
              "10.0.0.0/8",
              "172.16.0.0/12",
              "192.168.0.0/16",
              "100.64.0.0/10",
              "fc00::/7",
              "127.0.0.0/8")
          .flatMap(range -> IpRange.parse(range).stream())
          .toList();

  private static final int MAX_PORT = 65_535;

  /// `192.0.2.10:5060`
  private static final Pattern WITH_PORT =
      Pattern.compile("(?<address>[0-9.]{7,15}):(?<port>[1-9][0-9]{0,4})");

  private AddressRules() {}

  /// From where a trunk's calls come.
  ///
  /// @param port 0: any
  private record Source(IpRange range, int port) {
    static Optional<Source> parse(String text) {
      Matcher match = WITH_PORT.matcher(text);
      if (!match.matches()) {
        return IpRange.parse(text).map(range -> new Source(range, 0));
      }
      int port = Integer.parseInt(match.group("port"));
      return IpRange.parse(match.group("address"))
          .filter(_ -> port <= MAX_PORT)
          .map(range -> new Source(range, port));
    }
  }

  /// A trunk that registers is also identified by its registration.
  static void check(Faults.OfPart faults, List<String> addresses, boolean registers) {
    faults.require(
        registers || !addresses.isEmpty(),
        "/addresses",
        "must name an address, such as 198.51.100.7, if the trunk does not register");
    faults.require(addresses.size() <= MAX, "/addresses", "must be at most " + MAX);
    for (int i = 0; i < addresses.size(); i++) {
      faults.require(
          SipValue.ADDRESS.accepts(addresses.get(i)),
          "/addresses/" + i,
          "must be %s, such as 198.51.100.7, not \"%s\""
              .formatted(SipValue.ADDRESS.rule(), addresses.get(i)));
    }
  }

  /// Of a private network a provider or a gateway has at most so much: 256 addresses, or a subnet
  /// of IPv6.
  private static final int NARROW = 24;

  private static final int NARROW_SIX = 64;

  /// What comes from the address of a trunk is the trunk's, and no phone's. Private networks are
  /// where phones are; a small part of one may be a provider's.
  static void coveringPhones(Trunk trunk, Faults warnings) {
    for (int i = 0; i < trunk.addresses().size(); i++) {
      Optional<IpRange> range =
          Source.parse(trunk.addresses().get(i))
              .filter(from -> from.port() == 0)
              .map(Source::range);
      if (range.filter(AddressRules::coversPhones).isPresent()) {
        warnings
            .of(trunk)
            .breaks(
                "/addresses/" + i,
                "covers networks of phones: what they send is the trunk's, and none of them can register");
      }
    }
  }

  private static boolean coversPhones(IpRange range) {
    boolean isWide = range.prefix() < (range.words().size() > 2 ? NARROW_SIX : NARROW);
    return PHONES.stream()
        .anyMatch(phones -> range.covers(phones) || isWide && phones.covers(range));
  }

  /// With the same address at two trunks it would be undefined to which of them a call belongs;
  /// unless they are accounts at one provider, which its calls name.
  static void sharedByTrunks(List<Trunk> trunks, Faults faults) {
    Map<Source, Trunk> owners = new HashMap<>();
    for (Trunk trunk : trunks) {
      for (int i = 0; i < trunk.addresses().size(); i++) {
        Optional<Source> source = Source.parse(trunk.addresses().get(i));
        Trunk owner = source.map(r -> owners.putIfAbsent(r, trunk)).orElse(null);
        if (owner != null && (owner == trunk || !trunk.sharesProvider(owner))) {
          faults.of(trunk).breaks("/addresses/" + i, "already belongs to trunk " + owner.name());
        }
      }
    }
  }
}
