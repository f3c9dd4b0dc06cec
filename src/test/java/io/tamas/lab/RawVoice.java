package io.tamas.lab;

import io.tamas.lab.RawSip.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The voice of a [RawPhone]: RTP (RFC 3550) in A-law with a tone, in packets of 20 ms, and keys as
/// events (RFC 4733) or as tones (ITU-T Q.23).
final class RawVoice implements AutoCloseable {
  private static final int SAMPLES = 160;
  private static final int RATE = 8000;
  private static final int ALAW = 8;
  private static final int EVENT = 101;
  private static final int KEY_PACKETS = 5;
  private static final int GAP_PACKETS = 5;
  private static final long PACKET_NANOS = Duration.ofMillis(20).toNanos();
  private static final String KEYS = "0123456789*#";
  private static final int[] ROWS = {941, 697, 697, 697, 770, 770, 770, 852, 852, 852, 941, 941};
  private static final int[] COLUMNS = {
    1336, 1209, 1336, 1477, 1209, 1336, 1477, 1209, 1336, 1477, 1209, 1477
  };

  /// A receiver's report without blocks, and the name of its source.
  private static final byte[] REPORT =
      HexFormat.of().parseHex("80c9000100001267" + "81ca000300001267" + "0103726177000000");

  private static final Pattern CONNECTION = Pattern.compile("(?m)^c=IN IP4 (\\S+)");
  private static final Pattern AUDIO = Pattern.compile("(?m)^m=audio (\\d+) ");

  private final DatagramSocket socket;
  private final Tone tone;
  private final AtomicLong heard = new AtomicLong();
  private volatile String keysHeard = "";

  /// When the last of them began, in the time of its sender.
  private int lastKey;

  private final Queue<Packet> keys = new ArrayDeque<>();
  private volatile InetSocketAddress there = new InetSocketAddress(0);
  private volatile boolean silent;
  private boolean begun;

  enum How {
    EVENTS,
    TONES
  }

  /// One of 20 ms: of a key, or of the pause after it.
  private record Packet(int key, int number, How how, CountDownLatch sent) {}

