package io.tamas.asterisk.phones;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The switch of a provider at which a trunk registers: takes the registration of one account with
/// its password, is asked for calls and declines them (603), and calls by itself.
public final class Provider implements AutoCloseable {
  private final ProviderLine line;
  private final String password;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final AtomicInteger takenCalls = new AtomicInteger();
  private volatile String contact = "";
  private volatile String refusal = "";
  private volatile boolean ignoresOptions;
  private volatile List<String> algorithms = List.of("MD5");
  private volatile boolean challengesCalls;
  private volatile int longest;
  private volatile int shortest;

  /// By UDP.
  public Provider(int asteriskPort, String password) throws IOException {
    this(new ProviderLine.Udp(asteriskPort), password);
  }

  public static Provider byTcp(Vertx vertx, String password) throws Exception {
    return new Provider(ProviderLine.Stream.tcp(vertx), password);
  }

  Provider(ProviderLine line, String password) {
    this.line = line;
    this.password = password;
    Thread.ofVirtual().name("provider").start(this::serve);
  }

  public String server() {
    return "127.0.0.1:" + line.port();
  }

  /// Registrations last no longer than that, in seconds.
  public Provider grants(int seconds) {
    longest = seconds;
    return this;
  }

  /// Registrations must last that long, in seconds.
  public Provider wantsAtLeast(int seconds) {
    shortest = seconds;
    return this;
  }

  /// Requires a digest by one of these (RFC 8760), the preferred one first.
  public Provider wants(String... digests) {
    algorithms = List.of(digests);
    return this;
  }

  /// Requires the password for each call, too.
  public Provider challengesCalls() {
    challengesCalls = true;
    return this;
  }

  /// Answers no OPTIONS.
  public Provider ignoresOptions() {
    ignoresOptions = true;
    return this;
  }

  /// Answers OPTIONS again.
  public Provider answersOptions() {
    ignoresOptions = false;
    return this;
  }

  /// Refuses each registration from now on.
  ///
  /// @param status such as `403 Forbidden`; empty: takes them again
  public Provider refuses(String status) {
    refusal = status;
    return this;
  }

  /// The contact that is registered; empty before.
  public String contact() {
    return contact;
  }

  /// The latest request of a method.
  public String latest(String method) {
    return requests.reversed().stream().filter(r -> r.startsWith(method)).findFirst().orElse("");
  }

  /// How many requests of a method came.
  public long count(String method) {
    return requests.stream().filter(request -> request.startsWith(method)).count();
  }

  /// How many calls came that it declined and did not challenge.
  public int takenCalls() {
    return takenCalls.get();
  }

  /// Calls a number; the status of the final answer is in [#status] after a while.
  public void calls(String uri) {
    calls(uri, uri);
  }

  /// @param to what the caller dialled, where the address is an account's
  public void calls(String uri, String to) {
    answers.clear();
    String token = UUID.randomUUID().toString();
    send(
        """
        INVITE %1$s SIP/2.0
        Via: SIP/2.0/UDP %2$s;branch=z9hG4bK%3$s;rport
        Max-Forwards: 70
        From: <sip:+989121234567@%2$s>;tag=%3$s
        To: <%4$s>
        Call-ID: %3$s
        CSeq: 1 INVITE
        Contact: <sip:provider@%2$s>
        Content-Length: 0

        """
            .formatted(uri, server(), token, to));
  }

  /// Of the final answer to the call; 0 while there is none.
  public int status() {
    return answers.stream()
        .filter(answer -> header("CSeq", answer).endsWith("INVITE"))
        .map(answer -> Integer.parseInt(answer.substring(8, 11)))
        .filter(status -> status >= 200)
        .findFirst()
        .orElse(0);
  }

  public static String header(String name, String message) {
    Matcher line = Pattern.compile("(?im)^" + name + ":\\s*(.*?)\\r?$").matcher(message);
    return line.find() ? line.group(1) : "";
  }

  private void serve() {
    try {
      while (true) {
        String message = line.receive();
        if (message.startsWith("SIP/2.0")) {
          answers.add(message);
        } else {
          requests.add(message);
          answer(message);
        }
      }
    } catch (IOException e) {
      // closed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(String request) {
    switch (request.substring(0, request.indexOf(' '))) {
      case "REGISTER" -> answerRegistration(request);
      case "OPTIONS" -> {
        if (!ignoresOptions) {
          respond(request, "200 OK", "");
        }
      }
      case "INVITE" -> answerCall(request);
      case "ACK" -> {}
      default -> respond(request, "200 OK", "");
    }
  }

  private void answerRegistration(String request) {
    if (!refusal.isEmpty()) {
      respond(request, refusal, "");
      return;
    }
    if (!isRight("REGISTER", header("Authorization", request))) {
      respond(request, "401 Unauthorized", challenges("WWW-Authenticate"));
    } else {
      int wanted = Integer.parseInt("0" + header("Expires", request));
      if (wanted > 0 && wanted < shortest) {
        respond(request, "423 Interval Too Brief", "Min-Expires: " + shortest + "\r\n");
        return;
      }
      contact = header("Contact", request).replaceFirst("^.*<(.*)>.*$", "$1");
      String granted = longest == 0 ? "" : ";expires=" + longest;
      respond(request, "200 OK", "Contact: " + header("Contact", request) + granted + "\r\n");
    }
  }

  private void answerCall(String request) {
    if (challengesCalls && !isRight("INVITE", header("Proxy-Authorization", request))) {
      respond(request, "407 Proxy Authentication Required", challenges("Proxy-Authenticate"));
    } else {
      takenCalls.incrementAndGet();
      respond(request, "603 Decline", "");
    }
  }

  private String challenges(String header) {
    return algorithms.stream()
        .map((header + ": Digest realm=\"provider\",nonce=\"n\",algorithm=%s\r\n")::formatted)
        .collect(Collectors.joining());
  }

  private boolean isRight(String method, String authorization) {
    Matcher algorithm = Pattern.compile("\\balgorithm=\"?([A-Za-z0-9-]+)").matcher(authorization);
    String by = algorithm.find() ? algorithm.group(1) : "MD5";
    if (authorization.isEmpty() || !algorithms.contains(by)) {
      return false;
    }
    String who = digest(by, quoted("username", authorization) + ":provider:" + password);
    String what = digest(by, method + ":" + quoted("uri", authorization));
    return digest(by, who + ":n:" + what).equals(quoted("response", authorization));
  }

  private void respond(String request, String status, String more) {
    StringBuilder answer = new StringBuilder("SIP/2.0 " + status + "\r\n");
    for (String name : List.of("Via", "From", "Call-ID", "CSeq")) {
      answer.append(name).append(": ").append(header(name, request)).append("\r\n");
    }
    answer.append("To: ").append(header("To", request)).append(";tag=p\r\n").append(more);
    send(answer + "Content-Length: 0\r\n\r\n");
  }

  private void send(String message) {
    try {
      line.send(message.replaceAll("\r?\n", "\r\n"));
    } catch (IOException e) {
      // closed
    }
  }

  private static String quoted(String name, String header) {
    Matcher matcher = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(header);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static String digest(String algorithm, String text) {
    String name = algorithm.equals("SHA-512-256") ? "SHA-512/256" : algorithm;
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    line.close();
  }
}
