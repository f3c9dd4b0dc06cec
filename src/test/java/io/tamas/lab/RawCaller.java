package io.tamas.lab;

import io.tamas.lab.RawSip.Message;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A caller whose `From` header is written by the test.
public final class RawCaller implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 15_000;
  private static final String OFFER =
      """
      v=0
      o=raw 1 1 IN IP4 127.0.0.1
      s=-
      c=IN IP4 127.0.0.1
      t=0 0
      m=audio 19000 RTP/AVP 8
      a=rtpmap:8 PCMA/8000
      """;

  private final RawSip sip;
  private final int serverPort;
  private final String callId = RawSip.token();
  private final String branch = "z9hG4bK" + RawSip.token();
  private String from = "";
  private String to = "";
  private String target = "";

  RawCaller(House house, String address) {
    serverPort = house.asterisk().settings().sipPort();
    sip = new RawSip(address, serverPort);
  }

  /// @param fromHeader such as `"Ali" <sip:+989121234567@example.com>`, as it is to be sent
  public RawCaller calls(String number, String fromHeader) {
    target = "sip:" + number + "@127.0.0.1:" + serverPort;
    from = fromHeader + ";tag=" + RawSip.token();
    to = "<" + target + ">";
    request("INVITE", branch, "Content-Type: application/sdp\n", OFFER);
    return this;
  }

  /// Waits for a final answer or one of this status and acknowledges what is final.
  public RawCaller isTold(int status) {
    Message answer;
    do {
      answer = receive();
    } while (answer.status() < 200 && answer.status() != status);
    if (answer.status() >= 200) {
      to = answer.header("To");
      boolean accepted = answer.status() < 300;
      request("ACK", accepted ? "z9hG4bK" + RawSip.token() : branch, "", "");
    }
    if (answer.status() != status) {
      throw new AssertionError("told " + answer.status() + ", not " + status);
    }
    return this;
  }

  public void hangsUp() {
    request("BYE", "z9hG4bK" + RawSip.token(), "", "");
  }

  private void request(String method, String via, String more, String body) {
    sip.send(
        "%s %s SIP/2.0\nVia: SIP/2.0/UDP %s;branch=%s;rport\nFrom: %s\nTo: %s\nCall-ID: %s\nCSeq: %s\nContact: <sip:raw@%s>\n%s"
            .formatted(
                method,
                target,
                sip.address(),
                via,
                from,
                to,
                callId,
                (method.equals("BYE") ? "2 " : "1 ") + method,
                sip.address(),
                more),
        body);
  }

  private Message receive() {
    try {
      return sip.receive(DEADLINE_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    sip.close();
  }
}
