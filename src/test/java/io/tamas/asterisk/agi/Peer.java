package io.tamas.asterisk.agi;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asterisk's side of a session, to be scripted: sends what a test wants, with a deadline on each
/// wait.
final class Peer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Socket socket;
  private final BufferedReader in;
  private final OutputStream out;

  Peer(int port) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      out = socket.getOutputStream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Peer send(String text) {
    return send(text.getBytes(UTF_8));
  }

  Peer send(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends although the server may have closed already.
  Peer sendRegardless(byte[] bytes) {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException closed) {
      // The test looks at how the session ended.
    }
    return this;
  }

  /// The next command, or null where the server closed.
  @Nullable String command() {
    try {
      return in.readLine();
    } catch (SocketException reset) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Answers each command with success until the server closes.
  ///
  /// @return the commands
  List<String> obey() {
    List<String> commands = new ArrayList<>();
    for (String command = command(); command != null; command = command()) {
      commands.add(command);
      send("200 result=1\n");
    }
    return commands;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
