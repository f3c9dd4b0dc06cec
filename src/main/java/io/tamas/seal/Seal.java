package io.tamas.seal;

import io.tamas.config.Config;
import io.tamas.config.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// Seals secrets by AES-256-GCM (NIST SP 800-38D), with a key that is not in the database. Each is
/// sealed for its place, such as a row of a table: at another place it does not open.
///
/// Nonces are random, so one key is good for 2^32 secrets.
public final class Seal {
  private static final byte FORMAT = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  private Seal(SecretKey key) {
    this.key = key;
  }

  /// Empty without a key in the configuration.
  public static Optional<Seal> of(Config.Sealing config) {
    return config.key().map(Seal::of);
  }

  /// By a key of AES that is derived from a text (HKDF, RFC 5869).
  private static Seal of(Secret text) {
    byte[] bytes = text.reveal().getBytes(StandardCharsets.UTF_8);
    byte[] purpose = "tamas seal 1".getBytes(StandardCharsets.UTF_8);
    HKDFParameterSpec derivation =
        HKDFParameterSpec.ofExtract().addIKM(bytes).thenExpand(purpose, KEY_BYTES);
    try {
      return new Seal(KDF.getInstance("HKDF-SHA256").deriveKey("AES", derivation));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java 25 has HKDF", e);
    }
  }

  /// @param place where it is stored, such as `user_code 17`
  /// @return 29 bytes more than the secret
  public byte[] seal(String place, byte[] secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, place, nonce).doFinal(secret);
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put(FORMAT)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  /// The secret; empty if it was sealed by another key, for another place, or was changed.
  public Optional<byte[]> open(String place, byte[] sealed) {
    if (sealed.length < 1 + NONCE_BYTES + TAG_BITS / Byte.SIZE || sealed[0] != FORMAT) {
      return Optional.empty();
    }
    byte[] nonce = new byte[NONCE_BYTES];
    ByteBuffer.wrap(sealed).get(1, nonce);
    int start = 1 + NONCE_BYTES;
    try {
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, place, nonce).doFinal(sealed, start, sealed.length - start));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has AES-GCM", e);
    }
  }

  private Cipher cipher(int mode, String place, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
