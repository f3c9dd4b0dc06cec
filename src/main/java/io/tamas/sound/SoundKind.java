package io.tamas.sound;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The kind of audio that a file claims to be by its first bytes. Pure.
///
/// A converter that guessed the kind would also open playlists and other formats.
enum SoundKind {
  WAV("wav"),
  VORBIS("vorbis"),
  OPUS("opus");

  /// Enough of a file to recognise its kind.
  static final int BYTES = 512;

  /// Of a page of OGG, up to the table of its segments (RFC 3533 section 6).
  private static final int OGG_PAGE = 27;

  private final String format;

  SoundKind(String format) {
    this.format = format;
  }

  /// The name of the kind in sox.
  String format() {
    return format;
  }

  static Optional<SoundKind> of(byte[] beginning) {
    if (has(beginning, 0, "RIFF") && has(beginning, 8, "WAVE")) {
      return Optional.of(WAV);
    }
    if (!has(beginning, 0, "OggS") || beginning.length < OGG_PAGE) {
      return Optional.empty();
    }
    int packet = OGG_PAGE + Byte.toUnsignedInt(beginning[OGG_PAGE - 1]);
    if (has(beginning, packet, "OpusHead")) {
      return Optional.of(OPUS);
    }
    return has(beginning, packet, "\u0001vorbis") ? Optional.of(VORBIS) : Optional.empty();
  }

  private static boolean has(byte[] bytes, int at, String text) {
    byte[] expected = text.getBytes(StandardCharsets.US_ASCII);
    return bytes.length >= at + expected.length
        && ByteBuffer.wrap(bytes, at, expected.length).equals(ByteBuffer.wrap(expected));
  }
}
