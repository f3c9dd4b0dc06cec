package io.tamas.call.recording;

import io.vertx.core.buffer.Buffer;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.IntStream;

/// The loudest sample of each of at most 400 equal parts of a recording, by channel: what a player
/// draws before it has any audio. A byte each, of which 255 is as loud as can be.
///
/// @param levels those of the first channel, then those of the second
record Peaks(int channels, Buffer levels) {
  private static final int MOST = 400;
  private static final int LOUDEST = 1 << 15;

  List<List<Integer>> byChannel() {
    int parts = levels.length() / channels;
    return IntStream.range(0, channels)
        .mapToObj(channel ->
            IntStream.range(channel * parts, (channel + 1) * parts)
                .mapToObj(at -> (int) levels.getUnsignedByte(at))
                .toList())
        .toList();
  }

  /// Takes the audio: samples of 16 bits with the low byte first, those of the channels in turn.
  static final class Meter extends OutputStream {
    private final int channels;
    private final long samples;
    private final int parts;
    private final byte[] levels;
    private long at;
    private int low = -1;

    /// @param frames how many samples each channel has
    Meter(int channels, long frames) {
      this.channels = channels;
      this.samples = frames * channels;
      this.parts = (int) Math.min(MOST, frames);
      this.levels = new byte[channels * parts];
    }

    @Override
    public void write(int octet) {
      if (low < 0) {
        low = octet & 0xff;
      } else {
        sample((short) (octet << 8 | low));
        low = -1;
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        write(bytes[i]);
      }
    }

    /// Rounded up, so that what can be heard can be seen.
    private void sample(int value) {
      if (at < samples) {
        int part = (int) (at / channels * parts / (samples / channels));
        int place = (int) (at % channels) * parts + part;
        int level = (Math.abs(value) * 255 + LOUDEST - 1) / LOUDEST;
        levels[place] = (byte) Math.max(levels[place] & 0xff, level);
        at++;
      }
    }

    Peaks peaks() {
      return new Peaks(channels, Buffer.buffer(levels));
    }
  }
}