  RawVoice(String host, Tone tone) {
    try {
      this.socket = new DatagramSocket(new InetSocketAddress(host, 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.tone = tone;
    Thread.ofVirtual().name("raw-ear").start(this::receive);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  String offer(boolean events) {
    String host = address().getAddress().getHostAddress();
    return """
    v=0
    o=raw 1 1 IN IP4 %1$s
    s=-
    c=IN IP4 %1$s
    t=0 0
    m=audio %2$d RTP/AVP 8%3$s
    a=rtpmap:8 PCMA/8000
    %4$s\
    """
        .formatted(
            host,
            address().getPort(),
            events ? " " + EVENT : "",
            events ? "a=rtpmap:101 telephone-event/8000\na=fmtp:101 0-16\n" : "");
  }

  /// Speaks to the other side of an offer or answer from now on.
  void talks(Message message) {
    Matcher host = CONNECTION.matcher(message.text());
    Matcher port = AUDIO.matcher(message.text());
    if (host.find() && port.find()) {
      there = new InetSocketAddress(host.group(1), Integer.parseInt(port.group(1)));
      if (!begun) {
        begun = true;
        Thread.ofVirtual().name("raw-voice").start(this::send);
      }
    }
  }

  void isSilent() {
    silent = true;
  }

  /// Sends an empty report (RFC 3550 section 6.4.2) each second from now on, as a phone does that
  /// has nothing to say and hears nothing.
  void reports() {
    Thread.ofVirtual().name("raw-reports").start(this::report);
  }

  private void report() {
    try {
      while (!socket.isClosed()) {
        if (there.getPort() > 0) {
          var control = new InetSocketAddress(there.getAddress(), there.getPort() + 1);
          socket.send(new DatagramPacket(REPORT, REPORT.length, control));
        }
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
      }
    } catch (IOException e) {
      if (!socket.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  long heard() {
    return heard.get();
  }

  /// Returns when all keys have been sent.
  void presses(String digits, How how) {
    CountDownLatch sent = new CountDownLatch(digits.length() * (KEY_PACKETS + GAP_PACKETS));
    synchronized (keys) {
      for (char digit : digits.toCharArray()) {
        for (int i = 0; i < KEY_PACKETS + GAP_PACKETS; i++) {
          keys.add(new Packet(KEYS.indexOf(digit), i, how, sent));
        }
      }
    }
    try {
      if (!sent.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the keys were not sent: there is no call");
      }
    } catch (InterruptedException e) {
      throw AsteriskServer.interrupted(e);
    }
  }

  private void send() {
    long next = System.nanoTime();
    int eventBegan = 0;
    try {
      for (int number = 0; !socket.isClosed(); number++) {
        Packet key = nextKey();
        boolean isKey = key.number < KEY_PACKETS;
        if (isKey && key.number == 0) {
          eventBegan = number;
        }
        byte[] bytes =
            isKey && key.how == How.EVENTS ? event(key, number, eventBegan) : sound(key, number);
        if (!silent || isKey) {
          socket.send(new DatagramPacket(bytes, bytes.length, there));
        }
        key.sent.countDown();
        next += PACKET_NANOS;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    } catch (IOException closed) {
      // the call is over
    }
  }

  private Packet nextKey() {
    synchronized (keys) {
      Packet key = keys.poll();
      return key == null ? new Packet(0, KEY_PACKETS, How.TONES, new CountDownLatch(0)) : key;
    }
  }

  /// RFC 4733 section 2.3: the timestamp is that of its beginning, the duration grows.
  private byte[] event(Packet key, int number, int began) {
    ByteBuffer bytes = head(EVENT, number, began, key.number == 0);
    boolean isLast = key.number == KEY_PACKETS - 1;
    bytes.put((byte) key.key).put((byte) (isLast ? 0x8a : 0x0a));
    bytes.putShort((short) ((key.number + 1) * SAMPLES));
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private byte[] sound(Packet key, int number) {
    ByteBuffer bytes = head(ALAW, number, number, false);
    for (int i = 0; i < SAMPLES; i++) {
      double second = ((double) number * SAMPLES + i) / RATE;
      bytes.put(alaw((int) sample(key, second)));
    }
    return bytes.array();
  }

  private double sample(Packet key, double second) {
    if (key.number < KEY_PACKETS) {
      return 8000 * (sine(ROWS[key.key], second) + sine(COLUMNS[key.key], second));
    }
    // the pause between keys is silent, as in a phone that mutes its microphone
    return keysWait() ? 0 : 8000 * sine(tone.hertz(), second);
  }

  private boolean keysWait() {
    synchronized (keys) {
      return !keys.isEmpty();
    }
  }

  private static double sine(int hertz, double second) {
    return Math.sin(2 * Math.PI * hertz * second);
  }

  private static ByteBuffer head(int type, int number, int time, boolean marked) {
    ByteBuffer bytes = ByteBuffer.allocate(12 + SAMPLES);
    bytes.put((byte) 0x80).put((byte) (marked ? 0x80 | type : type)).putShort((short) number);
    return bytes.putInt(time * SAMPLES).putInt(4711);
  }

  /// ITU-T G.711.
  private static byte alaw(int sample) {
    int sign = sample < 0 ? 0 : 0x80;
    int magnitude = Math.min(Math.abs(sample), 32635);
    int exponent = Math.max(0, 31 - Integer.numberOfLeadingZeros(magnitude | 1) - 7);
    int mantissa = (magnitude >> (exponent == 0 ? 4 : exponent + 3)) & 0x0F;
    return (byte) ((sign | exponent << 4 | mantissa) ^ 0x55);
  }

  private void receive() {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    try {
      while (!socket.isClosed()) {
        socket.receive(packet);
        heard.incrementAndGet();
        hearKey(packet);
      }
    } catch (IOException closed) {
      // the phone is off
    }
  }

  /// The last packets of a key, three of them, tell that it was released (RFC 4733 section 2.3).
  private void hearKey(DatagramPacket packet) {
    ByteBuffer bytes = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
    boolean isReleased =
        packet.getLength() >= 16 && (bytes.get(1) & 0x7f) == EVENT && (bytes.get(13) & 0x80) != 0;
    if (isReleased && lastKey != bytes.getInt(4)) {
      lastKey = bytes.getInt(4);
      keysHeard += KEYS.charAt(bytes.get(12));
    }
  }

  /// The keys that have arrived as events, in their order.
  String keysHeard() {
    return keysHeard;
  }

  @Override
  public void close() {
    socket.close();
  }
}
