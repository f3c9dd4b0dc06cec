package io.tamas.crm;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// The place in the list of profiles where the next page begins.
public record ProfileCursor(String search, long id) {

  /// Opaque to clients: base64url of the id (8 bytes) and the folded name.
  String text() {
    byte[] name = search.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + name.length).putLong(id).put(name);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /// Reads what [#text] wrote; anything else is empty.
  static Optional<ProfileCursor> parse(String text) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
      if (bytes.remaining() < Long.BYTES) {
        return Optional.empty();
      }
      long id = bytes.getLong();
      String search = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return search.indexOf('\0') < 0
          ? Optional.of(new ProfileCursor(search, id))
          : Optional.empty();
    } catch (IllegalArgumentException | CharacterCodingException notOurs) {
      return Optional.empty();
    }
  }
}
