package io.tamas.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamas.company.SoundFault;
import io.tamas.ops.AsteriskHome;
import io.tamas.ops.AsteriskProcess;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Speech and uploads through the real espeak-ng and sox of Asterisk's house.
class SoundsIT {
  private static AsteriskHome house;
  private static Sox sox;
  private static Espeak espeak;

  @TempDir private Path folder;

  @BeforeAll
  static void obtain() throws Exception {
    house = AsteriskHome.obtain(AsteriskProcess.home(System.getenv()), System.getenv());
    sox = new Sox(house.alone("sox"));
    espeak = new Espeak(house.alone("espeak-ng"), sox);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fa | به شرکت ما خوش آمدید. برای فروش، عدد یک را فشار دهید.
          tr | Şirketimize hoş geldiniz. Satış için birin üstüne basın.
          ru | Добро пожаловать. Чтобы связаться с отделом продаж, нажмите один.
          en | Welcome to our company. For sales, please press one.
          ar | أهلا وسهلا بكم في شركتنا. للمبيعات اضغط واحد.
          de | Willkommen. Für den Verkauf drücken Sie bitte die Eins.
          """)
  void textIsSpokenAudibly(String language, String text) throws Exception {
    Path out = folder.resolve("spoken.wav");
    espeak.speak(text, language, out);
    double seconds = loudSeconds(out);
    assertTrue(seconds > 1.5 && seconds < 15, language + ": " + seconds);
  }

  @Test
  void voiceNamesItsRelease() {
    assertTrue(espeak.voice().matches("espeak-ng-[0-9.]+"), espeak.voice());
  }

  @ParameterizedTest
  @ValueSource(strings = {"xx", "zzz", "../../etc", "-v", ""})
  void languageWithoutAVoiceIsSpokenByAnother(String language) throws Exception {
    Path out = folder.resolve("spoken.wav");
    espeak.speak("Welcome", language, out);
    assertTrue(loudSeconds(out) > 0.2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"$(reboot)", "`id`", "--version", "<speak>hi</speak>", "a; rm -rf /"})
  void textIsNoSyntax(String text) throws Exception {
    Path out = folder.resolve("spoken.wav");
    espeak.speak(text, "en", out);
    assertTrue(loudSeconds(out) > 0.1);
  }

  @Test
  void textWithoutAWordIsRefused() {
    Path out = folder.resolve("spoken.wav");
    assertThrows(SoundFault.Refused.class, () -> espeak.speak("   ", "en", out));
  }

  @Test
  void uploadsBecomeWhatAsteriskPlays() throws Exception {
    Path stereo = folder.resolve("upload");
    tone(stereo, 44_100, 2, 3);
    assertEquals(3, loudSeconds(converted(stereo)), 0.1);
    assertEquals(2, loudSeconds(converted(Path.of("src/test/resources/sound/tone.opus"))), 0.1);
    assertEquals(3, loudSeconds(converted(vorbis())), 0.1);
  }

  @Test
  void textThatIsCalledWavIsRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("song.wav"), "I am no sound\n".repeat(1000));
    refuses(text, "is neither WAV nor OGG");
    Path begun = Files.writeString(folder.resolve("begun"), "RIFF0000WAVE and then nothing");
    refuses(begun, "is not readable audio");
    Path cut = folder.resolve("cut");
    Files.write(cut, Arrays.copyOf(Files.readAllBytes(vorbis()), 200));
    refuses(cut, "is not readable audio");
  }

  @Test
  void soundThatGoesOnForHoursIsRefusedBeforeItsEnd() throws Exception {
    Path hours = folder.resolve("hours");
    tone(hours, 8000, 1, 1);
    try (RandomAccessFile file = new RandomAccessFile(hours.toFile(), "rw")) {
      file.setLength(500L << 20);
    }
    long before = System.nanoTime();
    refuses(hours, "is longer than 10 minutes");
    assertTrue(System.nanoTime() - before < Duration.ofSeconds(20).toNanos());
  }

  @Test
  void programThatIsMissingOrHangsIsNoFaultOfTheSound() throws Exception {
    Path sound = folder.resolve("upload");
    tone(sound, 8000, 1, 1);
    Path out = folder.resolve("out.wav");
    for (List<String> command :
        List.of(List.of("/no/such/sox"), house.alone("no-such-sox"), List.of("false"))) {
      assertThrows(
          SoundFault.Unavailable.class,
          () -> new Sox(command).convert(sound, out),
          () -> "" + command);
    }
    Program hanging = new Program(List.of("sleep", "60"), Duration.ofMillis(200));
    assertThrows(
        SoundFault.Unavailable.class,
        () -> hanging.run(List.of(), Files.newInputStream(sound), 100));
  }

  private void refuses(Path in, String why) {
    SoundFault.Refused refused =
        assertThrows(
            SoundFault.Refused.class, () -> sox.convert(in, folder.resolve("converted.wav")));
    assertEquals(why, refused.getMessage());
  }

  private Path converted(Path in) throws Exception {
    Path out = folder.resolve("converted.wav");
    sox.convert(in, out);
    return out;
  }

  private Path vorbis() throws IOException, InterruptedException {
    File file = folder.resolve("vorbis").toFile();
    List<String> command = new ArrayList<>(house.alone("sox"));
    command.addAll(List.of("-n", "-t", "vorbis", "-", "synth", "3", "sine", "440"));
    assertEquals(0, new ProcessBuilder(command).redirectOutput(file).start().waitFor());
    return file.toPath();
  }

  private static void tone(Path file, int rate, int channels, int seconds) throws IOException {
    ByteBuffer samples =
        ByteBuffer.allocate(2 * rate * channels * seconds).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; samples.hasRemaining(); i++) {
      samples.putShort((short) (8000 * Math.sin(2 * Math.PI * 440 * (i / channels) / rate)));
    }
    AudioFormat format = new AudioFormat(rate, 16, channels, true, false);
    try (AudioInputStream stream =
        new AudioInputStream(
            new java.io.ByteArrayInputStream(samples.array()), format, (long) rate * seconds)) {
      AudioSystem.write(stream, javax.sound.sampled.AudioFileFormat.Type.WAVE, file.toFile());
    }
  }

  /// How long something is to be heard, in a file of the form that Asterisk plays.
  private static double loudSeconds(Path wav) throws Exception {
    try (AudioInputStream sound = AudioSystem.getAudioInputStream(wav.toFile())) {
      AudioFormat format = sound.getFormat();
      assertEquals(
          "8000.0 16 1",
          format.getSampleRate() + " " + format.getSampleSizeInBits() + " " + format.getChannels());
      int loud = 0;
      byte[] window = new byte[1600];
      while (sound.readNBytes(window, 0, window.length) == window.length) {
        ByteBuffer samples = ByteBuffer.wrap(window).order(ByteOrder.LITTLE_ENDIAN);
        double energy = 0;
        while (samples.hasRemaining()) {
          double sample = samples.getShort();
          energy += sample * sample;
        }
        loud += Math.sqrt(energy / 800) > 327 ? 1 : 0;
      }
      return loud / 10.0;
    }
  }
}
