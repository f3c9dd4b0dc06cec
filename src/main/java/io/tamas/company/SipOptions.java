package io.tamas.company;

import java.time.Duration;
import java.util.Optional;

/// What is peculiar to the SIP of a phone or a trunk. All of it is optional: the defaults are right
/// for most.
///
/// @param dtmf by default [Dtmf#AUTO]
/// @param rtpSilence after which a call of it ends when this side has sent neither RTP nor RTCP; by
///   default 30 minutes
/// @param ignoresOptions whether it never answers OPTIONS: then it is not asked, and is regarded as
///   reachable as long as it is registered
public record SipOptions(
    Optional<Dtmf> dtmf, Optional<Duration> rtpSilence, boolean ignoresOptions) {
  public static final Duration DEFAULT_SILENCE = Duration.ofMinutes(30);
  static final Duration LONGEST_SILENCE = Duration.ofDays(1);

  public static final SipOptions NONE = new SipOptions(Optional.empty(), Optional.empty(), false);

  public Duration silence() {
    return rtpSilence.orElse(DEFAULT_SILENCE);
  }

  static void check(FieldRules fields, Optional<SipOptions> options) {
    options
        .flatMap(SipOptions::rtpSilence)
        .ifPresent(silence ->
            fields.seconds(
                "/sip/rtpSilence",
                silence,
                LONGEST_SILENCE,
                "1 s to 24 h in whole seconds, such as PT30M"));
  }

  /// How keys are sent during a call. Keys by SIP INFO are received in each case.
  public enum Dtmf {
    /// By RFC 4733 if both sides can, else as tones.
    AUTO,
    /// By RFC 4733.
    RFC4733,
    /// By SIP INFO. Tones are not looked for.
    INFO,
    /// As tones, also if the other side can do RFC 4733.
    INBAND
  }
}
