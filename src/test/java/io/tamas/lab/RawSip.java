package io.tamas.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/// SIP written by hand: messages as they are, also such as no honest phone sends.
final class RawSip implements AutoCloseable {
  private final DatagramSocket socket;
  private final InetSocketAddress server;

  RawSip(String host, int serverPort) {
    this(host, 0, serverPort);
  }

  /// @param port its own; 0: any
  RawSip(String host, int port, int serverPort) {
    try {
      socket = new DatagramSocket(new InetSocketAddress(host, port));
      server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A message that came in.
  record Message(String text) {
    /// The status of a response; 0 for a request.
    int status() {
      return text.startsWith("SIP/2.0 ") ? Integer.parseInt(text.substring(8, 11)) : 0;
    }

    String method() {
      return status() == 0 ? text.substring(0, text.indexOf(' ')) : "";
    }

    /// All header lines of this name.
    String headers(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return text.lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .collect(Collectors.joining("\r\n"));
    }

    String header(String name) {
      String line = headers(name).lines().findFirst().orElse(":");
      return line.substring(line.indexOf(':') + 1).strip();
    }
  }

  String address() {
    return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
  }

  /// RFC 3261 section 8.1.1.7.
  static String branch() {
    return "z9hG4bK" + token();
  }

  static String token() {
    return UUID.randomUUID().toString();
  }

  /// @param head lines, each ended by a newline
  void send(String head, String body) {
    byte[] content = body.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    String all = head + "Max-Forwards: 70\nContent-Length: " + content.length + "\n\n";
    byte[] text = all.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[text.length + content.length];
    System.arraycopy(text, 0, bytes, 0, text.length);
    System.arraycopy(content, 0, bytes, text.length, content.length);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void answer(Message request, int status, String reason, String toTag) {
    answer(request, status, reason, toTag, "", "");
  }

  /// @param more header lines, each ended by a newline
  void answer(Message request, int status, String reason, String toTag, String more, String body) {
    String to = request.headers("To");
    String head =
        "SIP/2.0 %d %s\n%s\n%s\n%s\n%s\n%s\n%s"
            .formatted(
                status,
                reason,
                request.headers("Via"),
                request.headers("From"),
                to.contains(";tag=") ? to : to + ";tag=" + toTag,
                request.headers("Call-ID"),
                request.headers("CSeq"),
                more);
    send(head.replace("\r\n", "\n"), body);
  }

  /// The next message, or an exception after `millis` or when closed.
  Message receive(int millis) throws IOException {
    byte[] buffer = new byte[65_536];
    var packet = new DatagramPacket(buffer, buffer.length);
    socket.setSoTimeout(millis);
    socket.receive(packet);
    return new Message(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    socket.close();
  }
}
