package io.tamas.company;

import java.nio.file.Path;

/// Synthesises speech from texts.
public interface SpeechEngine {

  /// The engine and the release of its voices, such as `espeak-ng-1.52`: when it changes, all texts
  /// are synthesised anew.
  String voice();

  /// Overwrites `out` with what Asterisk plays everywhere: WAV, 8 kHz, mono, 16 bits; after a fault
  /// it may be incomplete. Waits, but no longer than its own deadline. Called by one thread at a
  /// time.
  ///
  /// @param text untrusted: 1 to 1,000 characters without control characters or line separators,
  ///   never to be taken as syntax
  /// @param language two or three letters of ISO 639; for one without a voice another voice is used
  /// @throws SoundFault.Refused if this text cannot be synthesised
  void speak(String text, String language, Path out) throws SoundFault;
}
