package io.tamas.asterisk.phones;

import io.tamas.asterisk.phones.PjsipObject.Field;
import java.time.Duration;
import java.util.List;

/// What is peculiar to the SIP of a phone or a trunk.
///
/// @param rtpSilence after which its leg ends when it has sent neither RTP nor RTCP
/// @param answersOptions whether it may be asked by OPTIONS whether it is reachable
public record SipHabits(DtmfMode dtmf, Duration rtpSilence, boolean answersOptions) {
  /// The hold time that `dialplan/hold.conf` allows.
  private static final Duration LONGEST_HOLD = Duration.ofHours(2);

  /// How keys are sent and, in addition to SIP INFO, received.
  public enum DtmfMode {
    AUTO("auto"),
    RFC4733("rfc4733"),
    INFO("info"),
    INBAND("inband");

    private final String asterisk;

    DtmfMode(String asterisk) {
      this.asterisk = asterisk;
    }
  }

  /// Those of an endpoint.
  List<Field> fields() {
    return List.of(
        new Field("dtmf_mode", dtmf.asterisk),
        new Field("rtp_timeout", Long.toString(rtpSilence.toSeconds())),
        new Field("rtp_timeout_hold", Long.toString(hold().toSeconds())),
        // RFC 4028: the peer is asked every 45 s whether the call still exists, if it supports that
        new Field("timers", "yes"),
        new Field("timers_min_se", "90"),
        new Field("timers_sess_expires", "90"));
  }

  private Duration hold() {
    return rtpSilence.compareTo(LONGEST_HOLD) > 0 ? rtpSilence : LONGEST_HOLD;
  }

  /// Those of the contacts of an AOR.
  List<Field> qualify(Duration interval) {
    return List.of(
        new Field("qualify_frequency", answersOptions ? Long.toString(interval.toSeconds()) : "0"),
        new Field("qualify_timeout", "3.0"));
  }
}
