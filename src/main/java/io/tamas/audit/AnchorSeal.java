package io.tamas.audit;

import io.tamas.seal.Seal;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says by the key of the instance that it was Tamas who cut the log off where it begins: whoever
/// has the database alone cannot move that place.
final class AnchorSeal {
  private static final String PLACE = "audit_anchor";

  private final Optional<Seal> seal;

  AnchorSeal(Optional<Seal> seal) {
    this.seal = seal;
  }

  /// Null without a key.
  @Nullable Buffer of(long position, Buffer hash) {
    return seal.map(by -> Buffer.buffer(by.seal(PLACE, content(position, hash)))).orElse(null);
  }

  /// Why the anchor does not count; empty without a key, and where nothing was cut off yet.
  Optional<String> fault(Row anchor) {
    long position = anchor.getLong("first");
    if (seal.isEmpty() || position == 0) {
      return Optional.empty();
    }
    byte[] content = content(position, anchor.getBuffer("first_hash"));
    boolean isOurs =
        Optional.ofNullable(anchor.getBuffer("seal"))
            .flatMap(sealed -> seal.get().open(PLACE, sealed.getBytes()))
            .filter(opened -> Arrays.equals(opened, content))
            .isPresent();
    return isOurs
        ? Optional.empty()
        : Optional.of(
            "the beginning of the chain, behind link "
                + position
                + ", was not cut off with the key of this instance");
  }

  private static byte[] content(long position, Buffer hash) {
    return ByteBuffer.allocate(Long.BYTES + hash.length())
        .putLong(position)
        .put(hash.getBytes())
        .array();
  }
}
