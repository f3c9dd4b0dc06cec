package io.tamas.call.fold;

import io.tamas.call.record.ChannelName;
import io.tamas.text.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is about to be dialled: an endpoint, and the device if it is known
/// (`dialplan/devices.conf`).
///
/// @param endpoint an extension or a trunk
/// @param number what is called over a trunk, as it is sent
/// @param device whether it is one of the endpoint's devices
/// @param address `host:port` of the device
/// @param agent what the device calls itself
/// @param dialled whether it is dialled: Asterisk may know that it is unreachable
record DialledPhone(
    String endpoint,
    Optional<String> number,
    boolean device,
    Optional<String> address,
    Optional<String> agent,
    boolean dialled) {
  private static final int MAX_TEXT = 100;
  private static final String UNREACHABLE = "unreachable";

  private static final Pattern ENCODED =
      Pattern.compile("(?:[\\x20-\\x7e&&[^%]]|%[0-9A-Fa-f]{2})*");

  /// One of which no device is known.
  static DialledPhone of(String endpoint) {
    return of(endpoint, Optional.empty());
  }

  private static DialledPhone of(String endpoint, Optional<String> number) {
    return new DialledPhone(endpoint, number, false, Optional.empty(), Optional.empty(), true);
  }

  /// Reads a dial string such as `PJSIP/101&PJSIP/0912@trunk-demo,20,b(…)`, or one device:
  /// `PJSIP/101|192.0.2.7%3A5060|Phone%201.0`, with `|unreachable` if it is not dialled.
  static List<DialledPhone> parse(String text) {
    String[] device = text.split("\\|", -1);
    if (device.length >= 3) {
      boolean dialled = device.length == 3 || !device[3].equals(UNREACHABLE);
      return endpoint(device[0])
          .map(one ->
              new DialledPhone(
                  one, Optional.empty(), true, decode(device[1]), decode(device[2]), dialled))
          .stream()
          .toList();
    }
    List<DialledPhone> phones = new ArrayList<>();
    for (String target : text.split(",", 2)[0].split("&", -1)) {
      endpoint(target).map(one -> of(one, number(target))).ifPresent(phones::add);
    }
    return phones;
  }

  private static Optional<String> endpoint(String target) {
    String[] part = target.split("/", 3);
    return part.length > 1 && !new ChannelName(target).isLocal()
        ? Optional.of(part[1].substring(part[1].indexOf('@') + 1))
        : Optional.empty();
  }

  /// `0912` of `PJSIP/0912@trunk-demo`.
  private static Optional<String> number(String target) {
    String called = target.split("/", 3)[1];
    return called.indexOf('@') > 0
        ? Optional.of(called.substring(0, called.indexOf('@')))
        : Optional.empty();
  }

  /// Text from the network, percent-encoded by the dialplan.
  private static Optional<String> decode(String encoded) {
    if (!ENCODED.matcher(encoded).matches()) {
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < encoded.length(); i++) {
      boolean isEscape = encoded.charAt(i) == '%';
      bytes.write(isEscape ? HexFormat.fromHexDigits(encoded, i + 1, i + 3) : encoded.charAt(i));
      i += isEscape ? 2 : 0;
    }
    return Optional.of(Printable.of(bytes.toString(StandardCharsets.UTF_8)).strip())
        .map(printable -> printable.substring(0, Math.min(MAX_TEXT, printable.length())))
        .filter(printable -> !printable.isEmpty());
  }
}
