package io.tamas.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/// Plays Asterisk: keeps so many sessions open, each of which connects, tells its environment,
/// obeys and, when the server closes, makes place for the next. One thread and few system calls, so
/// that most of the machine is left to the server.
final class AgiLoad {
  private static final ByteBuffer OBEYED =
      ByteBuffer.wrap("200 result=1\n".getBytes(StandardCharsets.US_ASCII));
  private static final Duration DRAIN = Duration.ofSeconds(5);

  /// @param good sessions that were answered in full
  /// @param refused sessions that the server closed before, or that could not connect
  /// @param stuck sessions that had not ended when the load had waited for them
  record Result(long good, long refused, long stuck, double seconds, Histogram micros) {
    double perSecond() {
      return good / seconds;
    }

    double milliseconds(double percentile) {
      return micros.getValueAtPercentile(percentile) / 1000.0;
    }
  }

  private final InetSocketAddress server;
  private final ByteBuffer environment;
  private final int commands;
  private final ByteBuffer received = ByteBuffer.allocateDirect(16 * 1024);
  private final Histogram micros = new Histogram(60_000_000L, 3);
  private final Selector selector;
  private long end;
  private long good;
  private long refused;
  private long open;

  private AgiLoad(int port, byte[] environment, int commands) throws IOException {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.environment = ByteBuffer.wrap(environment);
    this.commands = commands;
    this.selector = Selector.open();
  }

  /// @param commands how many commands make a full answer
  static Result run(int port, byte[] environment, int commands, int atOnce, Duration length) {
    try {
      AgiLoad load = new AgiLoad(port, environment, commands);
      try (load.selector) {
        return load.run(atOnce, length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Result run(int atOnce, Duration length) throws IOException {
    long start = System.nanoTime();
    end = start + length.toNanos();
    for (int i = 0; i < atOnce; i++) {
      connect();
    }
    long drained = end + DRAIN.toNanos();
    while (open > 0 && System.nanoTime() < drained) {
      selector.select(this::act, 100);
    }
    double seconds = (Math.min(System.nanoTime(), drained) - start) / 1e9;
    long stuck = open;
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    return new Result(good, refused, stuck, seconds, micros);
  }

  private void connect() throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    Call call = new Call();
    open++;
    if (channel.connect(server)) {
      channel.register(selector, SelectionKey.OP_READ, call);
      channel.write(environment.duplicate());
    } else {
      channel.register(selector, SelectionKey.OP_CONNECT, call);
    }
  }

  private void act(SelectionKey key) {
    Call call = (Call) key.attachment();
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      try {
        if (!proceed(key, channel, call)) {
          return;
        }
      } catch (IOException reset) {
        // Counted by what was answered until then.
      }
      ended(channel, call);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns whether the server closed.
  private boolean proceed(SelectionKey key, SocketChannel channel, Call call) throws IOException {
    if (key.isConnectable()) {
      channel.finishConnect();
      key.interestOps(SelectionKey.OP_READ);
      channel.write(environment.duplicate());
      return false;
    }
    received.clear();
    int count = channel.read(received);
    for (int i = 0; i < count; i++) {
      if (received.get(i) == '\n') {
        call.answered++;
        channel.write(OBEYED.duplicate());
      }
    }
    return count < 0;
  }

  private void ended(SocketChannel channel, Call call) throws IOException {
    channel.close();
    open--;
    if (call.answered >= commands) {
      good++;
      micros.recordValue(Math.min(59_000_000L, (System.nanoTime() - call.start) / 1000));
    } else {
      refused++;
    }
    if (System.nanoTime() < end) {
      connect();
    }
  }

  private static final class Call {
    final long start = System.nanoTime();
    int answered;
  }
}
