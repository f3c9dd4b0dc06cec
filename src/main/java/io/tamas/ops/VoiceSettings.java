package io.tamas.ops;

import io.tamas.config.Codec;
import io.tamas.config.Srtp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What an instance was told about voice; where nothing was told, the server's default holds.
///
/// @param codecs in order of preference; empty: not told
/// @param srtp of phones
public record VoiceSettings(List<Codec> codecs, Optional<Srtp> srtp) {
  public static final VoiceSettings DEFAULT = new VoiceSettings(List.of(), Optional.empty());

  private static final String CODECS = "codecs";
  private static final String SRTP = "srtp";

  public VoiceSettings {
    codecs = List.copyOf(codecs);
  }

  /// `TAMAS_MEDIA_CODECS`, with commas between codecs, and `TAMAS_MEDIA_SRTP`.
  ///
  /// @param codecsOption `--codecs`, which takes precedence
  /// @param srtpOption `--srtp`, which takes precedence
  /// @throws IllegalArgumentException with a message for users that names the option and its rule
  public VoiceSettings told(
      Optional<String> codecsOption, Optional<String> srtpOption, Map<String, String> environment) {
    Optional<String> codecsText =
        codecsOption.or(() -> SipRequest.variable(environment, "TAMAS_MEDIA_CODECS"));
    Optional<String> srtpText =
        srtpOption.or(() -> SipRequest.variable(environment, "TAMAS_MEDIA_SRTP"));
    return new VoiceSettings(
        codecsText.map(VoiceSettings::codecs).orElse(codecs),
        srtpText.map(VoiceSettings::srtp).or(() -> srtp));
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

  /// As in the server's configuration, or in the file of the instance.
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
      return DEFAULT.told(codecs, Yaml.text(read, SRTP), Map.of());
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  void write(Path file) throws IOException {
    Yaml.write(file, "What the instance was told about voice.", values());
  }

  /// For display: `codecs opus, alaw; SRTP required`; empty if nothing was told.
  public String text() {
    Stream<String> told =
        Stream.concat(
            codecs.isEmpty()
                ? Stream.empty()
                : Stream.of(
                    "codecs " + String.join(", ", codecs.stream().map(Codec::label).toList())),
            srtp.map(one -> "SRTP " + one.label()).stream());
    return String.join("; ", told.toList());
  }
}
