package io.tamas.asterisk.phones;

/// How many messages in a mailbox are new, and how many were heard; of more than 99 a phone is told
/// 99 (RFC 3842 section 3.5).
public record MessageCount(int fresh, int heard) {
  public static final MessageCount NONE = new MessageCount(0, 0);

  private static final int MAX = 99;

  public MessageCount {
    if (fresh < 0 || heard < 0) {
      throw new IllegalArgumentException("fewer than no messages");
    }
    fresh = Math.min(fresh, MAX);
    heard = Math.min(heard, MAX);
  }
}
