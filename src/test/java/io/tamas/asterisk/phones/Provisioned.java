package io.tamas.asterisk.phones;

import io.tamas.config.Codec;
import io.tamas.config.Config;
import io.tamas.config.Srtp;
import java.time.Duration;
import java.util.List;

/// What the tests of provisioning tell of voice.
final class Provisioned {
  static final Config.Media MEDIA =
      new Config.Media(
          "127.0.0.1", List.of(Codec.ALAW, Codec.ULAW), Srtp.OFF, Duration.ofSeconds(60));

  private Provisioned() {}
}
