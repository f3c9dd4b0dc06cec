package io.tamas.asterisk.ari;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tamas.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// A peer that speaks Asterisk's side of ARI over a plain socket, and breaks it where a test wants.
final class ScriptedAsterisk implements AutoCloseable {
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final List<String> handshake = new ArrayList<>();
  private int pongs;

  record Frame(int opcode, byte[] data) {
    String text() {
      return new String(data, StandardCharsets.UTF_8);
    }
  }

  ScriptedAsterisk(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(5_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(socket.getOutputStream());
  }

  /// Connects as Asterisk does, with its setup answered.
  static ScriptedAsterisk connected(int port) throws IOException {
    ScriptedAsterisk asterisk = new ScriptedAsterisk(port);
    asterisk.upgrade("/asterisk/ari", "tamas", "right", "ari");
    asterisk.answerSetup("2026-11-21T01:00:00.000+0000");
    return asterisk;
  }

  /// The status of the answer to the upgrade.
  int upgrade(String path, String user, String password, String protocol) throws IOException {
    String basic =
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    raw(
        ("GET "
                + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: jtnxRwAAAACLBC4sAAAAAA==\r\n"
                + "Authorization: Basic "
                + basic
                + "\r\n"
                + "Sec-WebSocket-Protocol: "
                + protocol
                + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII));
    for (String line = line(); !line.isEmpty(); line = line()) {
      handshake.add(line);
    }
    return Integer.parseInt(handshake.getFirst().split(" ", 3)[1]);
  }

  List<String> handshake() {
    return handshake;
  }

  void answerSetup(String startedAt) throws IOException {
    answer(
        nextRequest("asterisk/info"),
        200,
        "{\"system\":{\"version\":\"22.10.1\"},\"status\":{\"startup_time\":\"%s\"}}"
            .formatted(startedAt));
    answer(nextRequest("applications/tamas/eventFilter"), 200, "{}");
    answer(nextRequest("applications/tamas"), 200, "{\"device_names\":[]}");
    answer(nextRequest("applications/tamas/subscription"), 200, "{}");
  }

  /// The next request; it must be for `uri`.
  JsonNode nextRequest(String uri) throws IOException {
    JsonNode request = nextRequest();
    if (!request.path("uri").asText().equals(uri)) {
      throw new AssertionError("expected a request for " + uri + ", got " + request);
    }
    return request;
  }

  JsonNode nextRequest() throws IOException {
    Frame frame = next(TEXT);
    return Json.mapper().readTree(frame.text());
  }

  /// How many pongs came while waiting for other frames.
  int pongs() {
    return pongs;
  }

  /// Answers pings only, so many of them.
  void answerPings(int wanted) throws IOException {
    for (int answered = 0; answered < wanted; ) {
      Frame frame = frame();
      if (frame.opcode() == PING) {
        frame(PONG, frame.data());
        answered++;
      }
    }
  }

  /// Waits for the close frame and tells its status.
  int awaitClose() throws IOException {
    byte[] data = next(CLOSE).data();
    return ((data[0] & 0xff) << 8) | (data[1] & 0xff);
  }

  void answer(JsonNode request, int status, String body) throws IOException {
    ObjectNode answer = Json.mapper().createObjectNode();
    answer.put("type", "RESTResponse");
    answer.put("request_id", request.path("request_id").asText());
    answer.put("status_code", status);
    answer.put("message_body", body);
    send(Json.write(answer));
  }

  void deviceState(String device, String state) throws IOException {
    send(
        ("{\"type\":\"DeviceStateChanged\",\"timestamp\":\"2026-11-21T01:00:01.000+0000\","
                + "\"device_state\":{\"name\":\"%s\",\"state\":\"%s\"}}")
            .formatted(device, state));
  }

  void send(String text) throws IOException {
    frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  void raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /// The head of a frame that promises `length` bytes.
  void head(long length) throws IOException {
    out.writeByte(0x80 | TEXT);
    out.writeByte(0x80 | 127);
    out.writeLong(length);
    out.writeInt(0);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private Frame next(int opcode) throws IOException {
    while (true) {
      Frame frame = frame();
      if (frame.opcode() == opcode) {
        return frame;
      }
      if (frame.opcode() == PONG) {
        pongs++;
      } else if (frame.opcode() == PING) {
        frame(PONG, frame.data());
      }
    }
  }

  private Frame frame() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    return new Frame(opcode, in.readNBytes(length));
  }

  /// With a mask of zeros, as it makes no difference to the other side.
  private void frame(int opcode, byte[] data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream frame = new DataOutputStream(bytes);
    frame.writeByte(0x80 | opcode);
    if (data.length < 126) {
      frame.writeByte(0x80 | data.length);
    } else if (data.length < 65_536) {
      frame.writeByte(0x80 | 126);
      frame.writeShort(data.length);
    } else {
      frame.writeByte(0x80 | 127);
      frame.writeLong(data.length);
    }
    frame.writeInt(0);
    frame.write(data);
    raw(bytes.toByteArray());
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
