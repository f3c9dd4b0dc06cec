package io.tamas.cli;

import io.tamas.ops.VoiceSettings;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What an instance is told about voice on the command line; each is stored in the instance.
final class VoiceOptions {
  @Option(
      names = "--codecs",
      paramLabel = "LIST",
      description = "Codecs of phones and trunks, the preferred one first (opus,g722,alaw,ulaw)")
  private @Nullable String codecs;

  @Option(
      names = "--srtp",
      paramLabel = "off|optional|required",
      description = "Encryption of phones' voice (optional)")
  private @Nullable String srtp;

  @Option(
      names = "--voice-ports",
      paramLabel = "N",
      description =
          "How many UDP ports from --rtp-port on are for voice, four for each call (1000)")
  private @Nullable String ports;

  /// The options take precedence over the environment.
  VoiceSettings told(VoiceSettings before, Map<String, String> environment) {
    return before.told(
        Optional.ofNullable(codecs),
        Optional.ofNullable(srtp),
        Optional.ofNullable(ports),
        environment);
  }
}
