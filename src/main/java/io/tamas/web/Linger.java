package io.tamas.web;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;

/// Closes a connection from which nothing more is wanted, but not at once: closing it while the
/// client still sends would reset it, and the answer would be lost (RFC 9112 section 9.6). It is
/// closed when the client has been quiet for a while, or the longest time is over. What arrives
/// until then is to be discarded by who reads it.
final class Linger extends ChannelInboundHandlerAdapter {
  private static final long QUIET_MILLIS = 2_000;
  private static final long LONGEST_MILLIS = 10_000;

  private final ChannelHandlerContext framing;
  private final long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS);
  private boolean heard;

  private Linger(ChannelHandlerContext framing) {
    this.framing = framing;
  }

  /// On the event loop of the channel.
  static void before(Channel channel) {
    if (!isIn(channel)) {
      Linger linger = new Linger(channel.pipeline().context(RequestFraming.class));
      channel.pipeline().addFirst(linger);
      channel.config().setAutoRead(true);
      linger.waitForQuiet();
    }
  }

  static boolean isIn(Channel channel) {
    return channel.pipeline().get(Linger.class) != null;
  }

  /// The request has come to its end: nothing more is to come, unless its end is not known.
  static void end(Channel channel) {
    if (!channel.pipeline().get(RequestFraming.class).isBroken()) {
      channel.pipeline().get(Linger.class).close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    heard = true;
    context.fireChannelRead(bytes);
  }

  private void waitForQuiet() {
    heard = false;
    framing.executor().schedule(this::check, QUIET_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void check() {
    if (heard && System.nanoTime() < end) {
      waitForQuiet();
    } else {
      close();
    }
  }

  /// From behind [RequestFraming], which would wait for this.
  private void close() {
    framing.close();
  }
}
