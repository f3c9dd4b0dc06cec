package io.tamas.call.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeaksTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1,1",
    "-1,1",
    "128,1",
    "129,2",
    "16384,128",
    "32767,255",
    "-32768,255",
    "-16384,128"
  })
  void aSampleIsAsLoudAsItIsFarFromSilence(int sample, int level) {
    assertEquals(List.of(List.of(level)), peaks(1, sample));
  }

  @Test
  void channelsAreApart() {
    assertEquals(
        List.of(List.of(255, 0, 1), List.of(0, 128, 2)), peaks(2, 32_767, 0, 0, 16_384, 1, 129));
  }

  @Test
  void ofEachPartTheLoudestSampleCounts() {
    int[] samples = new int[1_000];
    samples[2] = 300;
    samples[1] = -16_384;
    samples[999] = 32_767;
    List<Integer> levels = peaks(1, samples).getFirst();
    assertEquals(400, levels.size());
    assertEquals(128, levels.getFirst());
    assertEquals(255, levels.getLast());
    assertEquals(398, Collections.frequency(levels, 0));
  }

  /// In pieces that end within a sample; what is behind the last frame does not count.
  private static List<List<Integer>> peaks(int channels, int... samples) {
    ByteBuffer audio = ByteBuffer.allocate(samples.length * 2 + 3).order(ByteOrder.LITTLE_ENDIAN);
    for (int sample : samples) {
      audio.putShort((short) sample);
    }
    audio.put((byte) -1).put((byte) 127).put((byte) 1);
    Peaks.Meter meter = new Peaks.Meter(channels, samples.length / channels);
    for (int at = 0; at < audio.capacity(); at += 3) {
      meter.write(audio.array(), at, Math.min(3, audio.capacity() - at));
    }
    return meter.peaks().byChannel();
  }
}
