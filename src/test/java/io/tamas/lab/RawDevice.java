package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;

import io.tamas.config.Secret;
import io.tamas.lab.RawSip.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// A device of an extension whose registration is written by the test. It rings until it is told to
/// stop.
public final class RawDevice implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int DEADLINE_MILLIS = 5_000;

  private final RawSip sip;
  private final String number;
  private final String server;
  private final String contact;
  private final String agent;
  private final String callId = RawSip.token();
  private final List<Message> received = new CopyOnWriteArrayList<>();
  private int sequence;
  private volatile boolean silent;

  /// What it says to each call, such as `607 Unwanted`; empty while it rings.
  private volatile String refusal = "";

  /// @param user the user part of its contact
  /// @param parameters of its contact, each after a semicolon
  RawDevice(House house, String number, String user, String parameters, String agent) {
    int port = house.asterisk().settings().sipPort();
    this.sip = new RawSip("127.0.0.1", port);
    this.number = number;
    this.server = "sip:127.0.0.1:" + port;
    this.contact = "sip:" + user + "@" + sip.address() + parameters;
    this.agent = agent;
  }

  /// The status of the answer to its registration.
  public int registers(Secret password) {
    try {
      register("");
      Message answer = response();
      if (answer.status() == 401) {
        String digest = new DigestAnswer(number, password).to(answer, "REGISTER", server);
        register("Authorization: " + digest + "\n");
        answer = response();
      }
      return answer.status();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// From now on it rings when it is called.
  public RawDevice waitsForCalls() {
    Thread.ofVirtual().name("device-" + number).start(this::receiveAll);
    return this;
  }

  /// It loses its power: nothing is answered any more.
  public RawDevice goesSilent() {
    silent = true;
    return this;
  }

  /// Its power is back: it registers again, from the same address.
  public RawDevice comesBack(Secret password) {
    silent = false;
    register("");
    String digest = new DigestAnswer(number, password).to(answerIs(401), "REGISTER", server);
    register("Authorization: " + digest + "\n");
    answerIs(200);
    return this;
  }

  /// The answer to its last registration, while it waits for calls.
  private Message answerIs(int status) {
    String last = "CSeq: " + sequence + " REGISTER";
    Predicate<Message> isIt = one -> one.status() == status && one.text().contains(last);
    eventually(
        status + " to " + last + "; received " + received,
        SOON,
        () -> received.stream().anyMatch(isIt));
    return received.stream().filter(isIt).findFirst().orElseThrow();
  }

  /// Answers each call so.
  ///
  /// @param status such as `607 Unwanted`; empty if it is to ring
  public RawDevice willSay(String status) {
    refusal = status;
    return this;
  }

  public String contact() {
    return contact;
  }

  /// As it registered, on this machine.
  public String address() {
    return sip.address();
  }

  /// It is called by the contact with which it registered.
  public RawDevice rings() {
    eventually(
        contact + " rings; received " + received,
        SOON,
        () -> isReceived("INVITE " + contact + " SIP/2.0"));
    return this;
  }

  public RawDevice wasNotCalled() {
    if (isReceived("INVITE ")) {
      throw new AssertionError(contact + " was called");
    }
    return this;
  }

  /// It stops to ring, and is told why (RFC 3326).
  public RawDevice stopsBecause(String reason) {
    eventually(contact + " stops", SOON, () -> isReceived("CANCEL ") && isReceived(reason));
    return this;
  }

  private boolean isReceived(String text) {
    return received.stream().anyMatch(message -> message.text().contains(text));
  }

  private void register(String authorization) {
    sequence++;
    sip.send(
        """
        REGISTER %1$s SIP/2.0
        Via: SIP/2.0/UDP %2$s;branch=z9hG4bK%3$s
        From: <sip:%4$s@127.0.0.1>;tag=%3$s
        To: <sip:%4$s@127.0.0.1>
        Call-ID: %5$s
        CSeq: %6$d REGISTER
        Contact: <%7$s>
        User-Agent: %8$s
        Expires: 300
        %9$s\
        """
            .formatted(
                server,
                sip.address(),
                RawSip.token(),
                number,
                callId,
                sequence,
                contact,
                agent,
                authorization),
        "");
  }

  /// Asterisk may ask whether the device is there (OPTIONS) before it answers the registration.
  private Message response() throws IOException {
    Message message = sip.receive(DEADLINE_MILLIS);
    while (!message.method().isEmpty()) {
      sip.answer(message, 200, "OK", "me");
      message = sip.receive(DEADLINE_MILLIS);
    }
    return message;
  }

  private void receiveAll() {
    try {
      Message invite = new Message("");
      while (true) {
        Message request = sip.receive(0);
        received.add(request);
        if (silent || request.status() > 0) {
          continue;
        }
        switch (request.method()) {
          case "INVITE" -> {
            invite = request;
            invited(request);
          }
          case "ACK" -> {}
          case "CANCEL" -> {
            sip.answer(request, 200, "OK", "me");
            sip.answer(invite, 487, "Request Terminated", "me");
          }
          default -> sip.answer(request, 200, "OK", "me");
        }
      }
    } catch (IOException closed) {
      // switched off
    }
  }

  private void invited(Message invite) {
    String[] status = (refusal.isEmpty() ? "180 Ringing" : refusal).split(" ", 2);
    sip.answer(invite, Integer.parseInt(status[0]), status[1], "me");
  }

  @Override
  public void close() {
    sip.close();
  }
}
