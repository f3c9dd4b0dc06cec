package io.tamas.call.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// WAV files as Asterisk writes them.
public final class WavBytes {
  private WavBytes() {}

  /// Eight thousand samples a second, 16 bits, one channel.
  public static byte[] wav(int declared, int written) {
    ByteBuffer wav = ByteBuffer.allocate(44 + written).order(ByteOrder.LITTLE_ENDIAN);
    wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + declared);
    wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wav.putShort((short) 1).putShort((short) 1).putInt(8_000).putInt(16_000);
    wav.putShort((short) 2).putShort((short) 16);
    wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(declared);
    return wav.array();
  }
}
