package io.tamas.event;

import io.tamas.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A text message as the server's side of a WebSocket sends it (RFC 6455 section 5.2): one frame,
/// final, not masked, so that its bytes are the same for every client with equal rights and are
/// created once.
final class Frame {
  private static final byte FINAL_TEXT = (byte) 0x81;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;

  private Frame() {}

  /// The JSON of a message that has one field or more, up to its last brace.
  static byte[] open(Object message) {
    String json = Json.write(message);
    return json.substring(0, json.length() - 1).getBytes(StandardCharsets.UTF_8);
  }

  /// @param open a message as [#open] wrote it
  /// @param cursor of base64url
  static byte[] of(byte[] open, String cursor) {
    byte[] end = (",\"cursor\":\"" + cursor + "\"}").getBytes(StandardCharsets.US_ASCII);
    int length = open.length + end.length;
    ByteBuffer frame = ByteBuffer.allocate(10 + length).put(FINAL_TEXT);
    if (length < LENGTH_IN_2_BYTES) {
      frame.put((byte) length);
    } else if (length <= 0xFFFF) {
      frame.put((byte) LENGTH_IN_2_BYTES).putShort((short) length);
    } else {
      frame.put((byte) LENGTH_IN_8_BYTES).putLong(length);
    }
    frame.put(open).put(end).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  static byte[] of(Object message, String cursor) {
    return of(open(message), cursor);
  }
}
