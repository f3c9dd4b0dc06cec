package io.tamas.asterisk.phones;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/// What carries a phone's SIP to the Asterisk of a test: messages without a body.
sealed interface Wire extends AutoCloseable {
  int TIMEOUT_MILLIS = 1_000;

  /// As in a `Via`.
  String transport();

  int port();

  void send(String message) throws IOException;

  /// The next message.
  ///
  /// @throws java.net.SocketTimeoutException when none comes within a second
  String receive() throws IOException;

  /// From now on waits for messages without an end.
  void waitsForever() throws IOException;

  @Override
  void close() throws IOException;

  record Udp(DatagramSocket socket, int sipPort) implements Wire {
    static Udp from(String host, int sipPort) throws IOException {
      DatagramSocket socket = new DatagramSocket(0, InetAddress.ofLiteral(host));
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return new Udp(socket, sipPort);
    }

    @Override
    public String transport() {
      return "UDP";
    }

    @Override
    public int port() {
      return socket.getLocalPort();
    }

    @Override
    public void send(String message) throws IOException {
      byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
      socket.send(
          new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), sipPort));
    }

    @Override
    public String receive() throws IOException {
      DatagramPacket packet = new DatagramPacket(new byte[4_096], 4_096);
      socket.receive(packet);
      return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Override
    public void waitsForever() throws IOException {
      socket.setSoTimeout(0);
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  /// TCP, or TLS on it.
  record Tcp(Socket socket, String transport) implements Wire {
    /// @param trust what the phone trusts
    static Tcp withTls(String host, int sipTlsPort, SSLContext trust) throws IOException {
      Socket plain = from(host, sipTlsPort).socket();
      Socket encrypted =
          trust.getSocketFactory().createSocket(plain, "127.0.0.1", sipTlsPort, true);
      encrypted.setSoTimeout(TIMEOUT_MILLIS);
      return new Tcp(encrypted, "TLS");
    }

    static Tcp from(String host, int sipPort) throws IOException {
      Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), sipPort, InetAddress.ofLiteral(host), 0);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return new Tcp(socket, "TCP");
    }

    @Override
    public int port() {
      return socket.getLocalPort();
    }

    @Override
    public void send(String message) throws IOException {
      socket.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String receive() throws IOException {
      StringBuilder message = new StringBuilder();
      while (message.indexOf("\r\n\r\n") < 0) {
        int next = socket.getInputStream().read();
        if (next < 0) {
          throw new IOException("Asterisk has closed the connection");
        }
        message.append((char) next);
      }
      return message.toString();
    }

    @Override
    public void waitsForever() throws IOException {
      socket.setSoTimeout(0);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
