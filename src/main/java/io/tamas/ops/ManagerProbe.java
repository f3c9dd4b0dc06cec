package io.tamas.ops;

import io.tamas.config.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Checks by Asterisk's manager interface whether all modules are loaded.
final class ManagerProbe {
  private static final int TIMEOUT_MILLIS = 500;
  private static final int MAX_LINES = 40;

  private ManagerProbe() {}

  /// It sends the event `FullyBooted` after the login, or as soon as they are loaded.
  static boolean fullyBooted(int port, Secret password) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      String login =
          "Action: Login\r\nUsername: tamas\r\nSecret: " + password.reveal() + "\r\n\r\n";
      socket.getOutputStream().write(login.getBytes(StandardCharsets.US_ASCII));
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (int i = 0; i < MAX_LINES; i++) {
        String line = reader.readLine();
        if (line == null || line.equals("Event: FullyBooted")) {
          return line != null;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }
}
