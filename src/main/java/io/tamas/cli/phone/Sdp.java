package io.tamas.cli.phone;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One side's description of its audio (RFC 4566), as far as two G.711 phones need it.
record Sdp(InetSocketAddress address, List<Codec> codecs) {
  private static final Pattern CONNECTION = Pattern.compile("(?m)^c=IN IP4 (\\S+)");
  private static final Pattern AUDIO = Pattern.compile("(?m)^m=audio (\\d+) RTP/AVP ([0-9 ]+)");

  /// Empty if there is no audio that these phones support.
  static Optional<Sdp> parse(byte[] body) {
    String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
    Matcher connection = CONNECTION.matcher(text);
    Matcher audio = AUDIO.matcher(text);
    if (!connection.find() || !audio.find()) {
      return Optional.empty();
    }
    List<String> types = List.of(audio.group(2).strip().split(" +"));
    List<Codec> codecs =
        types.stream()
            .flatMap(type ->
                Arrays.stream(Codec.values())
                    .filter(codec -> Integer.toString(codec.payloadType()).equals(type)))
            .toList();
    return codecs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Sdp(
                new InetSocketAddress(connection.group(1), Integer.parseInt(audio.group(1))),
                codecs));
  }

  String text() {
    String host = address.getAddress().getHostAddress();
    StringBuilder types = new StringBuilder();
    StringBuilder maps = new StringBuilder();
    for (Codec codec : codecs) {
      types.append(' ').append(codec.payloadType());
      maps.append("a=rtpmap:%d %s/8000\r\n".formatted(codec.payloadType(), codec));
    }
    return "v=0\r\no=- 1 1 IN IP4 %s\r\ns=-\r\nc=IN IP4 %s\r\nt=0 0\r\nm=audio %d RTP/AVP%s\r\n%sa=ptime:20\r\na=sendrecv\r\n"
        .formatted(host, host, address.getPort(), types, maps);
  }
}
