package io.tamas.sound;

import io.tamas.company.SoundFault;
import io.tamas.company.SpeechEngine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Synthesises texts by espeak-ng, which has a voice for about a hundred languages, Persian,
/// Turkish, Russian, Arabic, German and English among them; and converts its output for Asterisk by
/// sox.
public final class Espeak implements SpeechEngine {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  /// 25 minutes at 22 kHz: a thousand digits, read out.
  private static final int MAX_BYTES = 64 << 20;

  /// Increased with each change of how texts are synthesised.
  private static final String STYLE = ".1";

  /// Its own 175 words a minute are too fast on the telephone.
  private static final String WORDS_A_MINUTE = "150";

  private static final String ANY_OTHER_VOICE = "en";
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");
  private static final Pattern RELEASE = Pattern.compile("text-to-speech: ([0-9.]{1,20})");

  private final Program program;
  private final Sox sox;
  private volatile String voice = "";

  /// @param command that starts espeak-ng
  public Espeak(List<String> command, Sox sox) {
    this.program = new Program(command, DEADLINE);
    this.sox = sox;
  }

  @Override
  public String voice() {
    if (voice.isEmpty()) {
      voice = release();
    }
    return "espeak-ng-" + (voice.isEmpty() ? "unknown" : voice) + STYLE;
  }

  private String release() {
    try {
      Program.Result version =
          program.run(List.of("--version"), InputStream.nullInputStream(), 1000);
      Matcher release = RELEASE.matcher(new String(version.bytes(), StandardCharsets.UTF_8));
      return release.find() ? release.group(1) : "";
    } catch (SoundFault.Unavailable e) {
      return "";
    }
  }

  @Override
  public void speak(String text, String language, Path out) throws SoundFault {
    byte[] wav = spoken(text, LANGUAGE.matcher(language).matches() ? language : ANY_OTHER_VOICE);
    try {
      TelephoneWav.write(sox.samples(SoundKind.WAV, new ByteArrayInputStream(wav)), out);
    } catch (IOException e) {
      throw new SoundFault.Unavailable("the disk fails: " + e.getClass().getSimpleName());
    }
  }

  private byte[] spoken(String text, String language) throws SoundFault {
    Program.Result result = run(text, language);
    if (result.status() != 0 && !language.equals(ANY_OTHER_VOICE)) {
      result = run(text, ANY_OTHER_VOICE);
    }
    if (!result.complete()) {
      throw new SoundFault.Refused("takes too long to speak");
    }
    if (result.status() != 0 && !program.works()) {
      throw new SoundFault.Unavailable("espeak-ng cannot be run");
    }
    if (result.status() != 0 || result.bytes().length == 0) {
      throw new SoundFault.Refused("has nothing to play");
    }
    return result.bytes();
  }

  private Program.Result run(String text, String language) throws SoundFault {
    // two opening brackets start the names of phonemes
    byte[] input = text.replace("[[", "[ [").getBytes(StandardCharsets.UTF_8);
    return program.run(
        List.of("-v", language, "-s", WORDS_A_MINUTE, "-b", "1", "--stdin", "--stdout"),
        new ByteArrayInputStream(input),
        MAX_BYTES);
  }
}
