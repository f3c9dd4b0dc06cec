package io.tamas.asterisk.phones;

import io.tamas.asterisk.ari.Ari;
import io.tamas.asterisk.ari.AriRequest;
import io.tamas.config.Codec;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Finds out which codecs an Asterisk can transcode.
final class Transcoders {
  private final Ari ari;
  private final Duration timeout;

  Transcoders(Ari ari, Duration timeout) {
    this.ari = ari;
    this.timeout = timeout;
  }

  Set<Codec> ask() throws TimeoutException, InterruptedException {
    Set<Codec> found = EnumSet.noneOf(Codec.class);
    for (Codec codec : Codec.values()) {
      for (String module : modules(codec)) {
        if (isLoaded(module)) {
          found.add(codec);
        }
      }
    }
    return found;
  }

  /// Any one of them is sufficient.
  private static List<String> modules(Codec codec) {
    return switch (codec) {
      case OPUS -> List.of("codec_opus.so", "codec_opus_open_source.so");
      case G722 -> List.of("codec_g722.so");
      case ALAW -> List.of("codec_alaw.so");
      case ULAW -> List.of("codec_ulaw.so");
    };
  }

  private boolean isLoaded(String module) throws TimeoutException, InterruptedException {
    return ari.request(AriRequest.get("asterisk/modules/" + module))
        .await(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .ok();
  }
}
