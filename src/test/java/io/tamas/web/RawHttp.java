package io.tamas.web;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Requests byte by byte, as no client library would send them.
final class RawHttp {
  private static final int DEADLINE_MILLIS = 10_000;

  private RawHttp() {}

  /// Sends the text and reads until the server closes.
  static String send(int port, String... parts) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(DEADLINE_MILLIS);
      OutputStream out = socket.getOutputStream();
      for (String part : parts) {
        out.write(part.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
      }
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static String get(String path) {
    return "GET "
        + path
        + " HTTP/1.1\r\nhost: x\r\nauthorization: Bearer reader\r\nconnection: close\r\n\r\n";
  }
}
