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

/// What a calling and an answering phone have in common: a SIP line, audio, and responses to the
/// other side's requests.
abstract class Phone implements SipListener, AutoCloseable {
  /// How long the other side may take to answer BYE.
  static final Duration FAREWELL = Duration.ofSeconds(2);

  final SipLine line;
  final Voice voice;
  private final Consumer<String> output;

  Phone(String user, String host, InetSocketAddress server, int hertz, Consumer<String> output)
      throws SipException, IOException {
    this.output = output;
    this.voice = new Voice(InetAddress.getByName(host), hertz);
    this.line = new SipLine(user, host, server, this);
  }

  /// The duration of the other side's audio.
  public Duration heard() {
    return voice.heard();
  }

  void print(String what) {
    output.accept(what);
  }

  @Override
  public void processRequest(RequestEvent event) {
    Request request = event.getRequest();
    try {
      switch (request.getMethod()) {
        case Request.INVITE -> onInvite(request, transaction(event));
        case Request.BYE -> {
          transaction(event).sendResponse(line.response(Response.OK, request));
          onEnd();
        }
        case Request.CANCEL -> {
          transaction(event).sendResponse(line.response(Response.OK, request));
          onCancel();
        }
        case Request.ACK -> {}
        default -> transaction(event).sendResponse(line.response(Response.OK, request));
      }
    } catch (SipException | InvalidArgumentException | ParseException e) {
      print("could not answer " + request.getMethod() + ": " + e.getMessage());
    }
  }

  private ServerTransaction transaction(RequestEvent event) throws SipException {
    ServerTransaction transaction = event.getServerTransaction();
    return transaction == null
        ? line.provider().getNewServerTransaction(event.getRequest())
        : transaction;
  }

  /// A call, or a re-INVITE for the current one.
  abstract void onInvite(Request request, ServerTransaction transaction)
      throws SipException, InvalidArgumentException, ParseException;

  abstract void onEnd();

  abstract void onCancel() throws SipException, InvalidArgumentException, ParseException;

  /// Accepts the media offer of the other side.
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
    print("no answer from Asterisk");
    onEnd();
  }

  @Override
  public void processIOException(IOExceptionEvent event) {
    print("cannot reach " + event.getHost() + ":" + event.getPort());
    onEnd();
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
