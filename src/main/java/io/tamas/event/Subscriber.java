package io.tamas.event;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.tamas.web.SignedIn;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One WebSocket client. It has a position in the feed and at most one write in progress, so that
/// its queue is the feed itself: a client whose position is no longer in it was too slow.
///
/// Everything here runs on the event loop of its socket.
final class Subscriber {
  /// RFC 6455 section 7.4.1 and the registry of IANA.
  static final short GOING_AWAY = 1001;

  static final short POLICY = 1008;
  static final short INTERNAL_ERROR = 1011;
  static final short RESTART = 1012;
  static final short TRY_AGAIN_LATER = 1013;

  private static final int PAGE = 500;
  private static final long RETRY_MILLIS = 500;
  private static final Buffer PING = Buffer.buffer("tamas");

  private final ServerWebSocket socket;
  private final Channel channel;
  private final EventHub hub;
  private final Viewer viewer;

  /// Everything up to it was sent, or was not for the client.
  private long sent;

  /// The last that the client knows of: the id of the last message.
  private long told;

  /// Whether `sent` is known to be an assigned id.
  private boolean verified;

  private Feed.@Nullable Node place;
  private boolean writing;
  private boolean closed;
  private long heardAt = System.nanoTime();

  /// @param channel the connection of the socket, for serialised frames
  Subscriber(ServerWebSocket socket, Channel channel, EventHub hub, Optional<SignedIn> signedIn) {
    this.socket = socket;
    this.channel = channel;
    this.hub = hub;
    this.viewer = signedIn.map(SignedIn::principal).map(Viewer::of).orElse(Viewer.ALL);
    socket.pongHandler(pong -> heardAt = System.nanoTime());
    socket.frameHandler(frame -> heardAt = System.nanoTime());
    socket.textMessageHandler(_ -> answerPosition());
    socket.exceptionHandler(this::broken);
  }

  /// Starts with the state, then sends what follows it.
  void startWith(EventHub.StateFrame state) {
    sent = state.lastId();
    told = sent;
    verified = true;
    write(state.frame(), this::catchUp);
  }

  /// Continues after an id that the client has received.
  void resume(long after) {
    sent = after;
    told = after;
    catchUp();
  }

  /// Finds the position in the feed, or first reads from the table what the feed no longer has.
  private void catchUp() {
    if (closed) {
      return;
    }
    Feed feed = hub.feed();
    long newest = feed.newest().id;
    Optional<Feed.Node> joined = verified || sent <= newest ? feed.at(sent) : Optional.empty();
    if (joined.isPresent()) {
      place = joined.get();
      pump(new Batch.Shared());
      return;
    }
    hub.page(sent, PAGE)
        .onComplete(page ->
            channel
                .eventLoop()
                .execute(() -> {
                  if (page.succeeded()) {
                    send(page.result(), newest);
                  } else {
                    retry();
                  }
                }));
  }

  private void retry() {
    var unused = channel.eventLoop().schedule(this::catchUp, RETRY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// @param before the newest id of the feed before the page was read: it was in the table by then
  private void send(Events.Page page, long before) {
    Frames frames = new Frames(viewer);
    verified = true;
    long deletedTo = page.range().deletedTo();
    long newest = page.range().newest();
    if (deletedTo > sent) {
      frames.addGap(sent + 1, deletedTo, deletedTo);
      sent = deletedTo;
    } else if (newest < sent) {
      // an id from before the database was restored
      frames.addGap(newest + 1, sent, newest);
      sent = newest;
    }
    for (Event event : page.events()) {
      if (event.id() > sent) {
        frames.add(event.id(), Frame.open(event), event.audience());
        sent = event.id();
      }
    }
    if (page.events().isEmpty()) {
      sent = Math.max(sent, Math.min(before, newest));
    }
    byte[] bytes = frames.end();
    told = frames.told() < 0 ? told : frames.told();
    write(bytes, this::catchUp);
  }

  /// Sends what follows its position, unless a write is still in progress.
  void pump(Batch.Shared batches) {
    Feed.Node at = place;
    if (closed || at == null) {
      return;
    }
    if (at.position < hub.feed().oldestPosition()) {
      hub.tooSlow();
      close(TRY_AGAIN_LATER, "too slow: resume by the last cursor that was received");
      return;
    }
    if (writing) {
      return;
    }
    at = skipSent(at);
    place = at;
    batches
        .after(at, viewer)
        .ifPresent(batch -> {
          place = batch.to();
          sent = batch.to().id;
          told = batch.told() < 0 ? told : batch.told();
          // one without bytes reaches to the newest: the next event wakes again
          if (batch.bytes().length > 0) {
            write(batch.bytes(), () -> pump(new Batch.Shared()));
          }
        });
  }

  Viewer viewer() {
    return viewer;
  }

  /// Moves the position from which the client resumes past what was not for it.
  void tellPosition() {
    if (sent > told) {
      answerPosition();
    }
  }

  /// A sign of life for a client that asks: programs in browsers see no pings. While something else
  /// is written, that is the sign.
  private void answerPosition() {
    if (!closed && place != null && !writing) {
      told = sent;
      byte[] frame = Frame.of(new Message.Position(), Resume.cursor(sent, viewer));
      write(frame, () -> pump(new Batch.Shared()));
    }
  }

  /// The table may have been ahead of the feed.
  private Feed.Node skipSent(Feed.Node from) {
    Feed.Node at = from;
    for (Optional<Feed.Node> next = at.next();
        next.isPresent() && next.get().id <= sent;
        next = at.next()) {
      at = next.get();
    }
    return at;
  }

  private void write(byte[] frames, Runnable then) {
    if (frames.length == 0) {
      channel.eventLoop().execute(then);
      return;
    }
    writing = true;
    channel
        .writeAndFlush(Unpooled.wrappedBuffer(frames))
        .addListener(done -> {
          writing = false;
          if (done.isSuccess()) {
            then.run();
          } else {
            channel.close();
          }
        });
  }

  /// Pings the client, and disconnects it if it has not answered for too long.
  void ping(long silence) {
    if (System.nanoTime() - heardAt > silence) {
      cut();
    } else if (!closed) {
      socket.writePing(PING);
    }
  }

  /// Closes the connection without a close frame: the socket's own close would wait for an answer.
  private void cut() {
    channel.pipeline().firstContext().close();
  }

  /// A frame that breaks the protocol is told by its code (RFC 6455 section 7.4.1); a connection
  /// that is gone can be told nothing.
  private void broken(Throwable fault) {
    if (fault instanceof CorruptedWebSocketFrameException frame) {
      close((short) frame.closeStatus().code(), "a frame breaks the protocol");
    } else {
      socket.close();
    }
  }

  void close(short code, String reason) {
    if (!closed) {
      closed = true;
      place = null;
      socket.close(code, reason);
    }
  }

  void gone() {
    closed = true;
    place = null;
  }
}
