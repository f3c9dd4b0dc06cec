package io.tamas.lab;

import io.tamas.config.Secret;
import io.tamas.lab.RawSip.Message;
import java.io.IOException;
import java.io.UncheckedIOException;

/// A caller whose SIP messages are written by the test: over a line, or by the phone of an
/// extension, which says who it is when it is asked.
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
  private final String server;
  private final DigestAnswer account;
  private final String callId = RawSip.token();
  private String branch = "";
  private int sequence;
  private String method = "INVITE";
  private String from = "";
  private String to = "";
  private String target = "";
  private String more = "";
  private boolean signedIn;
  private final String tag = RawSip.token();
  private Message rung = new Message("");

  /// @param address from which it calls
  /// @param account the user is empty where nobody is asked
  RawCaller(House house, String address, String user, Secret password) {
    int port = house.asterisk().settings().sipPort();
    server = "127.0.0.1:" + port;
    sip = new RawSip(address, port);
    account = new DigestAnswer(user, password);
  }

  /// The extension whose phone it is.
  public String number() {
    return account.user();
  }

  /// Calls as itself.
  public RawCaller calls(String dialled) {
    return calls(dialled, "<sip:" + number() + "@127.0.0.1>");
  }

  /// @param fromHeader such as `"Ali" <sip:+989121234567@example.com>`, as it is to be sent
  public RawCaller calls(String dialled, String fromHeader) {
    return calls(dialled, fromHeader, "");
  }

  /// @param headers more of them, each ended by a newline
  public RawCaller calls(String dialled, String fromHeader, String headers) {
    method = "INVITE";
    target = "sip:" + dialled + "@" + server;
    more = headers + "Content-Type: application/sdp\n";
    return begins(fromHeader, OFFER);
  }

  /// Calls without saying with which media: they are offered to it (RFC 3261 section 13.2.1).
  public RawCaller callsWithoutOffer(String dialled, String fromHeader) {
    method = "INVITE";
    target = "sip:" + dialled + "@" + server;
    more = "";
    return begins(fromHeader, "");
  }

  /// Registers its phone, in vain when the password is wrong.
  public RawCaller registers() {
    method = "REGISTER";
    target = "sip:" + server;
    more = "Expires: 300\n";
    begins("<sip:" + number() + "@127.0.0.1>", "");
    return this;
  }

  /// Calls an account.
  ///
  /// @param user of the request line; empty: there is none
  /// @param toHeader what was dialled, as it is to be sent
  /// @param headers more of them, each ended by a newline
  public RawCaller calls(String user, String toHeader, String fromHeader, String headers) {
    method = "INVITE";
    target = "sip:" + (user.isEmpty() ? "" : user + "@") + server;
    more = headers + "Content-Type: application/sdp\n";
    return begins(fromHeader, toHeader, OFFER);
  }

  private RawCaller begins(String fromHeader, String body) {
    return begins(fromHeader, method.equals("REGISTER") ? fromHeader : "<" + target + ">", body);
  }

  private RawCaller begins(String fromHeader, String toHeader, String body) {
    from = fromHeader + ";tag=" + RawSip.token();
    to = toHeader;
    branch = RawSip.branch();
    sequence++;
    request(method, branch, more, body);
    return this;
  }

  /// Waits for a final answer or one of this status and acknowledges what is final.
  public RawCaller isTold(int status) {
    Message answer;
    do {
      answer = receive();
      if (answer.status() == 401 && !account.user().isEmpty() && !signedIn) {
        signsIn(answer);
        answer = receive();
      }
    } while (answer.status() < 200 && answer.status() != status);
    acknowledges(answer);
    if (answer.status() != status) {
      throw new AssertionError(
          "received " + answer.status() + " for " + target + ", not " + status);
    }
    return this;
  }

  private void signsIn(Message challenge) {
    signedIn = true;
    acknowledges(challenge);
    to = to.replaceFirst(";tag=.*", "");
    sequence++;
    branch = RawSip.branch();
    String answer = "Authorization: " + account.to(challenge, method, target) + "\n";
    request(method, branch, answer + more, method.equals("INVITE") ? OFFER : "");
  }

  private void acknowledges(Message answer) {
    if (answer.status() >= 200 && method.equals("INVITE")) {
      to = answer.header("To");
      request("ACK", answer.status() < 300 ? RawSip.branch() : branch, "", "");
    }
  }

  public void hangsUp() {
    sequence++;
    request("BYE", RawSip.branch(), "", "");
  }

  /// Wants the other end of its call to be connected with that of another's call (RFC 3891).
  public RawCaller refers(RawCaller to) {
    sequence++;
    method = "REFER";
    String replaces = to.replaces().strip().replaceFirst(": ", "=");
    String escaped = replaces.replace("@", "%40").replace(";", "%3B").replaceAll("tag=", "tag%3D");
    request("REFER", RawSip.branch(), "Refer-To: <sip:raw@" + server + "?" + escaped + ">\n", "");
    return this;
  }

  /// Its phone, which has registered, is called and rings.
  public RawCaller rings() {
    Message invite = receive();
    while (!invite.method().equals("INVITE")) {
      if (!invite.method().isEmpty()) {
        sip.answer(invite, 200, "OK", tag);
      }
      invite = receive();
    }
    sip.answer(invite, 180, "Ringing", tag);
    rung = invite;
    return this;
  }

  /// Refuses the call that rings.
  public RawCaller refuses() {
    sip.answer(rung, 486, "Busy Here", tag);
    return this;
  }

  /// The header with which another phone takes over its part of the call (RFC 3891): the one that
  /// it made, or the one that rings.
  public String replaces() {
    return rung.text().isEmpty()
        ? replaces(callId, tagOf(to), tagOf(from))
        : replaces(rung.header("Call-ID"), tagOf(rung.header("From")), tag);
  }

  private static String replaces(String callId, String toTag, String fromTag) {
    return "Replaces: %s;to-tag=%s;from-tag=%s\n".formatted(callId, toTag, fromTag);
  }

  private static String tagOf(String party) {
    return party.replaceFirst(".*;tag=", "").replaceFirst(";.*", "");
  }

  private void request(String name, String via, String headers, String body) {
    sip.send(
        """
        %1$s %2$s SIP/2.0
        Via: SIP/2.0/UDP %3$s;branch=%4$s;rport
        From: %5$s
        To: %6$s
        Call-ID: %7$s
        CSeq: %8$d %1$s
        Contact: <sip:raw@%3$s>
        %9$s\
        """
            .formatted(name, target, sip.address(), via, from, to, callId, sequence, headers),
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
