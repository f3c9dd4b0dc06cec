package io.tamas.lab;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/// A pure tone, by which a phone is recognised in what another one heard or in a recording. In Hz.
public record Tone(int hertz) {
  private static final int RATE = 8000;
  private static final int WAV_HEADER = 44;

  /// Offsets in the header.
  private static final int WAV_CHANNELS = 22;

  private static final int WAV_RATE = 24;

  /// Samples of a tenth of a second: tones 10 Hz apart can be distinguished.
  private static final int WINDOW = RATE / 10;

  /// Below it a window is silence: 1 % of the loudest.
  private static final double SILENCE = 327;

  /// Writes it as a WAV file of 16 bit.
  void write(Path file, Duration length) throws IOException {
    Files.write(file, wav(length));
  }

  /// A WAV file of 16 bit.
  public byte[] wav(Duration length) {
    int frames = Math.toIntExact(length.toMillis() * RATE / 1000);
    ByteBuffer samples = ByteBuffer.allocate(2 * frames).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; samples.hasRemaining(); i++) {
      samples.putShort((short) (8000 * Math.sin(2 * Math.PI * hertz * i / RATE)));
    }
    var format = new AudioFormat(RATE, 16, 1, true, false);
    var file = new ByteArrayOutputStream();
    try (var stream =
        new AudioInputStream(new ByteArrayInputStream(samples.array()), format, frames)) {
      AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  /// Which of these tones are heard one after the other, each for two tenths of a second at least.
  static List<Tone> inTurn(Path wav, Tone... known) throws IOException {
    List<Tone> turns = new ArrayList<>();
    List<Tone> latest = new ArrayList<>();
    forEachWindow(
        wav,
        (number, window) -> {
          List<Tone> now = Stream.of(known).filter(tone -> tone.heardIn(window)).limit(1).toList();
          boolean goesOn = !now.isEmpty() && now.equals(latest);
          boolean isNew = turns.isEmpty() || !now.contains(turns.getLast());
          if (goesOn && isNew) {
            turns.addAll(now);
          }
          latest.clear();
          latest.addAll(now);
        });
    return turns;
  }

  /// For how many seconds it is heard in a WAV file of 16 bit, alone or with others. The file may
  /// still be growing: what its header says of its length is not looked at.
  public double seconds(Path wav) throws IOException {
    return heardIn(wav).cardinality() * (double) WINDOW / RATE;
  }

  /// In which tenths of a second it is heard.
  BitSet heardIn(Path wav) throws IOException {
    BitSet heard = new BitSet();
    forEachWindow(wav, (number, window) -> heard.set(number, heardIn(window)));
    return heard;
  }

  /// In which tenths of a second anything is heard.
  static BitSet soundIn(Path wav) throws IOException {
    BitSet sound = new BitSet();
    forEachWindow(wav, (number, window) -> sound.set(number, isSound(energy(window), window)));
    return sound;
  }

  @FunctionalInterface
  private interface Listener {
    void hears(int number, short[] window);
  }

  private static void forEachWindow(Path wav, Listener listener) throws IOException {
    byte[] bytes = Files.readAllBytes(wav);
    if (bytes.length <= WAV_HEADER) {
      return;
    }
    ShortBuffer samples = telephoneSamples(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    short[] window = new short[WINDOW];
    for (int number = 0; samples.remaining() >= WINDOW; number++) {
      samples.get(window);
      listener.hears(number, window);
    }
  }

  /// The first channel at 8 kHz: a file of a wideband codec has more of both.
  private static ShortBuffer telephoneSamples(ByteBuffer wav) {
    int channels = wav.getShort(WAV_CHANNELS);
    int step = channels * (wav.getInt(WAV_RATE) / RATE);
    ShortBuffer all =
        wav.position(WAV_HEADER).slice().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    if (step == 1) {
      return all;
    }
    ShortBuffer some = ShortBuffer.allocate(all.remaining() / step);
    while (some.hasRemaining()) {
      some.put(all.get(some.position() * step));
    }
    return some.flip();
  }

  private static double energy(short[] window) {
    double energy = 0;
    for (short sample : window) {
      energy += (double) sample * sample;
    }
    return energy;
  }

  private static boolean isSound(double energy, short[] window) {
    return energy > SILENCE * SILENCE * window.length;
  }

  /// The Goertzel algorithm: the share of this tone in the energy of the window. Two voices in one
  /// recording have half of it each.
  private boolean heardIn(short[] window) {
    double coefficient = 2 * Math.cos(2 * Math.PI * hertz / RATE);
    double before = 0;
    double last = 0;
    for (short sample : window) {
      double next = sample + coefficient * last - before;
      before = last;
      last = next;
    }
    double energy = energy(window);
    double power = last * last + before * before - coefficient * last * before;
    double share = 2 * power / (energy * window.length);
    return isSound(energy, window) && share > 0.25;
  }
}
