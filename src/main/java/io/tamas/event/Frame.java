package io.tamas.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.tamas.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A text message as the server's side of a WebSocket sends it (RFC 6455 section 5.2): one frame,
/// final, not masked, so that its bytes are the same for every client and are created once.
final class Frame {
  private static final byte FINAL_TEXT = (byte) 0x81;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;

  private Frame() {}

  static byte[] of(Object message) {
    byte[] text = Json.write(message).getBytes(StandardCharsets.UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(10 + text.length).put(FINAL_TEXT);
    if (text.length < LENGTH_IN_2_BYTES) {
      frame.put((byte) text.length);
    } else if (text.length <= 0xFFFF) {
      frame.put((byte) LENGTH_IN_2_BYTES).putShort((short) text.length);
    } else {
      frame.put((byte) LENGTH_IN_8_BYTES).putLong(text.length);
    }
    frame.put(text).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  /// The message of a frame.
  static JsonNode message(byte[] frame) {
    int header =
        switch (frame[1]) {
          case LENGTH_IN_2_BYTES -> 4;
          case LENGTH_IN_8_BYTES -> 10;
          default -> 2;
        };
    return Json.read(
        new String(frame, header, frame.length - header, StandardCharsets.UTF_8), JsonNode.class);
  }
}
