package io.tamas.asterisk.agi;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.asteriskjava.fastagi.AgiChannel;
import org.asteriskjava.fastagi.AgiException;
import org.asteriskjava.fastagi.AgiHangupException;
import org.asteriskjava.fastagi.internal.DefaultAgiChannelFactory;
import org.jspecify.annotations.Nullable;

/// One session, on its event loop except for [#decide] and [#ask]. Needs no thread until the
/// environment is complete, and none while the variables are being set.
///
/// Its memory is bounded by its parser and by one command in flight. [#check] ends it after a
/// deadline; the session deadline also holds for the script.
final class Session implements AgiParser.Events {
  private final AgiLoop home;
  private final NetSocket socket;
  private final InetAddress peer;
  private final Context loop;
  private final AgiParser parser = new AgiParser(this);
  private final long end;
  private long stepEnd;
  private @Nullable Environment environment;
  private @Nullable Script script;
  private @Nullable Thread decider;
  private @Nullable Exchange exchange;
  private @Nullable Reply reply;
  private @Nullable Refusal refusal;
  private long askedAt;
  private int hangups;
  private boolean ended;

  Session(AgiLoop home, NetSocket socket, InetAddress peer, Context loop) {
    this.home = home;
    this.socket = socket;
    this.peer = peer;
    this.loop = loop;
    long now = System.nanoTime();
    end = now + home.limits().sessionTimeout().toNanos();
    stepEnd = now + home.limits().environmentTimeout().toNanos();
  }

  void open() {
    socket.exceptionHandler(_ -> end(Outcome.VANISHED, "reset"));
    socket.closeHandler(_ -> end(Outcome.VANISHED, "closed"));
    socket.handler(this::received);
  }

  InetAddress peer() {
    return peer;
  }

  @Nullable Environment environmentOrNull() {
    return environment;
  }

  /// When the environment was complete, by [System#nanoTime].
  long askedAt() {
    return askedAt;
  }

  /// Ends the session if a deadline has passed.
  void check(long now) {
    if (now - end > 0) {
      end(Outcome.TIMEOUT, "session");
    } else if (now - stepEnd > 0) {
      end(Outcome.TIMEOUT, environment == null ? "environment" : "reply");
    }
  }

  void end(Outcome outcome, String why) {
    end(outcome, why, Optional.empty());
  }

  private void end(Outcome outcome, String why, Optional<Throwable> cause) {
    if (ended) {
      return;
    }
    ended = true;
    socket.close();
    stopDeciding();
    if (exchange != null) {
      exchange.answer().completeExceptionally(new AgiHangupException());
    }
    if (refusal == null) {
      home.ended(this, outcome, why, cause);
    } else {
      home.ended(this, refusal.outcome, refusal.why, refusal.cause);
    }
  }

  private void stopDeciding() {
    if (decider != null) {
      decider.interrupt();
    }
  }

  /// Ends the session because of its call: Asterisk is told so before.
  private void refuse(Outcome outcome, String why, Optional<Throwable> cause) {
    Optional<Command> told = home.refusal();
    boolean canTell = exchange == null && hangups == 0 && refusal == null && !ended;
    if (told.isEmpty() || !canTell) {
      end(outcome, why, cause);
      return;
    }
    refusal = new Refusal(outcome, why, cause);
    stopDeciding();
    stepEnd = System.nanoTime() + home.limits().replyTimeout().toNanos();
    socket.write(Buffer.buffer(told.get().line()));
  }

  @Override
  public void environment(Environment complete) {
    environment = complete;
    askedAt = System.nanoTime();
  }

  @Override
  public void reply(Reply complete) {
    reply = complete;
  }

  @Override
  public void hangup() throws ProtocolFault {
    if (++hangups > AgiLimits.HANGUPS) {
      throw new ProtocolFault(ProtocolFault.Reason.TOO_MANY_HANGUPS);
    }
  }

