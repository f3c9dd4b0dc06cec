package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What the user of a telephone has heard in its latest call.
record Ear(String owner, Baresip device) {
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  /// From now on, for half a second at least.
  void hears(Tone voice) {
    Optional<Path> call = device.heard();
    double before = call.map(file -> seconds(voice, file)).orElse(0.0);
    eventually(
        owner + " hears " + voice,
        DEADLINE,
        () -> {
          Optional<Path> now = device.heard();
          double known = now.equals(call) ? before : 0;
          return now.filter(file -> seconds(voice, file) >= known + 0.5).isPresent();
        });
  }

  void hearsInTurn(Tone... expected) {
    List<Tone> wanted = List.of(expected);
    eventually(
        owner + " hears " + wanted,
        DEADLINE,
        () -> device.heard().filter(file -> turns(file, expected).equals(wanted)).isPresent());
  }

  void neverHears(Tone voice) {
    double heard = device.heard().map(file -> seconds(voice, file)).orElse(0.0);
    assertEquals(0.0, heard, voice::toString);
  }

  void hearsAnything(Duration atLeast) {
    hearsFor(atLeast, "anything", Ear::sound);
  }

  void hearsSomethingElseThan(Tone voice, Duration atLeast) {
    hearsFor(
        atLeast,
        "something else than " + voice,
        file -> {
          BitSet sound = sound(file);
          sound.andNot(heard(voice, file));
          return sound;
        });
  }

  private void hearsFor(Duration atLeast, String what, Function<Path, BitSet> heard) {
    long tenths = atLeast.toMillis() / 100;
    eventually(
        owner + " hears " + what,
        DEADLINE,
        () -> device.heard().filter(file -> heard.apply(file).cardinality() >= tenths).isPresent());
  }

  private static BitSet heard(Tone voice, Path file) {
    try {
      return voice.heardIn(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BitSet sound(Path file) {
    try {
      return Tone.soundIn(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Tone> turns(Path file, Tone... known) {
    try {
      return Tone.inTurn(file, known);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double seconds(Tone voice, Path file) {
    try {
      return voice.seconds(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
