package io.tamas.company;

import io.tamas.config.Secret;
import java.util.random.RandomGenerator;

/// Generates passwords that can be read out and typed on a phone: no letter looks like another. 20
/// of 55 characters are 115 bits.
public final class PhonePasswords {
  private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final int LENGTH = 20;

  private final RandomGenerator random;

  /// @param random a `SecureRandom`
  public PhonePasswords(RandomGenerator random) {
    this.random = random;
  }

  Secret next() {
    StringBuilder password = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new Secret(password.toString());
  }
}
