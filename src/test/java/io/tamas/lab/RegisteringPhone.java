package io.tamas.lab;

import io.tamas.config.Secret;
import io.tamas.lab.RawSip.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// A phone that only registers, and says how long that took.
public final class RegisteringPhone implements AutoCloseable {
  /// T1 and T2 of RFC 3261 section 17.1.1.1.
  private static final int T1_MILLIS = 500;

  private static final int T2_MILLIS = 4_000;

  private final RawSip sip;
  private final String number;
  private final Secret password;
  private final String server;
  private final String callId = RawSip.token();
  private int sequence;

  public RegisteringPhone(Lab lab, String number, Secret password) {
    int port = lab.asterisk().settings().sipPort();
    this.sip = new RawSip("127.0.0.1", port);
    this.number = number;
    this.password = password;
    this.server = "sip:127.0.0.1:" + port;
  }

  /// Registers, or renews its registration.
  ///
  /// @return the time until it was told that it is registered
  public Duration registers(Duration patience) {
    long begun = System.nanoTime();
    long deadline = begun + patience.toNanos();
    try {
      Message answer = ask("", deadline);
      if (answer.status() == 401) {
        String digest = new DigestAnswer(number, password).to(answer, "REGISTER", server);
        answer = ask("Authorization: " + digest + "\n", deadline);
      }
      if (answer.status() != 200) {
        throw new AssertionError(number + " received " + answer.status());
      }
      return Duration.ofNanos(System.nanoTime() - begun);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Message ask(String authorization, long deadline) throws IOException {
    sequence++;
    String branch = RawSip.branch();
    int wait = T1_MILLIS;
    while (System.nanoTime() < deadline) {
      send(branch, authorization);
      try {
        return answer(wait);
      } catch (SocketTimeoutException e) {
        wait = Math.min(2 * wait, T2_MILLIS);
      }
    }
    throw new AssertionError(number + " received no answer");
  }

  /// Asterisk also asks whether the phone is there (OPTIONS).
  private Message answer(int millis) throws IOException {
    long until = System.nanoTime() + millis * 1_000_000L;
    while (true) {
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new SocketTimeoutException();
      }
      Message message = sip.receive((int) left);
      if (!message.method().isEmpty()) {
        sip.answer(message, 200, "OK", "me");
      } else if (message.header("CSeq").startsWith(sequence + " ")) {
        return message;
      }
    }
  }

  private void send(String branch, String authorization) {
    sip.send(
        """
        REGISTER %1$s SIP/2.0
        Via: SIP/2.0/UDP %2$s;branch=%3$s
        From: <sip:%4$s@127.0.0.1>;tag=%5$s
        To: <sip:%4$s@127.0.0.1>
        Call-ID: %5$s
        CSeq: %6$d REGISTER
        Contact: <sip:%4$s@%2$s>
        Expires: 300
        %7$s\
        """
            .formatted(server, sip.address(), branch, number, callId, sequence, authorization),
        "");
  }

  @Override
  public void close() {
    sip.close();
  }
}
