package io.tamas.user;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import io.tamas.config.Secret;
import io.tamas.work.BoundedPool;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/// Hashes passwords by Argon2id (RFC 9106) with 19 MiB, two passes and one lane, as OWASP advises.
/// At most two are hashed at once, and 50 wait: each needs its memory.
final class Passwords implements AutoCloseable {
  private static final int KIBIBYTES = 19 << 10;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int AT_ONCE = 2;
  private static final int WAITING = 50;

  /// The hash of no password: one that is looked for in vain takes as long as one that is wrong.
  private static final String NOBODY =
      "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
          .formatted(KIBIBYTES, PASSES, LANES, "A".repeat(22), "A".repeat(43));

  private final SecureRandom random = new SecureRandom();
  private final BoundedPool pool = new BoundedPool("password", AT_ONCE, WAITING);

  /// The text to be stored, with its salt and parameters (PHC string format).
  ///
  /// @throws Busy if too many wait
  String hash(Secret password) throws Busy {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return inPool(() -> argon2id().hash(bytes(password), salt).getResult());
  }

  /// Takes the same time whether there is such a user, and whether they have a one-time password.
  ///
  /// @throws Busy if too many wait
  boolean isRight(Secret given, Users.Login login) throws Busy {
    String stored = login.password().orElse(NOBODY);
    boolean isRight =
        inPool(() -> argon2id().check(bytes(given), stored.getBytes(StandardCharsets.US_ASCII)));
    return login
        .oneTime()
        .map(oneTime -> OneTimePassword.isRight(given, oneTime))
        .orElse(isRight && login.password().isPresent());
  }

  /// It keeps an empty memory of that size, so it is made when the first password is given.
  private static Argon2Function argon2id() {
    return Argon2Function.getInstance(KIBIBYTES, PASSES, LANES, HASH_BYTES, Argon2.ID);
  }

  /// The same characters may be typed as different code points.
  private static byte[] bytes(Secret password) {
    return Normalizer.normalize(password.reveal(), Normalizer.Form.NFC)
        .getBytes(StandardCharsets.UTF_8);
  }

  /// The request that waits has a deadline, which interrupts it.
  private <T> T inPool(Callable<T> work) throws Busy {
    Future<T> hashing = pool.submit(work).orElseThrow(Busy::new);
    try {
      return hashing.get();
    } catch (InterruptedException e) {
      hashing.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a password was hashed", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a password could not be hashed", e.getCause());
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
