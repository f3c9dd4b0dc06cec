package io.tamas.company;

/// Audio could not be created.
public abstract sealed class SoundFault extends Exception {
  private SoundFault(String message) {
    super(message);
  }

  /// The input is not audio, or cannot be synthesised: a retry fails again. The message is meant
  /// for users and contains no path.
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
