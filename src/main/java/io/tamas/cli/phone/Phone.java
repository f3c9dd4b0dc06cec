package io.tamas.cli.phone;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.RequestEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/// What a phone that calls and a phone that answers have in common: a SIP line, a voice, and
/// courtesy towards the other side.
abstract class Phone implements SipListener, AutoCloseable {
  /// How long the other side may take to say good-bye.
  static final Duration FAREWELL = Duration.ofSeconds(2);

  final SipLine line;
  final Voice voice;
  private final Consumer<String> tell;

  Phone(String user, String host, InetSocketAddress server, int hertz, Consumer<String> tell)
      throws SipException, IOException {
    this.tell = tell;
    this.voice = new Voice(InetAddress.getByName(host), hertz);
    this.line = new SipLine(user, host, server, this);
  }

  /// How long the other side was heard.
  public Duration heard() {
    return voice.heard();
  }

  void tell(String what) {
    tell.accept(what);
  }

  @Override
  public void processRequest(RequestEvent event) {
    Request request = event.getRequest();
    try {
      switch (request.getMethod()) {
        case Request.INVITE -> invited(request, transaction(event));
        case Request.BYE -> {
          transaction(event).sendResponse(line.response(Response.OK, request));
          ended();
        }
        case Request.CANCEL -> {
          transaction(event).sendResponse(line.response(Response.OK, request));
          cancelled();
        }
        case Request.ACK -> {}
        default -> transaction(event).sendResponse(line.response(Response.OK, request));
      }
    } catch (SipException | InvalidArgumentException | ParseException e) {
      tell("could not answer " + request.getMethod() + ": " + e.getMessage());
    }
  }

  private ServerTransaction transaction(RequestEvent event) throws SipException {
    ServerTransaction transaction = event.getServerTransaction();
    return transaction == null
        ? line.provider().getNewServerTransaction(event.getRequest())
        : transaction;
  }

  /// A call, or new terms for the one that is on.
  abstract void invited(Request request, ServerTransaction transaction)
      throws SipException, InvalidArgumentException, ParseException;

  abstract void ended();

  abstract void cancelled() throws SipException, InvalidArgumentException, ParseException;

  /// Accepts what the other side wants to hear and say.
  void accept(Request invite, ServerTransaction transaction)
      throws SipException, InvalidArgumentException, ParseException {
    Optional<Sdp> offer = Sdp.parse(body(invite.getRawContent()));
    Response ok = line.response(Response.OK, invite);
    ((ToHeader) ok.getHeader(ToHeader.NAME)).setTag(localTag(transaction));
    line.setBody(ok, offer.map(voice::answer).orElseGet(voice::offer));
    transaction.sendResponse(ok);
  }

  static String localTag(ServerTransaction transaction) {
    return Optional.ofNullable(transaction.getDialog())
        .map(javax.sip.Dialog::getLocalTag)
        .orElseGet(SipLine::tag);
  }

  static byte[] body(byte @org.jspecify.annotations.Nullable [] content) {
    return content == null ? new byte[0] : content;
  }

  @Override
  public void processTimeout(TimeoutEvent event) {
    tell("no answer from Asterisk");
    ended();
  }

  @Override
  public void processIOException(IOExceptionEvent event) {
    tell("no way to " + event.getHost() + ":" + event.getPort());
    ended();
  }

  @Override
  public void processTransactionTerminated(TransactionTerminatedEvent event) {}

  @Override
  public void processDialogTerminated(DialogTerminatedEvent event) {}

  @Override
  public void close() {
    voice.close();
    line.close();
  }
}
