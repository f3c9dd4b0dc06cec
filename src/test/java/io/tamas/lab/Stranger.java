package io.tamas.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/// Somebody on the network who sends what he likes to the SIP port, and hears nothing.
public final class Stranger implements AutoCloseable {
  private final DatagramSocket socket;
  private final InetSocketAddress server;

  Stranger(String address, int serverPort) {
    try {
      socket = new DatagramSocket(new InetSocketAddress(address, 0));
      server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where he sends from: `host:port`.
  public String address() {
    return socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
  }

  /// @param packet lines, each ended by a newline
  public void sends(String packet) {
    byte[] bytes = packet.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @param method such as `INVITE`
  /// @param more header lines, each ended by a newline
  public void asks(String method, String more) {
    sends(
        """
        %1$s sip:101@127.0.0.1 SIP/2.0
        Via: SIP/2.0/UDP %2$s;branch=%3$s;rport
        From: <sip:stranger@x>;tag=1
        To: <sip:101@x>
        Call-ID: %4$s
        CSeq: 1 %1$s
        Max-Forwards: 70
        %5$sContent-Length: 0

        """
            .formatted(method, address(), RawSip.branch(), RawSip.token(), more));
  }

  @Override
  public void close() {
    socket.close();
  }
}
