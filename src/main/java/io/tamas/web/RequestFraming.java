package io.tamas.web;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/// Behind the decoder of HTTP, whose faults become [Problem]s, to be answered like all others. On a
/// fault Vert.x closes the connection at once; here it stays open until the answer is written and
/// the client has had time to read it ([Linger]).
final class RequestFraming extends ChannelDuplexHandler {
  private static final Problem NO_HTTP =
      new Problem(400, "Bad request", "this is not an HTTP request", List.of());

  private final int maxLineBytes;
  private boolean broken;

  /// @param maxLineBytes of the request line, and of all headers
  RequestFraming(int maxLineBytes) {
    this.maxLineBytes = maxLineBytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (broken) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
      refuse(part, problem(part.decoderResult().cause(), !(part instanceof HttpRequest)));
    } else if (message instanceof HttpRequest request) {
      checkVersion(request);
      checkCoding(request);
    }
    if (message instanceof HttpRequest request
        && !request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      // a higher minor version is read as the highest that is known (RFC 9110 section 2.5)
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
    }
    context.fireChannelRead(message);
  }

  private void checkVersion(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    if (!version.protocolName().equals(HttpVersion.HTTP_1_1.protocolName())) {
      refuse(request, NO_HTTP);
    } else if (version.majorVersion() != HttpVersion.HTTP_1_1.majorVersion()) {
      refuse(
          request,
          new Problem(
              505, "HTTP version not supported", "the version must be HTTP/1.1", List.of()));
    }
  }

  /// The body is framed by `chunked` or by its length, and by nothing else: with another coding its
  /// end is not known (RFC 9112 section 6.3), and what is in it would be read as a request.
  private void checkCoding(HttpRequest request) {
    List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    boolean isChunked =
        codings.size() == 1 && codings.getFirst().strip().equalsIgnoreCase("chunked");
    if (!codings.isEmpty() && !isChunked) {
      refuse(request, Problem.bad("Bad request", "header:transfer-encoding", "must be chunked"));
    }
  }

  /// Where the next request begins is not known, nor whether there is more of this one.
  boolean isBroken() {
    return broken;
  }

  private void refuse(HttpObject part, Problem problem) {
    broken = true;
    part.setDecoderResult(DecoderResult.failure(problem));
  }

  private Problem problem(Throwable cause, boolean inBody) {
    return switch (cause) {
      case TooLongHttpHeaderException _ ->
          new Problem(
              431,
              "Request header fields too large",
              "the header fields may have at most " + maxLineBytes + " bytes together",
              List.of());
      case TooLongHttpLineException _ when !inBody ->
          new Problem(
              414,
              "URI too long",
              "the request line may have at most " + maxLineBytes + " bytes",
              List.of());
      default ->
          inBody ? Problem.bad("Bad request", "body", "must be framed in right chunks") : NO_HTTP;
    };
  }

  @Override
  public void close(ChannelHandlerContext context, ChannelPromise promise) {
    if (broken || Linger.isIn(context.channel())) {
      context.flush();
      context.channel().closeFuture().addListener(_ -> promise.trySuccess());
      Linger.before(context.channel());
    } else {
      context.close(promise);
    }
  }
}
