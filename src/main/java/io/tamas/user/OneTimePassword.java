package io.tamas.user;

import io.tamas.config.Secret;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/// Passwords that are generated and told once, such as those that are replaced at the first
/// sign-in: groups of five letters and digits, none of which looks like another, each of 24 random
/// bits.
final class OneTimePassword {
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int GROUPS = 4;
  private static final int LETTERS_OF_GROUP = 5;

  private OneTimePassword() {}

  static Secret generate(SecureRandom random) {
    return generate(random, GROUPS);
  }

  static Secret generate(SecureRandom random, int groups) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < groups * LETTERS_OF_GROUP; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return new Secret(grouped(text.toString()));
  }

  /// As it is told: with a hyphen between its groups.
  static String grouped(String letters) {
    return letters.replaceAll("(.{" + LETTERS_OF_GROUP + "})(?=.)", "$1-");
  }

  static boolean isRight(Secret given, Buffer stored) {
    return MessageDigest.isEqual(
        hash(new Secret(given.reveal().strip())).getBytes(), stored.getBytes());
  }

  static Buffer hash(Secret secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return Buffer.buffer(digest.digest(secret.reveal().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
