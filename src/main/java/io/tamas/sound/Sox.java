package io.tamas.sound;

import io.tamas.company.AudioConverter;
import io.tamas.company.SoundFault;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Converts WAV and OGG (Vorbis, Opus) to what Asterisk plays, by sox.
public final class Sox implements AudioConverter {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /// The maximum of the output.
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final Program program;

  /// @param command that starts sox
  public Sox(List<String> command) {
    this.program = new Program(command, DEADLINE);
  }

  @Override
  public void convert(Path in, Path out) throws SoundFault {
    try (InputStream from = new BufferedInputStream(Files.newInputStream(in))) {
      from.mark(SoundKind.BYTES);
      byte[] beginning = from.readNBytes(SoundKind.BYTES);
      from.reset();
      SoundKind kind =
          SoundKind.of(beginning)
              .orElseThrow(() -> new SoundFault.Refused("is neither WAV nor OGG"));
      TelephoneWav.write(samples(kind, from), out);
    } catch (IOException e) {
      throw new SoundFault.Unavailable("the disk fails: " + e.getClass().getSimpleName());
    }
  }

  /// Signed, 16 bits, little end first.
  byte[] samples(SoundKind kind, InputStream from) throws SoundFault {
    List<String> arguments =
        List.of(
            // the length of a stream is not known in advance, and speech engines do not know it;
            // the gain leaves headroom for the overshoot of the filters
            "--ignore-length",
            "-v",
            "0.9",
            "-t",
            kind.format(),
            "-",
            "-t",
            "raw",
            "-r",
            "8000",
            "-e",
            "signed",
            "-b",
            "16",
            "-L",
            "-c",
            "1",
            "-");
    Program.Result result = program.run(arguments, from, TelephoneWav.bytes(LONGEST));
    if (!result.complete()) {
      throw new SoundFault.Refused("is longer than " + LONGEST.toMinutes() + " minutes");
    }
    if (result.status() != 0 && !program.works()) {
      throw new SoundFault.Unavailable("sox cannot be run");
    }
    if (result.status() != 0 || result.bytes().length < TelephoneWav.bytes(SHORTEST)) {
      throw new SoundFault.Refused("is not readable audio");
    }
    return result.bytes();
  }
}
