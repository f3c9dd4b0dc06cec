package io.tamas.asterisk.phones;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whether a field's value, as Asterisk returns it, is the one that was written. Pure.
///
/// Asterisk returns `yes` as `true`, `3.0` as `3.000000`, `!all,ulaw,alaw` as `(ulaw|alaw)`, groups
/// as `a, b`, and the prefix length of an address as a mask. All other texts come back unchanged.
final class FieldForm {
  /// In the order of preference.
  private static final Set<String> CODECS = Set.of("allow");

  private static final Set<String> GROUPS = Set.of("named_call_group", "named_pickup_group");
  private static final Set<String> NETWORKS = Set.of("match", "media_address");

  /// Texts of people: `yes` is a password like any other.
  private static final Set<String> TEXTS = Set.of("username", "password", "callerid");

  private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,18}\\.[0-9]{1,9}");

  private FieldForm() {}

  static boolean isSame(String type, String attribute, String written, String returned) {
    if (written.equals(returned)) {
      return true;
    }
    if (type.equals("auth") || TEXTS.contains(attribute)) {
      return false;
    }
    if (CODECS.contains(attribute)) {
      return items(written).equals(items(returned));
    }
    if (GROUPS.contains(attribute)) {
      return Set.copyOf(items(written)).equals(Set.copyOf(items(returned)));
    }
    return NETWORKS.contains(attribute)
        ? isSameNetwork(written, returned)
        : isSameSwitch(written, returned) || isSameNumber(written, returned);
  }

  private static List<String> items(String list) {
    return Arrays.stream(list.replaceAll("[()]", "").split("[,|]", -1))
        .map(String::strip)
        .filter(item -> !item.isEmpty() && !item.equals("!all"))
        .toList();
  }

  private static boolean isSameSwitch(String written, String returned) {
    return switch (written) {
      case "yes" -> returned.equals("true");
      case "no" -> returned.equals("false");
      default -> false;
    };
  }

  private static boolean isSameNumber(String written, String returned) {
    return Stream.of(written, returned).allMatch(text -> DECIMAL.matcher(text).matches())
        && new BigDecimal(written).compareTo(new BigDecimal(returned)) == 0;
  }

  private static boolean isSameNetwork(String written, String returned) {
    try {
      return Network.of(written).equals(Network.of(returned));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// @param port of an IPv4 address; 0: any
  private record Network(InetAddress address, int length, int port) {
    static Network of(String text) {
      int slash = text.indexOf('/');
      String host = slash < 0 ? text : text.substring(0, slash);
      int colon = host.contains(".") ? host.lastIndexOf(':') : -1;
      boolean hasPort = colon > 0 && host.indexOf(':') == colon;
      int port = hasPort ? Integer.parseInt(host.substring(colon + 1)) : 0;
      InetAddress address = InetAddress.ofLiteral(hasPort ? host.substring(0, colon) : host);
      int bits = address.getAddress().length * 8;
      int length = slash < 0 ? bits : length(text.substring(slash + 1));
      return new Network(masked(address, length), length, port);
    }

    /// Asterisk drops the bits after the prefix.
    private static InetAddress masked(InetAddress address, int length) {
      byte[] bytes = address.getAddress();
      for (int i = 0; i < bytes.length; i++) {
        int kept = Math.clamp(length - 8L * i, 0, 8);
        bytes[i] &= (byte) (0xff << (8 - kept));
      }
      try {
        return InetAddress.getByAddress(bytes);
      } catch (UnknownHostException e) {
        throw new IllegalStateException("an address has 4 or 16 bytes", e);
      }
    }

    private static int length(String mask) {
      if (mask.chars().allMatch(Character::isDigit)) {
        return Integer.parseInt(mask);
      }
      int ones = 0;
      for (byte one : InetAddress.ofLiteral(mask).getAddress()) {
        ones += Integer.bitCount(one & 0xff);
      }
      return ones;
    }
  }
}
