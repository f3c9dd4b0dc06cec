package io.tamas.lab;

import io.tamas.config.Secret;
import io.tamas.lab.RawSip.Message;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A phone whose user declines every call (603), which baresip cannot.
public final class DecliningPhone implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 5000;

  private final RawSip sip;
  private final String number;
  private final String uri;
  private final String callId = RawSip.token();

  private DecliningPhone(House house, String number, String host) {
    int port = house.asterisk().settings().sipPort();
    this.sip = new RawSip(host, port);
    this.number = number;
    this.uri = "sip:127.0.0.1:" + port;
  }

  static DecliningPhone registered(House house, String number, Secret password) {
    var phone = new DecliningPhone(house, number, "127.0.0.1");
    phone.register(password);
    return phone.declining();
  }

  static DecliningPhone outside(House house, String number, String host) {
    return new DecliningPhone(house, number, host).declining();
  }

  private DecliningPhone declining() {
    Thread.ofVirtual().name("declining-" + number).start(this::declineAll);
    return this;
  }

  public String number() {
    return number;
  }

  /// Where it is called: `host:port`.
  String address() {
    return sip.address();
  }

  private void register(Secret password) {
    try {
      send(1, "");
      Message challenge = response();
      send(
          2,
          "Authorization: "
              + new DigestAnswer(number, password).to(challenge, "REGISTER", uri)
              + "\n");
      Message answer = response();
      if (answer.status() != 200) {
        throw new AssertionError("not registered: " + answer.text());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asterisk may ask whether the phone is there (OPTIONS) before it answers the registration.
  private Message response() throws IOException {
    Message message = sip.receive(DEADLINE_MILLIS);
    while (!message.method().isEmpty()) {
      sip.answer(message, 200, "OK", "me");
      message = sip.receive(DEADLINE_MILLIS);
    }
    return message;
  }

  private void send(int sequence, String authorization) {
    sip.send(
        """
        REGISTER %1$s SIP/2.0
        Via: SIP/2.0/UDP %2$s;branch=z9hG4bK%3$s
        From: <sip:%4$s@127.0.0.1>;tag=%3$s
        To: <sip:%4$s@127.0.0.1>
        Call-ID: %5$s
        CSeq: %6$d REGISTER
        Contact: <sip:%4$s@%2$s>
        Expires: 300
        %7$s\
        """
            .formatted(uri, sip.address(), RawSip.token(), number, callId, sequence, authorization),
        "");
  }

  private void declineAll() {
    try {
      while (true) {
        Message request = sip.receive(0);
        switch (request.method()) {
          case "INVITE" -> {
            sip.answer(request, 180, "Ringing", "me");
            sip.answer(request, 603, "Decline", "me");
          }
          case "ACK", "" -> {}
          default -> sip.answer(request, 200, "OK", "me");
        }
      }
    } catch (IOException closed) {
      // switched off
    }
  }

  @Override
  public void close() {
    sip.close();
  }
}
