package io.tamas.company;

import java.nio.file.Path;

/// Makes a sound file into what Asterisk plays everywhere: WAV, 8 kHz, mono, 16 bits.
@FunctionalInterface
public interface AudioConverter {

  /// Writes `out` anew; after a fault it may be there in part. Waits, but no longer than a deadline
  /// of its own. May be called by several threads at once.
  ///
  /// @param in WAV or OGG from outside, under a name that says nothing of its kind
  /// @throws SoundFault.Refused when `in` is no sound, whatever its first bytes say, or lasts too
  ///   long
  void convert(Path in, Path out) throws SoundFault;
}
