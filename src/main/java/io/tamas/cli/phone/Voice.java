package io.tamas.cli.phone;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// One side's audio: sends a tone as RTP (RFC 3550) in packets of 20 ms and counts what it
/// receives.
final class Voice implements AutoCloseable {
  private static final int SAMPLES = 160;
  private static final int RATE = 8000;
  private static final int LOUDNESS = 8000;
  private static final long PACKET_NANOS = Duration.ofMillis(20).toNanos();

  private final DatagramSocket socket;
  private final int hertz;
  private final AtomicLong heard = new AtomicLong();

  Voice(InetAddress host, int hertz) throws IOException {
    this.socket = new DatagramSocket(new InetSocketAddress(host, 0));
    this.hertz = hertz;
    Thread.ofVirtual().name("demo-audio").start(this::receive);
  }

  /// The offer to the other side.
  Sdp offer() {
    return new Sdp(here(), List.of(Codec.values()));
  }

  /// The answer to an offer: its first codec.
  Sdp answer(Sdp offer) {
    return new Sdp(here(), List.of(offer.codecs().getFirst()));
  }

  private InetSocketAddress here() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /// Sends the tone there until closed.
  void talk(Sdp there) {
    Thread.ofVirtual().name("talk").start(() -> send(there.address(), there.codecs().getFirst()));
  }

  /// How long the other side's audio was.
  Duration heard() {
    return Duration.ofNanos(heard.get() * PACKET_NANOS);
  }

  private void send(InetSocketAddress there, Codec codec) {
    long next = System.nanoTime();
    try {
      for (int packet = 0; !socket.isClosed(); packet++) {
        byte[] bytes = packet(codec, packet);
        socket.send(new DatagramPacket(bytes, bytes.length, there));
        next += PACKET_NANOS;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    } catch (IOException e) {
      // The call is over and the socket closed.
      return;
    }
  }

  private byte[] packet(Codec codec, int number) {
    ByteBuffer bytes = ByteBuffer.allocate(12 + SAMPLES);
    bytes.put((byte) 0x80).put((byte) codec.payloadType()).putShort((short) number);
    bytes.putInt(number * SAMPLES).putInt(System.identityHashCode(this));
    for (int i = 0; i < SAMPLES; i++) {
      double turn = 2 * Math.PI * hertz * ((long) number * SAMPLES + i) / RATE;
      bytes.put(codec.encode((int) (LOUDNESS * Math.sin(turn))));
    }
    return bytes.array();
  }

  private void receive() {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    try {
      while (!socket.isClosed()) {
        socket.receive(packet);
        heard.incrementAndGet();
      }
    } catch (IOException e) {
      // The call is over and the socket closed.
      return;
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
