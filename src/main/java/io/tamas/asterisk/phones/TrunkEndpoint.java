package io.tamas.asterisk.phones;

import io.tamas.config.Secret;
import io.tamas.config.SipTransport;
import io.tamas.config.Srtp;
import io.tamas.number.ExtensionNumber;
import io.tamas.number.SipValue;
import java.util.List;
import java.util.Optional;

/// A trunk. Its endpoint in Asterisk is `trunk-` and the name; a number is called on it as
/// `PJSIP/<number>@trunk-<name>`.
///
/// A call is recognised as the trunk's by its source address, or by the secret that Asterisk put
/// into the contact with which the trunk registered.
///
/// @param addresses IPv4 or IPv6, with or without a prefix length, or `IPv4:port`; at most 32
/// @param fallback what the dialplan rings while Tamas does not answer
/// @param server where outbound calls are sent: `host`, `host:port`; by default that of the account
/// @param proxy to which everything is sent instead, `host` or `host:port`: the server is then the
///   domain in SIP addresses only
/// @param transport of outbound calls and of the registration
/// @param isTrusted whether its P-Asserted-Identity and Remote-Party-ID say who calls
/// @param sip of the provider
public record TrunkEndpoint(
    String name,
    List<String> addresses,
    ExtensionNumber fallback,
    Optional<String> server,
    Optional<Account> account,
    Optional<String> proxy,
    SipTransport transport,
    Srtp srtp,
    boolean isTrusted,
    SipHabits sip) {
  static final int MAX_ADDRESSES = 32;

  /// The account with which the trunk registers at its provider.
  ///
  /// @param authUser the user of its digest
  /// @param password empty: the provider requires none
  public record Account(String server, String user, String authUser, Optional<Secret> password) {
    public Account {
      SipValue.SERVER.require(server);
      SipValue.USER.require(user);
      SipValue.AUTH_USER.require(authUser);
      password.map(Secret::reveal).ifPresent(SipValue.TRUNK_PASSWORD::require);
    }

    /// The address that registers.
    String uri() {
      return "sip:" + user + "@" + server;
    }
  }

  public TrunkEndpoint {
    addresses = List.copyOf(addresses);
    SipValue.NAME.require(name);
    if (addresses.size() > MAX_ADDRESSES) {
      throw new IllegalArgumentException("a trunk has at most 32 addresses");
    }
    addresses.forEach(SipValue.ADDRESS::require);
    server.ifPresent(SipValue.SERVER::require);
    proxy.ifPresent(SipValue.SERVER::require);
  }

  /// Whether it registers as the other does.
  boolean registersLike(TrunkEndpoint other) {
    return account.equals(other.account)
        && proxy.equals(other.proxy)
        && transport == other.transport;
  }

  /// Where outbound calls are sent; empty if the trunk makes none.
  public Optional<String> callsTo() {
    return callsAt().map(proxy::orElse);
  }

  /// The server in the SIP addresses of outbound calls; empty if the trunk makes none.
  Optional<String> callsAt() {
    return server.or(() -> account.map(Account::server));
  }

  /// Whose users call; empty: the address of this machine.
  Optional<String> domain() {
    return account
        .map(Account::server)
        .or(() -> server.filter(_ -> proxy.isPresent()))
        .map(at -> at.replaceFirst(":[0-9]{1,5}$", ""));
  }

  /// The route to the proxy (RFC 3261 section 8.1.2); empty if there is none.
  String route() {
    return proxy.map(at -> uri(at) + ";lr").orElse("");
  }

  /// The SIP URI of a server, or of a user at it, reached by the transport of the trunk.
  String uri(String at) {
    return "sip:" + at + parameter();
  }

  /// What is not said is UDP. `sips` is not used: it demands TLS on the whole way to the callee
  /// (RFC 5630), which no provider promises.
  private String parameter() {
    return switch (transport) {
      case UDP -> "";
      case TCP -> ";transport=tcp";
      case TLS -> ";transport=tls";
    };
  }
}
