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
record ManagerClient(int port, Secret password) {
  private static final int TIMEOUT_MILLIS = 5000;
  private static final String OUTPUT = "Output: ";

  String command(String command) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      send(
          socket,
          "Action: Login\r\nUsername: tamas\r\nEvents: off\r\nSecret: " + password.reveal());
      send(socket, "Action: Command\r\nActionID: c\r\nCommand: " + command);
      send(socket, "Action: Logoff");
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder output = new StringBuilder();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(OUTPUT)) {
          output.append(line.substring(OUTPUT.length())).append('\n');
        }
      }
      return output.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(Socket socket, String action) throws IOException {
    socket.getOutputStream().write((action + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
  }
}
