package io.tamas.company;

/// A sound could not be made.
public abstract sealed class SoundFault extends Exception {
  private SoundFault(String message) {
    super(message);
  }

  /// What came in is no sound, or cannot be spoken: the same again fails again. The message is for
  /// people and names no path.
  public static final class Refused extends SoundFault {
    public Refused(String message) {
      super(message);
    }
  }

  /// The engine is missing, died, or did not end before its deadline: a retry can help.
  public static final class Unavailable extends SoundFault {
    public Unavailable(String message) {
      super(message);
    }
  }
}
