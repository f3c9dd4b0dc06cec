package io.tamas.call.decision;

import io.tamas.company.Company.CallerSource;
import io.tamas.company.Company.Registration;
import io.tamas.company.Company.Trunk;
import io.tamas.company.Directory;
import io.tamas.number.CallerId;
import io.tamas.number.NameAddress;
import io.tamas.number.NumberingPlan;
import io.tamas.routing.Dialled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A new call of a trunk, as its INVITE says: of which trunk it is, which number it is for, who
/// calls, and who diverted it. Pure, but for the headers that it asks for.
///
/// @param number what was dialled: digits, `+`, `*` and `#`; [#NONE] if the call is for no number
/// @param asserted who calls, where the trunk is trusted to say so
/// @param divertedBy the number that diverted the call last
record TrunkCall(
    Trunk trunk, String number, Optional<CallerId> asserted, Optional<CallerId> divertedBy) {
  /// What the dialplan says of a call for no number.
  static final String NONE = "0";

  private static final String REQUEST_LINE = "request-line";
  private static final List<String> WITHHELD = List.of("id", "user", "header");

  /// @param identified the trunk whose address, or whose registration, the call came by
  /// @param dialled the number in the request line, as the dialplan reads it; [#NONE] if there is
  ///   none
  /// @param said what else the request says, see [Said]
  static TrunkCall read(
      Trunk identified, String dialled, String said, SipHeaders headers, Directory company) {
    Said what = Said.parse(said);
    String user = what.user().isEmpty() ? dialled : what.user();
    Trunk trunk = called(identified, user, headers, company);
    return new TrunkCall(
        trunk,
        new Number(trunk, user, headers, company).chosen(),
        trunk.callerFrom().orElse(CallerSource.FROM) == CallerSource.ASSERTED
            ? asserted(trunk.plan(), headers)
            : Optional.empty(),
        Diversion.last(what.diversion(), headers)
            .map(trunk.plan()::parse)
            .filter(TrunkCall::isNumber));
  }

  /// What `from-trunk.conf` passes on: `-`, the user of the request line if it is no number, `|`,
  /// and the Diversion header (RFC 5806), without what no number needs, or that there is a
  /// History-Info.
  private record Said(String user, String diversion) {
    static Said parse(String text) {
      String[] parts = text.startsWith("-") ? text.substring(1).split("\\|", 2) : new String[0];
      return new Said(parts.length > 0 ? parts[0] : "", parts.length > 1 ? parts[1] : "");
    }
  }

  /// Of several accounts at one provider the call is of the one that the request line names. Where
  /// its calls come from the same addresses, Asterisk has taken the first of them: then the call is
  /// else of the one to which the number belongs, else of the one that `To` names.
  private static Trunk called(
      Trunk identified, String user, SipHeaders headers, Directory company) {
    List<Trunk> accounts = new ArrayList<>(List.of(identified));
    company.company().trunks().stream()
        .filter(
            other -> other.sharesProvider(identified) && !other.name().equals(identified.name()))
        .forEach(accounts::add);
    Optional<Trunk> named = first(accounts, account -> isAccount(user, account));
    accounts.removeIf(one -> Collections.disjoint(one.addresses(), identified.addresses()));
    return accounts.size() < 2
        ? named.orElse(identified)
        : named
            .or(() -> first(accounts, account -> isNumberOf(account, user, company)))
            .or(() -> inTo(accounts, headers))
            .orElse(identified);
  }

  private static Optional<Trunk> first(List<Trunk> accounts, Predicate<Trunk> isCalled) {
    return accounts.stream().filter(isCalled).findFirst();
  }

  private static Optional<Trunk> inTo(List<Trunk> accounts, SipHeaders headers) {
    return addresses("To", headers).stream()
        .flatMap(one -> one.user().stream())
        .flatMap(user -> first(accounts, account -> isAccount(user, account)).stream())
        .findFirst();
  }

  /// Whether a route names the number for this trunk, or it is what the trunk shows.
  private static boolean isNumberOf(Trunk trunk, String user, Directory company) {
    if (!isDialled(user)) {
      return false;
    }
    CallerId number = Dialled.byTrunk(user, trunk, company);
    return trunk.callerId().filter(number.text()::equals).isPresent()
        || company.routesTo(number.text()).stream()
            .filter(route -> !route.numbers().isEmpty())
            .anyMatch(route -> route.trunk().equals(Optional.of(trunk.name())));
  }

  private static boolean isDialled(String user) {
    return user.matches("[+]?[0-9*#]+") && !user.equals(NONE);
  }

  /// The dialplan has taken the separators out of what looks like a number.
  private static boolean isAccount(String user, Trunk trunk) {
    return trunk
        .registration()
        .map(Registration::user)
        .filter(account -> account.equals(user) || account.replaceAll("[-.]", "").equals(user))
        .isPresent();
  }

  private static boolean isNumber(CallerId who) {
    return who instanceof CallerId.Number || who instanceof CallerId.ShortCode;
  }

  /// P-Asserted-Identity with Privacy (RFC 3325), else Remote-Party-ID with its `privacy`; empty if
  /// neither says anything. Of several identities the first that is a number counts.
  private static Optional<CallerId> asserted(NumberingPlan plan, SipHeaders headers) {
    List<NameAddress> identities = addresses("P-Asserted-Identity", headers);
    if (!identities.isEmpty()) {
      return Optional.of(
          isWithheld(headers) ? new CallerId.Anonymous() : identity(identities, plan));
    }
    List<NameAddress> remote = addresses("Remote-Party-ID", headers);
    boolean isPrivate =
        remote.stream().anyMatch(one -> one.parameters().matches(".*;privacy=(full|uri)(;.*)?"));
    return remote.isEmpty()
        ? Optional.empty()
        : Optional.of(isPrivate ? new CallerId.Anonymous() : identity(remote, plan));
  }

  private static CallerId identity(List<NameAddress> identities, NumberingPlan plan) {
    return identities.stream()
        .flatMap(one -> one.number().stream())
        .map(plan::parse)
        .filter(TrunkCall::isNumber)
        .findFirst()
        .orElseGet(CallerId.Anonymous::new);
  }

  private static boolean isWithheld(SipHeaders headers) {
    return headers.of("Privacy").stream()
        .flatMap(value -> Stream.of(value.toLowerCase(Locale.ROOT).split("[;, ]+")))
        .anyMatch(WITHHELD::contains);
  }

  private static List<NameAddress> addresses(String name, SipHeaders headers) {
    return headers.of(name).stream().flatMap(value -> NameAddress.all(value).stream()).toList();
  }

  /// Which number the call is for.
  ///
  /// @param user of the request line
  private record Number(Trunk trunk, String user, SipHeaders headers, Directory company) {
    String chosen() {
      String from = trunk.numberFrom().orElse("");
      boolean onlyRequest = from.equalsIgnoreCase(REQUEST_LINE);
      Optional<String> named =
          from.isEmpty() || onlyRequest ? Optional.empty() : in(from).filter(this::isNoAccount);
      return named
          .or(this::inRequestLine)
          .or(() -> onlyRequest ? Optional.empty() : in("To").filter(this::isNoAccount))
          .or(this::ofTheAccount)
          .orElse(NONE);
    }

    private Optional<String> in(String header) {
      return addresses(header, headers).stream().flatMap(one -> one.number().stream()).findFirst();
    }

    private Optional<String> inRequestLine() {
      return Optional.of(user).filter(TrunkCall::isDialled).filter(this::isNoAccount);
    }

    private boolean isNoAccount(String number) {
      return !isAccount(number, trunk);
    }

    /// The account may be the number itself: then it is written in international form, or a route
    /// names it.
    private Optional<String> ofTheAccount() {
      return Optional.of(user)
          .filter(one -> isAccount(one, trunk))
          .filter(one -> isInternational(one) || isRouted(one));
    }

    private boolean isInternational(String account) {
      return trunk
          .plan()
          .parse(account)
          .phoneNumber()
          .filter(number -> number.e164().equals("+" + account.replaceFirst("^[+]", "")))
          .isPresent();
    }

    private boolean isRouted(String account) {
      return account.matches("[+]?[0-9]+")
          && company.isNamedByRoute(Dialled.byTrunk(account, trunk, company).text());
    }
  }
}
