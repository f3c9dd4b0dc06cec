package io.tamas.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoundKindTest {
  @Test
  void aKindIsKnownByTheBeginning() throws IOException {
    assertEquals(Optional.of(SoundKind.WAV), kind("RIFF\u0001\u0002\u0003\u0004WAVEfmt "));
    assertEquals(
        Optional.of(SoundKind.OPUS),
        SoundKind.of(Files.readAllBytes(Path.of("src/test/resources/sound/tone.opus"))));
    assertEquals(
        Optional.of(SoundKind.VORBIS), kind("OggS" + "\0".repeat(22) + "\u0001\u0007\u0001vorbis"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "RIFF",
        "RIFF0000AVI ",
        "OggS",
        "#EXTM3U\nhttp://10.0.0.1/",
        "fLaC",
        "hello, I am a text",
        "<?xml version='1.0'?>"
      })
  void anythingElseIsNone(String text) {
    assertEquals(Optional.empty(), kind(text));
  }

  @Test
  void aPageThatPointsBeyondItsEndIsNone() {
    assertEquals(Optional.empty(), kind("OggS" + "\0".repeat(22) + "\u007f"));
  }

  private static Optional<SoundKind> kind(String beginning) {
    return SoundKind.of(beginning.getBytes(StandardCharsets.ISO_8859_1));
  }
}
