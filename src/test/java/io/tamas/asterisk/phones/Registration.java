package io.tamas.asterisk.phones;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/// Registers as a phone does (RFC 3261 section 10, digest of section 22), and says what came of it.
final class Registration implements AutoCloseable {
  private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");
  private static final Pattern OPAQUE = Pattern.compile("opaque=\"([^\"]+)\"");
  private static final Pattern REALM = Pattern.compile("realm=\"([^\"]+)\"");

  private final String host;
  private final String user;
  private final String password;
  private final String callId = UUID.randomUUID().toString();
  private final Wire wire;

  Registration(int sipPort, String user, String password) throws IOException {
    this("127.0.0.1", sipPort, user, password);
  }

  /// @param host the phone's own address
  Registration(String host, int sipPort, String user, String password) throws IOException {
    this(host, Wire.Udp.from(host, sipPort), user, password);
  }

  private Registration(String host, Wire wire, String user, String password) {
    this.host = host;
    this.wire = wire;
    this.user = user;
    this.password = password;
  }

  static Registration byTcp(String host, int sipPort, String user, String password)
      throws IOException {
    return new Registration(host, Wire.Tcp.from(host, sipPort), user, password);
  }

  /// @param trust what the phone trusts
  static Registration byTls(
      String host, int sipTlsPort, SSLContext trust, String user, String password)
      throws IOException {
    return new Registration(host, Wire.Tcp.withTls(host, sipTlsPort, trust), user, password);
  }

  /// The status of the last answer; 0 when none came within a second.
  int attempt() throws IOException {
    try {
      String challenge = ask(1, "");
      return status(challenge) == 401
          ? status(ask(2, authorization(challenge)))
          : status(challenge);
    } catch (SocketTimeoutException e) {
      return 0;
    }
  }

  /// From now on Asterisk's questions (OPTIONS) are answered, until it is closed.
  void stay() throws IOException {
    wire.waitsForever();
    Thread.ofVirtual().start(this::answerQuestions);
  }

  /// As a phone that loses its power: nothing is said.
  @Override
  public void close() throws IOException {
    wire.close();
  }

  private void answerQuestions() {
    try {
      while (true) {
        answer(wire.receive());
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void answer(String request) throws IOException {
    if (request.startsWith("OPTIONS")) {
      String headers =
          request
              .lines()
              .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq): .*"))
              .collect(Collectors.joining("\r\n"));
      wire.send("SIP/2.0 200 OK\r\n" + headers + "\r\nContent-Length: 0\r\n\r\n");
    }
  }

  private String ask(int sequence, String authorization) throws IOException {
    int port = wire.port();
    String request =
        "REGISTER sip:127.0.0.1 SIP/2.0\r\n"
            + "Via: SIP/2.0/"
            + wire.transport()
            + " "
            + host
            + ":"
            + port
            + ";rport;branch=z9hG4bK"
            + UUID.randomUUID()
            + "\r\nMax-Forwards: 70\r\n"
            + "From: <sip:"
            + user
            + "@127.0.0.1>;tag=a\r\n"
            + "To: <sip:"
            + user
            + "@127.0.0.1>\r\n"
            + "Call-ID: "
            + callId
            + "\r\nCSeq: "
            + sequence
            + " REGISTER\r\n"
            + "Contact: <sip:"
            + user
            + "@"
            + host
            + ":"
            + port
            + ";transport="
            + wire.transport()
            + ">;expires=120\r\n"
            + authorization
            + "Content-Length: 0\r\n\r\n";
    wire.send(request);
    while (true) {
      String text = wire.receive();
      // Asterisk also asks a new contact for its options
      if (text.startsWith("SIP/2.0") && text.contains("CSeq: " + sequence + " REGISTER")) {
        return text;
      }
    }
  }

  private String authorization(String challenge) {
    String realm = first(REALM, challenge);
    String nonce = first(NONCE, challenge);
    String a1 = md5(user + ":" + realm + ":" + password);
    String a2 = md5("REGISTER:sip:127.0.0.1");
    return "Authorization: Digest username=\""
        + user
        + "\",realm=\""
        + realm
        + "\",nonce=\""
        + nonce
        + "\",uri=\"sip:127.0.0.1\",qop=auth,nc=00000001,cnonce=\"c\",response=\""
        + md5(a1 + ":" + nonce + ":00000001:c:auth:" + a2)
        + "\",algorithm=MD5,opaque=\""
        + first(OPAQUE, challenge)
        + "\"\r\n";
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static int status(String answer) {
    return Integer.parseInt(answer.substring(8, 11));
  }

  private static String md5(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
