package io.tamas.company;

import java.nio.file.Path;

/// Speaks texts.
public interface SpeechEngine {

  /// The engine and the release of its voices, such as `espeak-ng-1.52`: when it changes, all texts
  /// are spoken anew.
  String voice();

  /// Writes `out` anew as what Asterisk plays everywhere: WAV, 8 kHz, mono, 16 bits; after a fault
  /// it may be there in part. Waits, but no longer than a deadline of its own. Called by one thread
  /// at a time.
  ///
  /// @param text from outside: 1 to 1,000 characters without control characters, never syntax
  /// @param language two or three letters of ISO 639; one without a voice is spoken by some other
  /// @throws SoundFault.Refused when this text cannot be spoken
  void speak(String text, String language, Path out) throws SoundFault;
}
