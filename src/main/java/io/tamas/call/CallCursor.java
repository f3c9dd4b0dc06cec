package io.tamas.call;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/// The place in a list of calls, newest first, behind which the next page begins.
record CallCursor(Instant startedAt, String id) {
  /// Linked ids are shorter, and so is what PostgreSQL's index takes.
  private static final int MAX_ID = 200;

  static CallCursor of(CallRecord call) {
    return new CallCursor(call.startedAt(), call.id());
  }

  /// Opaque to clients: base64url of the microsecond (8 bytes) and the id.
  String text() {
    byte[] name = id.getBytes(StandardCharsets.UTF_8);
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, startedAt);
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + name.length).putLong(micros).put(name);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /// Reads what [#text] wrote; anything else is empty.
  static Optional<CallCursor> parse(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() < Long.BYTES || bytes.remaining() > Long.BYTES + MAX_ID) {
        return Optional.empty();
      }
      long micros = bytes.getLong();
      String id = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      boolean ours = micros >= 0 && micros < 1L << 53 && id.indexOf('\0') < 0;
      Instant startedAt = Instant.EPOCH.plus(Math.max(0, micros), ChronoUnit.MICROS);
      return ours ? Optional.of(new CallCursor(startedAt, id)) : Optional.empty();
    } catch (IllegalArgumentException | CharacterCodingException | ArithmeticException notOurs) {
      return Optional.empty();
    }
  }
}
