package io.tamas.lab;

import io.tamas.lab.RawSip.Message;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One side's state of a SIP dialog, and the requests in it: RFC 3261 section 12.
final class RawDialog {
  private static final Pattern URI = Pattern.compile("<([^>]*)>");

  private final String here;
  private final String callId;
  private final String from;
  private String to;
  private String target;
  private int sequence;
  private String method = "";
  private String branch = "";
  private String headers = "";
  private boolean signedIn;

  private RawDialog(String here, String callId, String from, String to, String target) {
    this.here = here;
    this.callId = callId;
    this.from = from;
    this.to = to;
    this.target = target;
  }

  static RawDialog outgoing(String here, String from, String to, String target) {
    return new RawDialog(here, RawSip.token(), from + ";tag=" + RawSip.token(), to, target);
  }

  /// Of an INVITE that is answered with the tag `me`.
  static RawDialog incoming(String here, Message invite) {
    return new RawDialog(
        here,
        invite.header("Call-ID"),
        invite.header("To") + ";tag=me",
        invite.header("From"),
        uri(invite.header("Contact")));
  }

  String callId() {
    return callId;
  }

  String method() {
    return method;
  }

  String target() {
    return target;
  }

  boolean isInvite() {
    return method.equals("INVITE");
  }

  boolean isSignedIn() {
    return signedIn;
  }

  String latest() {
    return method + " " + target;
  }

  /// A new request.
  String request(String newMethod, String newHeaders) {
    method = newMethod;
    headers = newHeaders;
    signedIn = false;
    return next("");
  }

  /// Of the latest INVITE.
  String cancel() {
    return lines("CANCEL", branch, "");
  }

  /// The latest request with credentials.
  String again(String authorization) {
    signedIn = true;
    return next(authorization);
  }

  private String next(String authorization) {
    sequence++;
    branch = RawSip.branch();
    String type = isInvite() ? "Content-Type: application/sdp\n" : "";
    return lines(method, branch, authorization + headers + type);
  }

  boolean isAnsweredBy(Message answer) {
    return answer.header("Call-ID").equals(callId)
        && answer.header("CSeq").equals(sequence + " " + method);
  }

  /// After a final answer to an INVITE. A success fixes the other side's tag and address.
  String acknowledgement(Message answer) {
    boolean success = answer.status() < 300;
    String before = to;
    to = answer.header("To");
    if (success) {
      target = uri(answer.header("Contact"));
    }
    String ack = lines("ACK", success ? RawSip.branch() : branch, "");
    if (!success) {
      to = before;
    }
    return ack;
  }

  private String lines(String name, String via, String more) {
    return """
    %1$s %2$s SIP/2.0
    Via: SIP/2.0/UDP %3$s;branch=%4$s;rport
    From: %5$s
    To: %6$s
    Call-ID: %7$s
    CSeq: %8$d %1$s
    %9$s%10$s\
    """
        .formatted(name, target, here, via, from, to, callId, sequence, contact(name, more), more);
  }

  private String contact(String name, String more) {
    return name.equals("BYE") || more.startsWith("Contact:") || more.contains("\nContact:")
        ? ""
        : "Contact: <sip:raw@" + here + ">\n";
  }

  private static String uri(String header) {
    Matcher matcher = URI.matcher(header);
    return matcher.find() ? matcher.group(1) : header;
  }
}
