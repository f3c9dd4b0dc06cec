package io.tamas.ops;

import io.tamas.number.IpRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What is requested of the [SipNetwork] of an instance, as text; what is empty stays as it was.
///
/// @param address `--address`
/// @param externalAddress `--external-address`; `none` removes it
/// @param localNets `--local-net`
public record SipRequest(
    Optional<String> address, Optional<String> externalAddress, List<String> localNets) {
  public static final SipRequest NOTHING =
      new SipRequest(Optional.empty(), Optional.empty(), List.of());

  private static final String NONE = "none";

  public SipRequest {
    localNets = List.copyOf(localNets);
  }

  /// `TAMAS_ADDRESS`, `TAMAS_EXTERNAL_ADDRESS`, and `TAMAS_LOCAL_NETS` with commas between ranges.
  public static SipRequest fromEnvironment(Map<String, String> environment) {
    return new SipRequest(
        variable(environment, "TAMAS_ADDRESS"),
        variable(environment, "TAMAS_EXTERNAL_ADDRESS"),
        variable(environment, "TAMAS_LOCAL_NETS").stream()
            .flatMap(text -> Stream.of(text.split(",")))
            .map(String::strip)
            .toList());
  }

  static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /// This, and what is empty in it from the other.
  public SipRequest or(SipRequest other) {
    return new SipRequest(
        address.or(other::address),
        externalAddress.or(other::externalAddress),
        localNets.isEmpty() ? other.localNets : localNets);
  }

  /// What was requested, and the rest as it was. Back on loopback no external address is left.
  ///
  /// @throws IllegalArgumentException with a message for users that names the option and its rule
  public SipNetwork applyTo(SipNetwork before) {
    IpAddress here = address.map(text -> literal("--address", text)).orElseGet(before::address);
    return new SipNetwork(here, nat(here.isLoopback() ? Optional.empty() : before.nat()));
  }

  private Optional<Nat> nat(Optional<Nat> before) {
    localNets.forEach(SipRequest::requireRange);
    Optional<IpAddress> external =
        externalAddress.isPresent()
            ? externalAddress.filter(text -> !text.equals(NONE)).map(SipRequest::external)
            : before.map(Nat::external);
    if (external.isEmpty() && !localNets.isEmpty()) {
      throw new IllegalArgumentException("--local-net needs --external-address");
    }
    List<String> nets =
        localNets.isEmpty() ? before.map(Nat::localNets).orElse(List.of()) : localNets;
    return external.map(address -> new Nat(address, nets));
  }

  private static IpAddress external(String text) {
    IpAddress external = literal("--external-address", text);
    if (external.isWildcard() || external.isLoopback() || external.inet().isMulticastAddress()) {
      throw new IllegalArgumentException(
          "--external-address must be the public address of one machine: " + text);
    }
    return external;
  }

  private static IpAddress literal(String option, String text) {
    return IpAddress.parse(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                option + " must be an IPv4 or IPv6 address, not a name: " + text));
  }

  private static void requireRange(String text) {
    if (!text.contains("/") || IpRange.parse(text).isEmpty()) {
      throw new IllegalArgumentException(
          "--local-net must be an address with a prefix length, such as 10.0.0.0/8: " + text);
    }
  }
}
