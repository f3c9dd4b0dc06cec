package io.tamas.ops;

import io.tamas.number.IpRange;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// An IPv4 or IPv6 address as it was written: a literal, never a host name.
public record IpAddress(String text) {

  /// @throws IllegalArgumentException if it is none
  public IpAddress {
    if (text.contains("/") || IpRange.parse(text).isEmpty()) {
      throw new IllegalArgumentException("not an IP address: " + text);
    }
  }

  static Optional<IpAddress> parse(String text) {
    try {
      return Optional.of(new IpAddress(text));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /// Those at which other programs can reach this machine: IPv4 first, loopback last. Link-local
  /// ones are left out: they mean nothing without the name of a network interface.
  public static List<IpAddress> ofThisMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(IpAddress::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !address.isLinkLocalAddress())
          .map(address -> new IpAddress(address.getHostAddress().replaceFirst("%.*", "")))
          .sorted(Comparator.comparing(IpAddress::isLoopback).thenComparing(IpAddress::isIpv6))
          .toList();
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isUp(NetworkInterface card) {
    try {
      return card.isUp();
    } catch (SocketException removed) {
      return false;
    }
  }

  public InetAddress inet() {
    return InetAddress.ofLiteral(text);
  }

  public boolean isIpv6() {
    return text.contains(":");
  }

  public boolean isLoopback() {
    return inet().isLoopbackAddress();
  }

  /// `0.0.0.0` or `::`.
  public boolean isWildcard() {
    return inet().isAnyLocalAddress();
  }

  /// Such as `192.0.2.10:5060` and `[2001:db8::10]:5060`.
  public String withPort(int port) {
    return (isIpv6() ? "[" + text + "]" : text) + ":" + port;
  }

  @Override
  public String toString() {
    return text;
  }
}
