package io.tamas;

import io.tamas.asterisk.phones.EmergencyNumbers;
import io.tamas.asterisk.phones.EmergencyNumbers.Caller;
import io.tamas.asterisk.phones.EmergencyNumbers.Dialled;
import io.tamas.asterisk.phones.EmergencyNumbers.Route;
import io.tamas.asterisk.phones.LampRights;
import io.tamas.asterisk.phones.OwnLamps;
import io.tamas.asterisk.phones.Phone;
import io.tamas.asterisk.phones.Refusals;
import io.tamas.asterisk.phones.SipHabits;
import io.tamas.asterisk.phones.SipHabits.DtmfMode;
import io.tamas.asterisk.phones.TransferKeys;
import io.tamas.asterisk.phones.TrunkEndpoint;
import io.tamas.asterisk.phones.TrunkEndpoint.Account;
import io.tamas.company.Company;
import io.tamas.company.Company.CallerSource;
import io.tamas.company.Company.EmergencyNumber;
import io.tamas.company.Company.PickupGroup;
import io.tamas.company.Company.Trunk;
import io.tamas.company.EmergencyDialling;
import io.tamas.company.EmergencyTrunks;
import io.tamas.company.Extension;
import io.tamas.company.Extension.TransferKey;
import io.tamas.company.SipOptions;
import io.tamas.company.SipOptions.Dtmf;
import io.tamas.config.Secret;
import io.tamas.config.SipTransport;
import io.tamas.config.Srtp;
import io.tamas.number.ExtensionNumber;
import io.tamas.routing.Decision;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The phones and trunks of a company. One that cannot be provisioned does not stop the others: it
/// is reported, and Asterisk keeps what it has of it.
final class CompanyParts {
  private final Refusals refusals;
  private final BiPredicate<String, String> ignoresOptions;
  private final Set<String> kept = new HashSet<>();

  /// @param ignoresOptions by trunk and server, whether it was found that it never answers OPTIONS
  CompanyParts(Refusals refusals, BiPredicate<String, String> ignoresOptions) {
    this.refusals = refusals;
    this.ignoresOptions = ignoresOptions;
  }

  /// The parts that Asterisk keeps as it has them, such as `extension:101`.
  Set<String> kept() {
    return Set.copyOf(kept);
  }

  /// An extension without a password has no phone. One with a password that is not in the company
  /// could not be read.
  List<Phone> phones(Company company, Map<ExtensionNumber, Secret> secrets) {
    Map<ExtensionNumber, SortedSet<String>> groups = pickupGroups(company);
    LampRights lamps = lampRights(company);
    secrets.keySet().forEach(number -> kept.add("extension:" + number.digits()));
    return company.extensions().stream()
        .flatMap(extension ->
            Optional.ofNullable(secrets.get(extension.number()))
                .flatMap(secret ->
                    part(
                        "extension:" + extension.number().digits(),
                        () -> phone(extension, groups, lamps, secret)))
                .stream())
        .toList();
  }

  /// An address that accounts at one provider have in common is the first one's: which of them is
  /// called Tamas reads from the call.
  List<TrunkEndpoint> trunks(Company company, Map<String, Secret> secrets) {
    secrets.keySet().forEach(name -> kept.add("trunk:" + name));
    Set<String> given = new HashSet<>();
    return company.trunks().stream()
        .sorted(Comparator.comparing(Trunk::name))
        .flatMap(trunk ->
            part(
                "trunk:" + trunk.name(),
                () ->
                    endpoint(
                        trunk, trunk.addresses().stream().filter(given::add).toList(), secrets))
                .stream())
        .toList();
  }

