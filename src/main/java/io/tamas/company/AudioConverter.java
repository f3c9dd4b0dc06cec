package io.tamas.company;

import java.nio.file.Path;

/// Converts an audio file to what Asterisk plays everywhere: WAV, 8 kHz, mono, 16 bits.
@FunctionalInterface
public interface AudioConverter {

  /// Overwrites `out`; after a fault it may be incomplete. Waits, but no longer than its own
  /// deadline. May be called by several threads at once.
  ///
  /// @param in uploaded WAV or OGG; its name does not show which
  /// @throws SoundFault.Refused if `in` is not audio, whatever its first bytes say, or is too long
  void convert(Path in, Path out) throws SoundFault;
}
