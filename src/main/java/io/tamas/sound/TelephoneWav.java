package io.tamas.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// WAV as Asterisk plays it everywhere: 8 kHz, mono, 16 bits. Pure but for the writing.
final class TelephoneWav {
  static final int BYTES_A_SECOND = 2 * 8000;

  private static final int RATE = 8000;
  private static final int HEADER = 44;

  private TelephoneWav() {}

  /// The number of bytes of samples for a duration.
  static int bytes(Duration duration) {
    return Math.toIntExact(duration.toMillis() * BYTES_A_SECOND / 1000);
  }

  /// @param samples signed, 16 bits, little end first
  static void write(byte[] samples, Path out) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(HEADER + samples.length).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(HEADER - 8 + samples.length).put(ascii("WAVE"));
    file.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    file.putInt(RATE).putInt(BYTES_A_SECOND).putShort((short) 2).putShort((short) 16);
    file.put(ascii("data")).putInt(samples.length).put(samples);
    Files.write(out, file.array());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