  private <T> Optional<T> part(String name, Supplier<T> made) {
    try {
      T part = made.get();
      kept.remove(name);
      return Optional.of(part);
    } catch (IllegalArgumentException e) {
      kept.add(name);
      refusals.refused(name, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  static EmergencyNumbers.Stored emergency(Company company) {
    Map<ExtensionNumber, Caller> callers =
        company.extensions().stream()
            .filter(one -> one.callerId().isPresent() || one.site().isPresent())
            .collect(
                Collectors.toMap(Extension::number, one -> new Caller(one.callerId(), one.site())));
    return new EmergencyNumbers.Stored(emergencyNumbers(company), callers);
  }

  /// The extensions that transfer with another key than `#`.
  static Map<ExtensionNumber, TransferKeys.Key> transferKeys(Company company) {
    Map<ExtensionNumber, TransferKeys.Key> keys = new HashMap<>();
    company
        .extensions()
        .forEach(one ->
            one.transferKey()
                .flatMap(CompanyParts::key)
                .ifPresent(key -> keys.put(one.number(), key)));
    return keys;
  }

  private static Optional<TransferKeys.Key> key(TransferKey key) {
    return switch (key) {
      case HASH -> Optional.empty();
      case DOUBLE_HASH -> Optional.of(TransferKeys.Key.DOUBLE_HASH);
      case STAR_TWO -> Optional.of(TransferKeys.Key.STAR_TWO);
      case NONE -> Optional.of(TransferKeys.Key.NONE);
    };
  }

  /// By what is dialled, from each site.
  static Map<Dialled, List<Route>> emergencyNumbers(Company company) {
    Map<Dialled, List<Route>> routes = new HashMap<>();
    List<Optional<String>> sites = new ArrayList<>(List.of(Optional.empty()));
    company.extensions().stream()
        .map(Extension::site)
        .filter(Optional::isPresent)
        .distinct()
        .forEach(sites::add);
    for (Optional<String> site : sites) {
      Map<String, List<Route>> byNumber = new HashMap<>();
      EmergencyDialling.of(company)
          .forEach((dialled, emergency) ->
              routes.put(
                  new Dialled(dialled, site),
                  byNumber.computeIfAbsent(
                      emergency.number(), _ -> routes(emergency, site, company))));
    }
    return routes;
  }

  private static List<Route> routes(
      EmergencyNumber number, Optional<String> site, Company company) {
    return EmergencyTrunks.of(number, site, company).stream()
        .map(trunk ->
            new Route(
                number.number(),
                trunk.name(),
                EmergencyTrunks.shown(trunk, company).map(trunk::writtenCaller),
                // the dialplan writes an extension's own number in one way only
                trunk.ownCallerIds() && trunk.callerFormat().isEmpty()))
        .toList();
  }

  /// Do not disturb of each extension, and each schedule that a code switches.
  static Map<OwnLamps.Lamp, Boolean> lamps(Company company) {
    Map<OwnLamps.Lamp, Boolean> lamps = new HashMap<>();
    company
        .extensions()
        .forEach(one -> lamps.put(new OwnLamps.DoNotDisturb(one.number()), one.doNotDisturb()));
    company
        .schedules()
        .forEach(one ->
            one.switchCode()
                .ifPresent(
                    code -> lamps.put(new OwnLamps.Switched(code), one.override().isPresent())));
    return lamps;
  }

  static LampRights lampRights(Company company) {
    return LampRights.of(
        company.extensions().stream()
            .collect(
                Collectors.toMap(
                    Extension::number,
                    extension ->
                        new LampRights.Member(
                            new TreeSet<>(extension.groups()),
                            new TreeSet<>(extension.mayCall())))));
  }

  private static Phone phone(
      Extension extension,
      Map<ExtensionNumber, SortedSet<String>> groups,
      LampRights lamps,
      Secret secret) {
    return new Phone(
        extension.number(),
        extension.name(),
        extension.language(),
        groups.getOrDefault(extension.number(), Collections.emptySortedSet()),
        extension.maxDevices(),
        lamps.context(new TreeSet<>(extension.mayCall())),
        extension.mailbox().map(_ -> Decision.Listen.CODE),
        sip(extension.sip()),
        secret);
  }

  private static Map<ExtensionNumber, SortedSet<String>> pickupGroups(Company company) {
    Map<ExtensionNumber, SortedSet<String>> groups = new HashMap<>();
    for (PickupGroup group : company.pickupGroups()) {
      for (ExtensionNumber member : group.members()) {
        groups.computeIfAbsent(member, _ -> new TreeSet<>()).add(group.name());
      }
    }
    return groups;
  }

  private TrunkEndpoint endpoint(Trunk trunk, List<String> addresses, Map<String, Secret> secrets) {
    return new TrunkEndpoint(
        trunk.name(),
        addresses,
        trunk.fallback(),
        trunk.server(),
        trunk
            .registration()
            .map(account ->
                new Account(
                    account.server(),
                    account.user(),
                    account.authUser().orElse(account.user()),
                    Optional.ofNullable(secrets.get(trunk.name())))),
        trunk.proxy(),
        trunk.transport().orElse(SipTransport.UDP),
        trunk.srtp().orElse(Srtp.OFF),
        trunk.callerFrom().orElse(CallerSource.FROM) == CallerSource.ASSERTED,
        habits(trunk));
  }

  private SipHabits habits(Trunk trunk) {
    SipHabits habits = sip(trunk.sip());
    return ignoresOptions.test(trunk.name(), trunk.callsTo().orElse(""))
        ? new SipHabits(habits.dtmf(), habits.rtpSilence(), false)
        : habits;
  }

  private static SipHabits sip(Optional<SipOptions> given) {
    SipOptions options = given.orElse(SipOptions.NONE);
    return new SipHabits(
        DtmfMode.valueOf(options.dtmf().orElse(Dtmf.AUTO).name()),
        options.silence(),
        !options.ignoresOptions());
  }
}
