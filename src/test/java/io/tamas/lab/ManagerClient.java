package io.tamas.lab;

import io.tamas.config.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Runs console commands of Asterisk by its manager interface, a connection for each.
///
/// @param user an account of `manager.conf`
record ManagerClient(int port, String user, Secret password) {
  private static final int TIMEOUT_MILLIS = 5000;

  String command(String command) {
    return exchange("Action: Command\r\nCommand: " + command, "Output: ");
  }

  /// What Asterisk says to an action; first of all to the login.
  String answer(String action) {
    return exchange(action, "Message: ");
  }

  /// What a variable or a function without side effects says on a channel.
  String variable(String channel, String variable) {
    String action = "Action: Getvar\r\nChannel: " + channel + "\r\nVariable: " + variable;
    return exchange(action, "Value: ").strip();
  }

  /// Sets it.
  void variable(String channel, String variable, String value) {
    String action =
        "Action: Setvar\r\nChannel: %s\r\nVariable: %s\r\nValue: %s"
            .formatted(channel, variable, value);
    String answer = exchange(action, "Message: ");
    if (!answer.contains("Variable Set")) {
      throw new AssertionError(variable + " on " + channel + ": " + answer);
    }
  }

  private String exchange(String action, String wanted) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      send(
          socket,
          "Action: Login\r\nUsername: " + user + "\r\nEvents: off\r\nSecret: " + password.reveal());
      send(socket, action);
      send(socket, "Action: Logoff");
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder found = new StringBuilder();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(wanted)) {
          found.append(line.substring(wanted.length())).append('\n');
        }
      }
      return found.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(Socket socket, String action) throws IOException {
    socket.getOutputStream().write((action + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
