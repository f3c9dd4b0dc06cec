package io.tamas.user;

import io.tamas.config.Secret;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One-time codes as the programs on telephones make them (RFC 6238): HMAC-SHA-1 of the number of
/// 30 seconds since 1970, of which six digits are shown. Pure.
///
/// @param key 20 bytes, as RFC 4226 advises
record Totp(byte[] key) {
  private static final int KEY_BYTES = 20;
  private static final int SECONDS = 30;
  private static final int MODULUS = 1_000_000;
  private static final int LOW_4_BITS = 0xf;

  /// A clock may be so many steps wrong, and a person so slow.
  private static final int DRIFT = 1;

  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS_OF_LETTER = 5;

  static Totp random(SecureRandom random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return new Totp(key);
  }

  /// The step to which a code belongs, of those around a time; empty if it belongs to none.
  OptionalLong step(String code, Instant at) {
    long now = at.getEpochSecond() / SECONDS;
    OptionalLong found = OptionalLong.empty();
    for (long step = now - DRIFT; step <= now + DRIFT; step++) {
      if (MessageDigest.isEqual(bytes(code), bytes(code(step)))) {
        found = OptionalLong.of(step);
      }
    }
    return found;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String code(long step) {
    byte[] hash = hmac(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    int offset = hash[hash.length - 1] & LOW_4_BITS;
    int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
    return "%06d".formatted(number % MODULUS);
  }

  /// The code at a time.
  String code(Instant at) {
    return code(at.getEpochSecond() / SECONDS);
  }

  private byte[] hmac(byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA1", e);
    }
  }

  /// As people type it: Base32 (RFC 4648) without padding.
  Secret text() {
    StringBuilder text = new StringBuilder();
    int bits = 0;
    int waiting = 0;
    for (byte one : key) {
      waiting = waiting << Byte.SIZE | one & 0xff;
      bits += Byte.SIZE;
      while (bits >= BITS_OF_LETTER) {
        bits -= BITS_OF_LETTER;
        text.append(BASE32.charAt(waiting >> bits & BASE32.length() - 1));
      }
      waiting &= (1 << bits) - 1;
    }
    return new Secret(text.toString());
  }

  /// As the programs read it from a QR code.
  ///
  /// @param user the name of the user
  Secret uri(String user) {
    return new Secret(
        "otpauth://totp/Tamas:%s?secret=%s&issuer=Tamas&algorithm=SHA1&digits=6&period=%d"
            .formatted(URLEncoder.encode(user, StandardCharsets.UTF_8), text().reveal(), SECONDS));
  }

  @Override
  public String toString() {
    return "****";
  }
}
