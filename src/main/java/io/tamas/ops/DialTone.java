package io.tamas.ops;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// The dial tone that a phone hears after the transfer key: 425 Hz (ITU-T E.180), as a WAV file of
/// 8 kHz. Pure.
///
/// Asterisk plays its own tone only after an announcement, and takes a `#` that is pressed as the
/// first key during the announcement only (`asterisk-conf/features.conf`). So this is the
/// announcement.
final class DialTone {
  private static final int RATE = 8_000;
  private static final double HERTZ = 425;
  private static final double LOUDNESS = 3_000;
  private static final Duration LENGTH = Duration.ofSeconds(5);
  private static final int HEADER = 44;

  private DialTone() {}

  static byte[] wav() {
    int samples = Math.toIntExact(LENGTH.toSeconds() * RATE);
    ByteBuffer file = ByteBuffer.allocate(HEADER + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(HEADER - 8 + 2 * samples).put(ascii("WAVEfmt "));
    file.putInt(16).putShort((short) 1).putShort((short) 1);
    file.putInt(RATE).putInt(2 * RATE).putShort((short) 2).putShort((short) 16);
    file.put(ascii("data")).putInt(2 * samples);
    for (int i = 0; i < samples; i++) {
      file.putShort((short) (LOUDNESS * Math.sin(2 * Math.PI * HERTZ * i / RATE)));
    }
    return file.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
