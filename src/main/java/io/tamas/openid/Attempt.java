package io.tamas.openid;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// What one sign-in is told from all others by; the browser keeps it sealed until it comes back.
///
/// @param state that comes back with the browser
/// @param nonce that comes back within the token
/// @param verifier of PKCE (RFC 7636), by which the code is ours
/// @param redirect to where the issuer sends the browser back
public record Attempt(String state, String nonce, String verifier, String redirect) {
  private static final int BYTES = 32;

  public static Attempt random(SecureRandom random, String redirect) {
    return new Attempt(text(random), text(random), text(random), redirect);
  }

  private static String text(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return encoded(bytes);
  }

  /// By the method `S256`.
  String challenge() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return encoded(digest.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "****";
  }
}
