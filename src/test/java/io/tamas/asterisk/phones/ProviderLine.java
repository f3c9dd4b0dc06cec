package io.tamas.asterisk.phones;

import io.tamas.ops.CertificateFiles;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the switch of a provider sends and receives SIP by.
interface ProviderLine extends AutoCloseable {
  int port();

  /// The next message.
  String receive() throws IOException, InterruptedException;

  /// To the Asterisk that is connected.
  void send(String message) throws IOException;

  @Override
  void close();

  final class Udp implements ProviderLine {
    private final DatagramSocket socket;
    private final InetSocketAddress asterisk;

    Udp(int asteriskPort) throws IOException {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      asterisk = new InetSocketAddress(InetAddress.getLoopbackAddress(), asteriskPort);
    }

    @Override
    public int port() {
      return socket.getLocalPort();
    }

    @Override
    public String receive() throws IOException {
      DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
      socket.receive(packet);
      return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Override
    public void send(String message) throws IOException {
      byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
      socket.send(new DatagramPacket(bytes, bytes.length, asterisk));
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  /// TCP, or TLS with a certificate.
  final class Stream implements ProviderLine {
    private static final Pattern MESSAGE =
        Pattern.compile("(?s)^\\s*(.*?\r\nContent-Length:\\s*(\\d+).*?\r\n\r\n)");

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable NetSocket> latest = new AtomicReference<>();
    private final NetServer server;

    static Stream tcp(Vertx vertx) throws Exception {
      return new Stream(vertx, new NetServerOptions());
    }

    static Stream tls(Vertx vertx, CertificateFiles identity) throws Exception {
      PemKeyCertOptions pem =
          new PemKeyCertOptions()
              .setCertPath(identity.certificate().toString())
              .setKeyPath(identity.key().toString());
      return new Stream(vertx, new NetServerOptions().setSsl(true).setKeyCertOptions(pem));
    }

    private Stream(Vertx vertx, NetServerOptions options) throws Exception {
      server =
          vertx
              .createNetServer(options.setHost("127.0.0.1").setPort(0))
              .connectHandler(this::connected)
              .listen()
              .await(5, TimeUnit.SECONDS);
    }

    private void connected(NetSocket socket) {
      latest.set(socket);
      StringBuilder received = new StringBuilder();
      socket.handler(bytes -> {
        received.append(bytes.toString(StandardCharsets.ISO_8859_1));
        Matcher head = MESSAGE.matcher(received);
        while (head.find()) {
          int end = head.end() + Integer.parseInt(head.group(2));
          if (received.length() < end) {
            return;
          }
          messages.add(received.substring(head.start(1), end));
          received.delete(0, end);
          head = MESSAGE.matcher(received);
        }
      });
    }

    @Override
    public int port() {
      return server.actualPort();
    }

    @Override
    public String receive() throws InterruptedException {
      return messages.take();
    }

    @Override
    public void send(String message) {
      NetSocket socket = latest.get();
      if (socket != null) {
        socket.write(message);
      }
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
