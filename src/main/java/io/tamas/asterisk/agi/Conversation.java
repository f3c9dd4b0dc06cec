package io.tamas.asterisk.agi;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiHangupException;
import org.asteriskjava.fastagi.AgiNetworkException;
import org.asteriskjava.fastagi.AgiReader;
import org.asteriskjava.fastagi.AgiRequest;
import org.asteriskjava.fastagi.AgiWriter;
import org.asteriskjava.fastagi.command.AgiCommand;
import org.asteriskjava.fastagi.reply.AgiReply;
import org.jspecify.annotations.Nullable;

/// A session as Asterisk-Java's channel sees it, on the script's thread.
final class Conversation implements AgiReader, AgiWriter {
  private final Session session;
  private final Duration timeout;
  private @Nullable CompletableFuture<Reply> answer;

  /// @param timeout a last resort; the session itself is ended by its event loop
  Conversation(Session session, Duration timeout) {
    this.session = session;
    this.timeout = timeout;
  }

  /// Not used: the environment is read before there is a thread.
  @Override
  public AgiRequest readRequest() throws AgiException {
    throw new AgiException("the request has already been read");
  }

  @Override
  public void sendCommand(AgiCommand command) throws AgiException {
    try {
      answer = session.ask(new Command(command.buildCommand()));
    } catch (IllegalArgumentException e) {
      throw new AgiException("not sent: " + e.getMessage(), e);
    }
  }

  @Override
  public AgiReply readReply() throws AgiException {
    if (answer == null) {
      throw new AgiException("no command was sent");
    }
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new AgiNetworkException("no reply within " + timeout, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AgiNetworkException("the session was ended", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof AgiHangupException
          ? new AgiHangupException()
          : new AgiException("no reply", e);
    }
  }
}
