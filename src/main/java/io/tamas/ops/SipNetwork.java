package io.tamas.ops;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Where phones and trunks reach an instance.
///
/// @param address on which Asterisk receives SIP and voice; `0.0.0.0`: all IPv4 addresses of this
///   machine
/// @param nat empty: all reach that address itself
public record SipNetwork(IpAddress address, Optional<Nat> nat) {
  /// Only programs on this machine.
  public static final SipNetwork LOOPBACK =
      new SipNetwork(new IpAddress("127.0.0.1"), Optional.empty());

  /// @throws IllegalArgumentException with a message for users, if the two do not fit
  public SipNetwork {
    if (nat.isPresent() && address.isLoopback()) {
      throw new IllegalArgumentException(
          "--external-address needs --address: on %s nobody outside is reached".formatted(address));
    }
    if (nat.filter(outside -> outside.external().isIpv6() != address.isIpv6()).isPresent()) {
      throw new IllegalArgumentException(
          "--external-address must be IPv%d, as --address is: %s"
              .formatted(address.isIpv6() ? 6 : 4, nat.get().external()));
    }
  }

  /// @param machine the addresses of this machine
  /// @throws IllegalArgumentException with a message for users, if the address is none of them
  public void requireOn(List<IpAddress> machine) {
    boolean isAll = address.isWildcard() && !address.isIpv6();
    boolean isLoopback = address.isLoopback() && !address.isIpv6();
    boolean isOne = machine.stream().anyMatch(one -> one.inet().equals(address.inet()));
    if (!isAll && !isLoopback && !isOne) {
      throw new IllegalArgumentException(
          "--address must be an address of this machine, or 0.0.0.0 for all of IPv4: %s; it has %s"
              .formatted(address, text(machine)));
    }
  }

  private static String text(List<IpAddress> machine) {
    return machine.stream().map(IpAddress::text).collect(Collectors.joining(", "));
  }

  /// What a phone on the same network is given as its server.
  ///
  /// @param machine the addresses of this machine
  public IpAddress server(List<IpAddress> machine) {
    return address.isWildcard()
        ? machine.stream().filter(one -> !one.isIpv6()).findFirst().orElse(LOOPBACK.address())
        : address;
  }

  /// What programs on this machine connect to.
  public IpAddress fromHere() {
    return address.isWildcard() ? LOOPBACK.address() : address;
  }

  /// The address that voice is bound to; empty: all.
  String mediaAddress() {
    return address.isWildcard() ? "" : address.text();
  }

  /// The same as it would be requested.
  SipRequest asRequest() {
    return new SipRequest(
        Optional.of(address.text()),
        nat.map(outside -> outside.external().text()),
        nat.map(Nat::localNets).orElse(List.of()));
  }

  /// The section of `pjsip.conf` that all transports are derived from.
  ///
  /// @param machine the addresses of this machine
  String transport(int port, List<IpAddress> machine) {
    List<IpAddress> own = address.isWildcard() ? machine : List.of(address);
    StringBuilder text = new StringBuilder("[tamas-transport](!)\ntype = transport\n");
    text.append("bind = ").append(address.withPort(port)).append('\n');
    nat.ifPresent(outside -> {
      text.append("external_media_address = ").append(outside.external()).append('\n');
      text.append("external_signaling_address = ").append(outside.external()).append('\n');
      outside
          .untranslated(own)
          .forEach(range -> text.append("local_net = ").append(range).append('\n'));
    });
    return text.toString();
  }

  /// For display: `192.0.2.10:5060`, with the external address if there is one.
  public String text(int port) {
    return address.withPort(port)
        + nat.map(outside -> ", outside " + outside.external()).orElse("");
  }
}
