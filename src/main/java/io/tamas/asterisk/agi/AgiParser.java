package io.tamas.asterisk.agi;

import io.tamas.asterisk.agi.ProtocolFault.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Turns the bytes of one session into its environment, replies and hangups, however the bytes are
/// split.
///
/// Keeps at most one unfinished line and one unfinished reply. A reply is read only after
/// [#expectReply]; any other line than `HANGUP` is a fault before that, so that a reply can never
/// be taken for that of another command.
final class AgiParser {
  /// Called in the order of the bytes.
  interface Events {
    void environment(Environment environment) throws ProtocolFault;

    void reply(Reply reply) throws ProtocolFault;

    void hangup() throws ProtocolFault;
  }

  private static final byte[] NOTHING = {};

  private final Events events;
  private @Nullable EnvironmentBuilder environment = new EnvironmentBuilder();
  private @Nullable ReplyBuilder reply;
  private byte[] unfinished = NOTHING;
  private int unfinishedLength;

  AgiParser(Events events) {
    this.events = events;
  }

  /// The next line that is not a `HANGUP` starts a reply.
  void expectReply() {
    reply = new ReplyBuilder();
  }

  void feed(byte[] bytes) throws ProtocolFault {
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        line(finish(bytes, start, i));
        start = i + 1;
      }
    }
    keep(bytes, start);
  }

  private String finish(byte[] bytes, int from, int to) throws ProtocolFault {
    if (unfinishedLength == 0) {
      checkLength(to - from);
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    append(bytes, from, to);
    String line = new String(unfinished, 0, unfinishedLength, StandardCharsets.UTF_8);
    unfinished = NOTHING;
    unfinishedLength = 0;
    return line;
  }

  private void keep(byte[] bytes, int from) throws ProtocolFault {
    if (from < bytes.length) {
      append(bytes, from, bytes.length);
    }
  }

  private void append(byte[] bytes, int from, int to) throws ProtocolFault {
    int length = unfinishedLength + to - from;
    checkLength(length);
    if (unfinished.length < length) {
      unfinished = Arrays.copyOf(unfinished, Math.max(length, 2 * unfinished.length));
    }
    System.arraycopy(bytes, from, unfinished, unfinishedLength, to - from);
    unfinishedLength = length;
  }

  private void checkLength(int length) throws ProtocolFault {
    if (length > (reply == null ? AgiLimits.LINE : AgiLimits.REPLY)) {
      throw new ProtocolFault(Reason.LINE_TOO_LONG);
    }
  }

  private void line(String line) throws ProtocolFault {
    if (environment != null) {
      header(environment, line);
    } else if (isHangup(line)) {
      events.hangup();
    } else if (reply != null) {
      replyLine(reply, line);
    } else {
      throw new ProtocolFault(Reason.UNSOLICITED);
    }
  }

  private void header(EnvironmentBuilder builder, String line) throws ProtocolFault {
    if (line.isEmpty()) {
      environment = null;
      events.environment(builder.build());
    } else {
      builder.add(line);
    }
  }

  private void replyLine(ReplyBuilder builder, String line) throws ProtocolFault {
    if (builder.add(line)) {
      reply = null;
      events.reply(builder.build());
    }
  }

  /// Asterisk writes a reply at once, so that a `HANGUP` inside a reply is part of a value.
  private boolean isHangup(String line) {
    return line.equals("HANGUP") && (reply == null || reply.isEmpty());
  }
}
