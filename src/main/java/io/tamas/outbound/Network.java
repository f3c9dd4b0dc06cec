package io.tamas.outbound;

import java.net.InetAddress;
import java.util.Arrays;

/// A network of IPv4 or IPv6 in the form of CIDR (RFC 4632), or one address.
record Network(InetAddress address, int bits) {

  /// Parses such as `10.0.0.0/8`, `fd00::/8` or `192.0.2.1`.
  ///
  /// @throws IllegalArgumentException for anything else
  static Network parse(String text) {
    int slash = text.indexOf('/');
    InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
    int most = address.getAddress().length * Byte.SIZE;
    int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
    if (bits > most) {
      throw new IllegalArgumentException(text + " has a prefix of more than " + most + " bits");
    }
    return new Network(address, bits);
  }

  private static InetAddress literal(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(text + " is no IP address", e);
    }
  }

  boolean contains(InetAddress other) {
    byte[] own = address.getAddress();
    byte[] theirs = other.getAddress();
    if (own.length != theirs.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    int rest = bits % Byte.SIZE;
    return Arrays.equals(own, 0, whole, theirs, 0, whole)
        && (rest == 0 || ((own[whole] ^ theirs[whole]) & 0xFF) >>> (Byte.SIZE - rest) == 0);
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + bits;
  }
}
