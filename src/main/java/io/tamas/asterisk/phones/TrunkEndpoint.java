package io.tamas.asterisk.phones;

import io.tamas.number.ExtensionNumber;
import java.util.List;
import java.util.regex.Pattern;

/// A trunk whose calls are known by the address that they come from. Its endpoint in Asterisk is
/// `trunk-` and the name.
///
/// @param addresses IPv4 or IPv6, with or without a prefix length; at most 32
/// @param fallback what the dialplan rings while Tamas does not answer
public record TrunkEndpoint(String name, List<String> addresses, ExtensionNumber fallback) {
  static final int MAX_ADDRESSES = 32;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]{2,45}(/[0-9]{1,3})?");

  public TrunkEndpoint {
    addresses = List.copyOf(addresses);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a trunk's name is 1 to 40 of a-z, 0-9 and -");
    }
    if (addresses.size() > MAX_ADDRESSES) {
      throw new IllegalArgumentException("a trunk has at most 32 addresses");
    }
    if (addresses.stream().anyMatch(address -> !ADDRESS.matcher(address).matches())) {
      throw new IllegalArgumentException("a trunk's address is IPv4 or IPv6");
    }
  }
}
