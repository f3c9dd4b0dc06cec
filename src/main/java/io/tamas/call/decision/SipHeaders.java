package io.tamas.call.decision;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiException;
import org.jspecify.annotations.Nullable;

/// The headers of the INVITE by which a call came in: text from the network, as it was sent.
@FunctionalInterface
interface SipHeaders {
  SipHeaders NONE = _ -> List.of();

  /// As many as are read of one name.
  int MOST = 4;

  Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,39}");

  /// The values of the first headers of this name, without those that are empty.
  List<String> of(String name);

  /// Asks the dialplan's channel, once for each name and value.
  static SipHeaders of(AgiChannel channel) {
    return name ->
        IntStream.rangeClosed(1, MOST)
            .mapToObj(n -> read(channel, name, n))
            .takeWhile(value -> !value.isEmpty())
            .toList();
  }

  private static String read(AgiChannel channel, String name, int n) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a header");
    }
    try {
      return decoded(
          channel.getFullVariable("${URIENCODE(${PJSIP_HEADER(read,%s,%d)})}".formatted(name, n)));
    } catch (AgiException e) {
      throw new IllegalStateException("a header cannot be read", e);
    }
  }

  /// `URIENCODE` leaves only letters, digits and a few marks as they are.
  private static String decoded(@Nullable String encoded) {
    return encoded == null
        ? ""
        : URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
