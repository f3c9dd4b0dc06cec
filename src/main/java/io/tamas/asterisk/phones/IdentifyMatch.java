package io.tamas.asterisk.phones;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.asterisk.ari.AriResponse;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whether an `identify` of Asterisk already matches what it should. Pure.
final class IdentifyMatch {
  private IdentifyMatch() {}

  static boolean isSame(AriResponse found, PjsipObject desired) {
    if (!found.ok()) {
      return false;
    }
    List<String> matches = new ArrayList<>();
    for (JsonNode field : found.json()) {
      if (field.path("attribute").asText().equals("match")) {
        matches.add(field.path("value").asText());
      }
    }
    Optional<String> match =
        desired.fields().stream()
            .filter(field -> field.attribute().equals("match"))
            .map(PjsipObject.Field::value)
            .findFirst();
    return matches.size() == 1 && match.filter(one -> isSame(matches.getFirst(), one)).isPresent();
  }

  /// Asterisk returns the mask as an address: `10.0.0.0/255.0.0.0`.
  static boolean isSame(String found, String desired) {
    try {
      return prefix(found).equals(prefix(desired));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// @param port 0: any
  private record Prefix(InetAddress network, int length, int port) {}

  private static Prefix prefix(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    int colon = host.contains(".") ? host.lastIndexOf(':') : -1;
    int port = colon < 0 ? 0 : Integer.parseInt(host.substring(colon + 1));
    InetAddress address = InetAddress.ofLiteral(colon < 0 ? host : host.substring(0, colon));
    int bits = address.getAddress().length * 8;
    int length = slash < 0 ? bits : length(text.substring(slash + 1));
    return new Prefix(address, length, port);
  }

  private static int length(String mask) {
    if (mask.chars().allMatch(Character::isDigit)) {
      return Integer.parseInt(mask);
    }
    byte[] bytes = InetAddress.ofLiteral(mask).getAddress();
    int ones = 0;
    for (byte one : bytes) {
      ones += Integer.bitCount(one & 0xff);
    }
    return ones;
  }
}