  /// Acts only when all received bytes were read, so that nothing received before a command can be
  /// taken for its reply.
  private void received(Buffer bytes) {
    if (ended) {
      return;
    }
    if (refusal != null) {
      if (refusal.isAnsweredBy(bytes.getBytes())) {
        end(refusal.outcome, refusal.why);
      }
      return;
    }
    try {
      parser.feed(bytes.getBytes());
    } catch (ProtocolFault fault) {
      broken(fault);
      return;
    }
    if (reply != null && exchange != null) {
      answered(exchange, reply);
    } else if (hangups > 0 && exchange == null) {
      end(Outcome.HANGUP, "idle");
    } else if (environment != null && script == null) {
      startScript(environment);
    }
  }

  private void broken(ProtocolFault fault) {
    if (fault.isOfTheCall()) {
      refuse(Outcome.BROKEN, fault.reason().name(), Optional.empty());
    } else {
      end(Outcome.BROKEN, fault.reason().name());
    }
  }

  private void startScript(Environment complete) {
    script = home.script(complete.script());
    if (script == null) {
      end(Outcome.NOT_FOUND, "script");
      return;
    }
    stepEnd = end;
    Script chosen = script;
    decider =
        Thread.ofVirtual()
            .uncaughtExceptionHandler((_, e) -> decided(Outcome.FAILED, e))
            .start(() -> decide(chosen, complete));
  }

  /// On the session's virtual thread. An exception that is not caught here fails the session as
  /// well.
  private void decide(Script chosen, Environment complete) {
    Request request = new Request(complete, socket.localAddress(), socket.remoteAddress());
    Conversation conversation = new Conversation(this, home.limits().sessionTimeout());
    AgiChannel channel =
        new DefaultAgiChannelFactory().createAgiChannel(request, conversation, conversation);
    try {
      List<Variable> answer = chosen.run(request, channel);
      loop.runOnContext(_ -> answer(answer));
    } catch (AgiHangupException e) {
      decided(Outcome.HANGUP, e);
    } catch (AgiException e) {
      decided(Outcome.FAILED, e);
    }
  }

  private void decided(Outcome outcome, Throwable e) {
    loop.runOnContext(_ -> {
      decider = null;
      if (refusal != null) {
        return;
      }
      if (outcome == Outcome.FAILED) {
        refuse(outcome, "script", Optional.of(e));
      } else {
        end(outcome, "script", Optional.of(e));
      }
    });
  }

  private void answer(List<Variable> variables) {
    decider = null;
    if (refusal != null) {
      return;
    }
    if (variables.isEmpty()) {
      end(Outcome.DONE, "");
      return;
    }
    Iterator<Command> commands = Assignments.of(variables).iterator();
    CompletableFuture<Reply> last = new CompletableFuture<>();
    send(new Exchange(commands, last));
    last.thenAccept(answer -> set(answer, !commands.hasNext()));
  }

  /// @param all whether it answers the last command
  private void set(Reply answer, boolean all) {
    String why = "reply " + answer.getStatus();
    if (hangups > 0) {
      end(Outcome.HANGUP, why);
    } else if (all && Assignments.done(answer)) {
      end(Outcome.DONE, why);
    } else {
      refuse(Outcome.FAILED, why, Optional.empty());
    }
  }

  /// Sends a command and completes with its reply; from any thread.
  CompletableFuture<Reply> ask(Command command) {
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    loop.runOnContext(_ -> send(new Exchange(List.of(command).iterator(), answer)));
    return answer;
  }

  private void send(Exchange next) {
    if (ended || refusal != null) {
      next.answer().completeExceptionally(new AgiHangupException());
    } else if (exchange != null) {
      next.answer().completeExceptionally(new IllegalStateException("one command at a time"));
    } else {
      exchange = next;
      sendNext(next);
    }
  }

  private void sendNext(Exchange current) {
    parser.expectReply();
    stepEnd = System.nanoTime() + home.limits().replyTimeout().toNanos();
    socket.write(Buffer.buffer(current.rest().next().line()));
  }

  private void answered(Exchange current, Reply complete) {
    reply = null;
    boolean more = current.rest().hasNext() && hangups == 0;
    if (more && Assignments.done(complete)) {
      sendNext(current);
      return;
    }
    exchange = null;
    stepEnd = end;
    current.answer().complete(complete);
    if (hangups > 0) {
      end(Outcome.HANGUP, "answered");
    }
  }
}
