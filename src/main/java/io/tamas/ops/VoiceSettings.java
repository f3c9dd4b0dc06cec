package io.tamas.ops;

import io.tamas.config.Codec;
import io.tamas.config.Srtp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What an instance was told about voice; where nothing was told, the server's default holds.
///
/// @param codecs in order of preference; empty: not told
/// @param srtp of phones
/// @param ports how many UDP ports Asterisk has for voice
public record VoiceSettings(List<Codec> codecs, Optional<Srtp> srtp, int ports) {
  /// Enough for 250 calls: a call has two legs, each of them a port for RTP and one for RTCP.
  public static final int PORTS = 1000;

  public static final VoiceSettings DEFAULT = new VoiceSettings(List.of(), Optional.empty(), PORTS);

  private static final int FEWEST = 20;
  private static final int MOST = 40_000;

  private static final String CODECS = "codecs";
  private static final String SRTP = "srtp";
  private static final String COUNT = "ports";

  public VoiceSettings {
    codecs = List.copyOf(codecs);
  }

  /// `TAMAS_MEDIA_CODECS`, with commas between codecs, `TAMAS_MEDIA_SRTP`, and `TAMAS_VOICE_PORTS`.
  ///
  /// @param codecsOption `--codecs`, which takes precedence
  /// @param srtpOption `--srtp`, which takes precedence
  /// @param portsOption `--voice-ports`, which takes precedence
  /// @throws IllegalArgumentException with a message for users that names the option and its rule
  public VoiceSettings told(
      Optional<String> codecsOption,
      Optional<String> srtpOption,
      Optional<String> portsOption,
      Map<String, String> environment) {
    Optional<String> codecsText =
        codecsOption.or(() -> SipRequest.variable(environment, "TAMAS_MEDIA_CODECS"));
    Optional<String> srtpText =
        srtpOption.or(() -> SipRequest.variable(environment, "TAMAS_MEDIA_SRTP"));
    return new VoiceSettings(
        codecsText.map(VoiceSettings::codecs).orElse(codecs),
        srtpText.map(VoiceSettings::srtp).or(() -> srtp),
        portsOption
            .or(() -> SipRequest.variable(environment, "TAMAS_VOICE_PORTS"))
            .map(VoiceSettings::count)
            .orElse(ports));
  }

  private static List<Codec> codecs(String text) {
    return Stream.of(text.split(","))
        .map(String::strip)
        .map(VoiceSettings::codec)
        .distinct()
        .toList();
  }

  private static Codec codec(String text) {
    return Codec.parse(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--codecs must be opus, g722, alaw or ulaw, with commas between: " + text));
  }

  private static Srtp srtp(String text) {
    return Srtp.parse(text)
        .orElseThrow(() ->
            new IllegalArgumentException("--srtp must be off, optional or required: " + text));
  }

  private static int count(String text) {
    try {
      int count = Integer.parseInt(text.strip());
      if (count >= FEWEST && count <= MOST) {
        return count;
      }
    } catch (NumberFormatException noNumber) {
      // told below
    }
    throw new IllegalArgumentException(
        "--voice-ports must be a whole number from %d to %d: %s".formatted(FEWEST, MOST, text));
  }

  /// As in the server's configuration.
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    if (!codecs.isEmpty()) {
      values.put(CODECS, codecs.stream().map(Codec::label).toList());
    }
    srtp.ifPresent(told -> values.put(SRTP, told.label()));
    return values;
  }

  /// @throws IOException with a message for users, if somebody wrote something else into it
  static VoiceSettings read(Path file) throws IOException {
    Map<String, Object> read = Yaml.read(file);
    Optional<String> codecs =
        read.get(CODECS) instanceof List<?> list && !list.isEmpty()
            ? Optional.of(String.join(",", list.stream().map(String::valueOf).toList()))
            : Optional.empty();
    try {
      Optional<String> ports = Optional.ofNullable(read.get(COUNT)).map(String::valueOf);
      return DEFAULT.told(codecs, Yaml.text(read, SRTP), ports, Map.of());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  void write(Path file) throws IOException {
    Map<String, Object> told = values();
    if (ports != PORTS) {
      told.put(COUNT, ports);
    }
    Yaml.write(file, "What the instance was told about voice.", told);
  }

  /// For display: `codecs opus, alaw; SRTP required; 200 voice ports`; empty if nothing was told.
  public String text() {
    List<String> told = new ArrayList<>();
    if (!codecs.isEmpty()) {
      told.add("codecs " + String.join(", ", codecs.stream().map(Codec::label).toList()));
    }
    srtp.ifPresent(one -> told.add("SRTP " + one.label()));
    if (ports != PORTS) {
      told.add(ports + " voice ports");
    }
    return String.join("; ", told);
  }
}
