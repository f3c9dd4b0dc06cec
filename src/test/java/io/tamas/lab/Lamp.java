package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;

import io.tamas.config.Secret;
import io.tamas.lab.RawSip.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The lamp of a busy lamp field: subscribes to an extension (RFC 4235) and shows its state.
public final class Lamp implements AutoCloseable {
  private static final int DEADLINE_MILLIS = 5000;
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Pattern STATE = Pattern.compile("<state>([a-z]+)</state>");

  private static final Pattern VERSION = Pattern.compile(" version=\"([0-9]{1,9})\"");

  private static final Pattern HOLD =
      Pattern.compile("<param pname=\"\\+sip\\.rendering\" pvalue=\"no\"");

  private final RawSip sip;
  private final String owner;
  private final String watched;
  private final String uri;
  private final String callId = RawSip.token();
  private volatile int version = -1;
  private volatile String state = "";
  private volatile boolean hold;
  private volatile String shown = "";
  private volatile boolean ended;
  private volatile String failure = "";

  Lamp(House house, String owner, Secret password, String watched) {
    int port = house.asterisk().settings().sipPort();
    this.sip = new RawSip("127.0.0.1", port);
    this.owner = owner;
    this.watched = watched;
    this.uri = "sip:" + watched + "@127.0.0.1:" + port;
    subscribe(password);
    Thread.ofPlatform().daemon().name("lamp-" + watched).start(this::follow);
  }

  /// Idle, or not there.
  public Lamp isDark() {
    return shows("terminated");
  }

  /// It rings.
  public Lamp blinks() {
    return shows("early");
  }

  /// Connected, or set to do not disturb.
  public Lamp isLit() {
    return shows("confirmed");
  }

  /// In a call in which the other side holds it (RFC 4235: nothing is rendered).
  public Lamp showsHold() {
    isLit();
    eventually("the lamp of " + watched + " shows that it waits", SOON, () -> hold);
    return this;
  }

  /// The extension to which it belongs.
  public String owner() {
    return owner;
  }

  /// It tells who calls.
  public Lamp tells(String number) {
    eventually("the lamp of " + watched + " tells " + number, SOON, () -> shown.contains(number));
    return this;
  }

  /// As it was told last, such as `terminated`.
  public String state() {
    return state;
  }

  public boolean hasTold(String text) {
    return shown.contains(text);
  }

  /// Its subscription was ended.
  public Lamp goesOut() {
    eventually("the lamp of " + watched + " goes out", SOON, () -> ended);
    return this;
  }

  private Lamp shows(String expected) {
    eventually(
        () ->
            "the lamp of %s shows %s, not \"%s\"; told last: %s%s"
                .formatted(watched, expected, state, shown, failure),
        SOON,
        () -> state.equals(expected));
    return this;
  }

  private void subscribe(Secret password) {
    try {
      send(1, "");
      Message challenge = response();
      String answer = new DigestAnswer(owner, password).to(challenge, "SUBSCRIBE", uri);
      send(2, "Authorization: " + answer + "\n");
      Message accepted = response();
      if (accepted.status() != 200) {
        throw new AssertionError("not subscribed: " + accepted.text());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Message response() throws IOException {
    Message message = sip.receive(DEADLINE_MILLIS);
    while (!message.method().isEmpty()) {
      receive(message);
      message = sip.receive(DEADLINE_MILLIS);
    }
    return message;
  }

  private void send(int sequence, String authorization) {
    sip.send(
        """
        SUBSCRIBE %1$s SIP/2.0
        Via: SIP/2.0/UDP %2$s;branch=z9hG4bK%3$s;rport
        From: <sip:%4$s@127.0.0.1>;tag=%5$s
        To: <%1$s>
        Call-ID: %5$s
        CSeq: %6$d SUBSCRIBE
        Contact: <sip:%4$s@%2$s>
        Event: dialog
        Accept: application/dialog-info+xml
        Expires: 600
        %7$s\
        """
            .formatted(uri, sip.address(), RawSip.token(), owner, callId, sequence, authorization),
        "");
  }

  private void follow() {
    try {
      while (true) {
        receive(sip.receive(0));
      }
    } catch (IOException closed) {
      // taken down
    } catch (RuntimeException e) {
      failure = "; " + e;
      throw e;
    }
  }

  private void receive(Message request) {
    if (!request.method().isEmpty()) {
      sip.answer(request, 200, "OK", "lamp");
      ended |= request.header("Subscription-State").startsWith("terminated");
      Matcher written = VERSION.matcher(request.text());
      // one that was sent again may come after a newer one (RFC 4235 section 4.3)
      if (written.find() && Integer.parseInt(written.group(1)) > version) {
        version = Integer.parseInt(written.group(1));
        show(request.text());
      }
    }
  }

  private void show(String told) {
    Matcher match = STATE.matcher(told);
    shown = told;
    if (match.find()) {
      hold = HOLD.matcher(told).find();
      state = match.group(1);
    }
  }

  @Override
  public void close() {
    sip.close();
  }
}
