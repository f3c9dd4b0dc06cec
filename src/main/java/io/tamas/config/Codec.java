package io.tamas.config;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A codec for voice.
public enum Codec {
  /// RFC 6716.
  OPUS,
  /// ITU-T G.722.
  G722,
  /// ITU-T G.711, A-law.
  ALAW,
  /// ITU-T G.711, µ-law.
  ULAW;

  /// Its name in the configuration, and in Asterisk.
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Empty if it is none of them.
  public static Optional<Codec> parse(String label) {
    return Stream.of(values()).filter(one -> one.label().equals(label)).findFirst();
  }
}
