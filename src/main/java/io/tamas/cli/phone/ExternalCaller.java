package io.tamas.cli.phone;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/// An external party that calls a number of the company, as a carrier would deliver the call.
public final class ExternalCaller extends Phone {
  private static final int HERTZ = 620;

  private final CompletableFuture<Boolean> answered = new CompletableFuture<>();
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private final CompletableFuture<Void> farewell = new CompletableFuture<>();
  private @Nullable ClientTransaction invite;
  private volatile @Nullable Dialog dialog;

  /// @param host the address of this machine that the trunk accepts as its carrier's
  public ExternalCaller(
      String number, String host, InetSocketAddress asterisk, Consumer<String> output)
      throws SipException, IOException {
    super(number, host, asterisk, HERTZ, output);
  }

  public void call(String number) throws SipException {
    Request request = line.request(Request.INVITE, number);
    line.setBody(request, voice.offer());
    invite = line.provider().getNewClientTransaction(request);
    invite.sendRequest();
  }

  /// True once the call was answered, false if it ended before.
  public CompletableFuture<Boolean> answered() {
    return answered;
  }

  /// Completes when the call is over, whoever ended it.
  public CompletableFuture<Void> over() {
    return over;
  }

  /// Ends the call, or the attempt; does nothing if it has ended.
  public void hangUp() throws SipException {
    Dialog talking = dialog;
    if (talking != null && !over.isDone()) {
      ClientTransaction bye =
          line.provider().getNewClientTransaction(talking.createRequest(Request.BYE));
      talking.sendRequest(bye);
    } else if (invite != null && !answered.isDone()) {
      line.provider().getNewClientTransaction(invite.createCancel()).sendRequest();
    }
    onEnd();
  }

  @Override
  public void processResponse(ResponseEvent event) {
    Response response = event.getResponse();
    CSeqHeader sequence = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    if (!sequence.getMethod().equals(Request.INVITE)) {
      farewell.complete(null);
      return;
    }
    int status = response.getStatusCode();
    if (status >= 300) {
      print(status + " " + response.getReasonPhrase());
      onEnd();
    } else if (status >= 200) {
      connected(event, sequence.getSeqNumber());
    } else if (status > 100) {
      print(status + " " + response.getReasonPhrase());
    }
  }

  private void connected(ResponseEvent event, long sequence) {
    try {
      Dialog talking = event.getDialog();
      talking.sendAck(talking.createAck(sequence));
      dialog = talking;
      Optional<Sdp> there = Sdp.parse(body(event.getResponse().getRawContent()));
      if (answered.complete(true)) {
        print("answered");
        there.ifPresent(voice::talk);
      }
    } catch (SipException | InvalidArgumentException e) {
      print("could not acknowledge the answer: " + e.getMessage());
      onEnd();
    }
  }

  @Override
  void onInvite(Request request, ServerTransaction transaction)
      throws SipException, InvalidArgumentException, java.text.ParseException {
    accept(request, transaction);
  }

  @Override
  void onEnd() {
    answered.complete(false);
    over.complete(null);
  }

  @Override
  void onCancel() {}

  /// Waits for the response to BYE: the library would report one that arrives too late.
  @Override
  public void close() {
    if (dialog != null) {
      farewell.completeOnTimeout(null, FAREWELL.toMillis(), TimeUnit.MILLISECONDS).join();
    }
    super.close();
  }
}
