package io.tamas.cli.phone;

import io.tamas.config.Secret;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.sip.InvalidArgumentException;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.header.CSeqHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/// An extension's phone: registers, rings, answers after a while, and sends a tone until the other
/// side hangs up.
public final class DemoPhone extends Phone {
  private static final int HERTZ = 440;
  private static final int EXPIRES_SECONDS = 300;

  private final String extension;
  private final Secret password;
  private final Duration ring;
  private volatile CompletableFuture<Void> registered = new CompletableFuture<>();
  private final ScheduledExecutorService later =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("answer").factory());
  private volatile @Nullable Request ringing;
  private volatile @Nullable ServerTransaction ringingTransaction;

  /// @param ring how long it rings before it answers
  public DemoPhone(
      String extension,
      Secret password,
      InetSocketAddress asterisk,
      Duration ring,
      Consumer<String> output)
      throws SipException, IOException {
    super(extension, "127.0.0.1", asterisk, HERTZ, output);
    this.extension = extension;
    this.password = password;
    this.ring = ring;
  }

  /// Completes when the phone is registered; fails if Asterisk refused.
  public CompletableFuture<Void> register() throws SipException {
    return register(EXPIRES_SECONDS);
  }

  /// With 0 seconds the phone deregisters.
  private CompletableFuture<Void> register(int seconds) throws SipException {
    CompletableFuture<Void> answered = new CompletableFuture<>();
    registered = answered;
    Request request = line.request(Request.REGISTER, extension);
    line.setExpires(request, seconds);
    line.provider().getNewClientTransaction(request).sendRequest();
    return answered;
  }

  @Override
  public void processResponse(ResponseEvent event) {
    Response response = event.getResponse();
    CSeqHeader sequence = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    if (!sequence.getMethod().equals(Request.REGISTER) || event.getClientTransaction() == null) {
      return;
    }
    boolean first = sequence.getSeqNumber() == 1;
    if (response.getStatusCode() == Response.UNAUTHORIZED && first) {
      authenticate(event);
    } else if (response.getStatusCode() == Response.OK) {
      registered.complete(null);
    } else if (response.getStatusCode() >= 300) {
      refused(response.getStatusCode() + " " + response.getReasonPhrase());
    }
  }

  private void authenticate(ResponseEvent challenge) {
    try {
      line.authenticate(challenge, password).sendRequest();
    } catch (SipException e) {
      refused(String.valueOf(e.getMessage()));
    }
  }

  private void refused(String why) {
    registered.completeExceptionally(
        new SipException("extension " + extension + " could not register: " + why));
  }

  @Override
  void onInvite(Request request, ServerTransaction transaction)
      throws SipException, InvalidArgumentException, ParseException {
    if (((ToHeader) request.getHeader(ToHeader.NAME)).getTag() != null) {
      accept(request, transaction);
      return;
    }
    print("rings: " + ((FromHeader) request.getHeader(FromHeader.NAME)).getAddress());
    Response alert = line.response(Response.RINGING, request);
    ((ToHeader) alert.getHeader(ToHeader.NAME)).setTag(localTag(transaction));
    transaction.sendResponse(alert);
    ringing = request;
    ringingTransaction = transaction;
    later.schedule(this::answer, ring.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void answer() {
    Request request = ringing;
    ServerTransaction transaction = ringingTransaction;
    if (request == null || transaction == null) {
      return;
    }
    try {
      accept(request, transaction);
      print("answers");
      Optional<Sdp> there = Sdp.parse(body(request.getRawContent()));
      there.ifPresent(voice::talk);
    } catch (SipException | InvalidArgumentException | ParseException e) {
      print("could not answer: " + e.getMessage());
    }
  }

  @Override
  void onCancel() throws SipException, InvalidArgumentException, ParseException {
    Request request = ringing;
    ServerTransaction transaction = ringingTransaction;
    if (request != null && transaction != null) {
      ringing = null;
      transaction.sendResponse(line.response(Response.REQUEST_TERMINATED, request));
      print("stops ringing");
    }
  }

  @Override
  void onEnd() {
    registered.completeExceptionally(new SipException("no answer from Asterisk"));
    ringing = null;
  }

  @Override
  public void close() {
    later.shutdownNow();
    try {
      if (registered.isDone() && !registered.isCompletedExceptionally()) {
        register(0).get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (SipException | ExecutionException | TimeoutException e) {
      print("could not deregister: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    super.close();
  }
}
