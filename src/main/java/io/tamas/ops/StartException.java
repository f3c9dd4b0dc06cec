package io.tamas.ops;

/// An instance could not be started; the message tells the user what was wrong and what to do.
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  public StartException(String message) {
    super(message);
  }

  public StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
