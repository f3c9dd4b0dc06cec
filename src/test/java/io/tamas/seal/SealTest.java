package io.tamas.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.tamas.config.Config;
import io.tamas.config.Secret;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SealTest {
  private static final byte[] SECRET = "رمز 1234".getBytes(UTF_8);

  private final Seal seal = sealBy("a key of at least 32 characters!");

  private static Seal sealBy(String key) {
    return Seal.of(new Config.Sealing(Optional.of(new Secret(key)))).orElseThrow();
  }

  @Test
  void whatIsSealedOpensAtItsPlaceByTheSameKey() {
    byte[] sealed = seal.seal("row 1", SECRET);
    Seal again = sealBy("a key of at least 32 characters!");
    assertArrayEquals(SECRET, again.open("row 1", sealed).orElseThrow());
    assertEquals(SECRET.length + 29, sealed.length);
  }

  @Test
  void itOpensNeitherAtAnotherPlaceNorByAnotherKey() {
    byte[] sealed = seal.seal("row 1", SECRET);
    assertEquals(Optional.empty(), seal.open("row 2", sealed));
    assertEquals(
        Optional.empty(), sealBy("a key of at least 32 characters?").open("row 1", sealed));
  }

  @Test
  void itDoesNotOpenWhenAnyByteWasChangedOrIsMissing() {
    byte[] sealed = seal.seal("row 1", SECRET);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertEquals(Optional.empty(), seal.open("row 1", changed), "byte " + i);
      assertEquals(Optional.empty(), seal.open("row 1", Arrays.copyOf(sealed, i)), "length " + i);
    }
  }

  @Test
  void theSameSecretIsSealedDifferentlyEachTime() {
    assertFalse(Arrays.equals(seal.seal("row 1", SECRET), seal.seal("row 1", SECRET)));
  }

  @Test
  void thereIsNoneWithoutAKey() {
    assertEquals(Optional.empty(), Seal.of(new Config.Sealing(Optional.empty())));
  }
}
