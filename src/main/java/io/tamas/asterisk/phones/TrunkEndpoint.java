package io.tamas.asterisk.phones;

import io.tamas.config.Secret;
import io.tamas.config.SipTransport;
import io.tamas.config.Srtp;
import io.tamas.number.ExtensionNumber;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A trunk. Its endpoint in Asterisk is `trunk-` and the name; a number is called on it as
/// `PJSIP/<number>@trunk-<name>`.
///
/// A call is recognised as the trunk's by its source address, or by the secret that Asterisk put
/// into the contact with which the trunk registered.
///
/// @param addresses IPv4 or IPv6, with or without a prefix length; at most 32
/// @param fallback what the dialplan rings while Tamas does not answer
/// @param server where outbound calls are sent: `host`, `host:port`; by default that of the account
/// @param transport of outbound calls and of the registration
public record TrunkEndpoint(
    String name,
    List<String> addresses,
    ExtensionNumber fallback,
    Optional<String> server,
    Optional<Account> account,
    SipTransport transport,
    Srtp srtp) {
  static final int MAX_ADDRESSES = 32;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}(/[0-9]{1,3})?");
  private static final Pattern SERVER =
      Pattern.compile(
          "([A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|\\[[0-9A-Fa-f.:]{2,45}])(:[0-9]{1,5})?");

  /// Characters that need no escape in a SIP URI (RFC 3261 section 25.1).
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.!~*'+-]{1,80}");

  private static final Pattern PASSWORD = Pattern.compile("[\\x20-\\x7e]{1,128}");

  /// The account with which the trunk registers at its provider.
  ///
  /// @param password empty: the provider requires none
  public record Account(String server, String user, Optional<Secret> password) {
    public Account {
      require(SERVER, server, "a server is a host name or an address, optionally with a port");
      require(USER, user, "the user of an account is 1 to 80 of A-Z, a-z, 0-9 and _.!~*'+-");
      password.ifPresent(secret ->
          require(PASSWORD, secret.reveal(), "a password is 1 to 128 characters of ASCII"));
    }

    /// Without the port.
    String domain() {
      return server.replaceFirst(":[0-9]{1,5}$", "");
    }
  }

  public TrunkEndpoint {
    addresses = List.copyOf(addresses);
    require(NAME, name, "a trunk's name is 1 to 40 of a-z, 0-9 and -");
    if (addresses.size() > MAX_ADDRESSES) {
      throw new IllegalArgumentException("a trunk has at most 32 addresses");
    }
    addresses.forEach(address -> require(ADDRESS, address, "a trunk's address is IPv4 or IPv6"));
    server.ifPresent(one ->
        require(SERVER, one, "a server is a host name or an address, optionally with a port"));
  }

  /// Where outbound calls are sent; empty if the trunk makes none.
  Optional<String> callsTo() {
    return server.or(() -> account.map(Account::server));
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

  private static void require(Pattern pattern, String value, String rule) {
    if (!pattern.matcher(value).matches()) {
      throw new IllegalArgumentException(rule);
    }
  }
}
