package io.tamas.web;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/// Before Vert.x, which works on a pipelined request as soon as the answer to the one before is
/// made. Here the next one waits until the client's side has taken that answer, and nothing is read
/// meanwhile: who sends requests and does not read costs one answer for each connection.
final class RequestOrder extends ChannelDuplexHandler {
  /// Parts of requests, never more than is read at once.
  private final Queue<Object> waiting = new ArrayDeque<>();

  private final Runnable onTaken;
  private boolean answering;
  private boolean passing;
  private boolean wantsMore;

  /// @param onTaken is called each time when an answer was taken
  RequestOrder(Runnable onTaken) {
    this.onTaken = onTaken;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    waiting.add(message);
    pass(context);
  }

  /// Returns whether there was anything to pass on.
  private boolean pass(ChannelHandlerContext context) {
    if (passing) {
      return false; // an answer was taken within the request that is being passed on
    }
    boolean some = false;
    passing = true;
    while (!waiting.isEmpty() && !(answering && waiting.peek() instanceof HttpRequest)) {
      Object message = waiting.remove();
      answering |= message instanceof HttpRequest;
      some = true;
      context.fireChannelRead(message);
    }
    passing = false;
    return some;
  }

  @Override
  public void read(ChannelHandlerContext context) {
    wantsMore = !waiting.isEmpty();
    if (!wantsMore) {
      context.read();
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof LastHttpContent && !isInterim(message)) {
      ChannelPromise written = promise.unvoid();
      // not at once: Vert.x may still be within this answer, and would take the next request for
      // one that came before it was made
      written.addListener(_ -> context.executor().execute(() -> taken(context)));
      context.write(message, written);
    } else {
      context.write(message, promise);
    }
  }

  /// Such as `100 Continue`, but not `101`, which is the last answer of HTTP.
  private static boolean isInterim(Object message) {
    return message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL
        && !response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
  }

  private void taken(ChannelHandlerContext context) {
    answering = false;
    onTaken.run();
    if (pass(context)) {
      context.fireChannelReadComplete();
    }
    if (wantsMore && waiting.isEmpty()) {
      wantsMore = false;
      context.read();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }
}
