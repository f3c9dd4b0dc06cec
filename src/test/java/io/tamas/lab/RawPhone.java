package io.tamas.lab;

import static io.tamas.lab.Eventually.eventually;

import io.tamas.config.Secret;
import io.tamas.lab.RawSip.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// A desk phone whose SIP and RTP are written by the lab, for what the phone program cannot do:
/// digits by INFO and as tones, moved calls, headers of its own. One call at a time.
public final class RawPhone implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  private final RawSip sip;
  private final RawVoice voice;
  private final DigestAnswer account;
  private final Secret password;
  private final String server;
  private final List<Message> received = new CopyOnWriteArrayList<>();
  private volatile RawDialog dialog;
  private volatile Optional<Message> ringing = Optional.empty();
  private volatile boolean ignoresOptions;
  private volatile boolean isOff;
  private volatile Optional<Refusal> refusal = Optional.empty();
  private volatile boolean offersEvents = true;

  /// Headers of its INVITEs.
  private volatile String habits = "";

  /// Headers of its answers to INVITEs.
  private volatile String answers = "";

  RawPhone(House house, String host, String number, Secret password, Tone tone) {
    int port = house.asterisk().settings().sipPort();
    this.password = password;
    this.server = "127.0.0.1:" + port;
    this.sip = new RawSip(host, port);
    this.voice = new RawVoice(host, tone);
    this.account = new DigestAnswer(number, password);
    this.dialog = RawDialog.outgoing(sip.address(), "", "", "");
    Thread.ofVirtual().name("raw-phone-" + number).start(this::follow);
  }

  public String number() {
    return account.user();
  }

  Secret password() {
    return password;
  }

  /// Where it receives SIP: `host:port`.
  public String address() {
    return sip.address();
  }

  /// Its SDP has no `telephone-event`.
  public RawPhone withoutEvents() {
    offersEvents = false;
    return this;
  }

  /// Asks for session timers (RFC 4028) of 90 s, and agrees to those that it is offered, as far as
  /// Asterisk refreshes the session.
  public RawPhone hasTimers() {
    answers = "Supported: timer\nRequire: timer\nSession-Expires: 90;refresher=uac\n";
    return asksForTimers("Session-Expires: 90\n");
  }

  /// Supports session timers, and asks for this one, if any, when it calls.
  ///
  /// @param header ended by a newline
  public RawPhone asksForTimers(String header) {
    habits = "Supported: timer\n" + header;
    return this;
  }

  /// Never answers OPTIONS.
  public RawPhone ignoresOptions() {
    ignoresOptions = true;
    return this;
  }

  /// Receives and answers nothing from now on, as when its cable is pulled.
  public RawPhone losesItsNetwork() {
    isOff = true;
    voice.close();
    return this;
  }

  /// Redirects each call that rings (302).
  ///
  /// @param contact the value of `Contact`
  public RawPhone movesTo(String contact) {
    return willSay("302 Moved Temporarily", "Contact: " + contact + "\n");
  }

  /// Answers each call that rings so.
  ///
  /// @param status such as `301 Moved Permanently`
  /// @param headers each ended by a newline
  public RawPhone willSay(String status, String headers) {
    refusal = Optional.of(new Refusal(status, headers));
    return this;
  }

  private record Refusal(String status, String headers) {
    void answer(RawSip sip, Message invite) {
      String[] both = status.split(" ", 2);
      sip.answer(invite, Integer.parseInt(both[0]), both[1], "me", headers, "");
    }
  }

  public RawPhone registers() {
    RawDialog registration =
        RawDialog.outgoing(
            sip.address(),
            "<sip:" + number() + "@127.0.0.1>",
            "<sip:" + number() + "@127.0.0.1>",
            "sip:" + server);
    dialog = registration;
    request("REGISTER", "Contact: <sip:%s@%s>\nExpires: 300\n".formatted(number(), address()), "");
    isTold(200);
    return this;
  }

  /// Asks to be told of the messages in a mailbox (RFC 3842), whatever the answer.
  public RawPhone asksForMessages(String mailbox) {
    String uri = uriOf(mailbox);
    String from = "<sip:" + number() + "@127.0.0.1>";
    dialog = RawDialog.outgoing(sip.address(), from, "<" + uri + ">", uri);
    String headers =
        """
        Event: message-summary
        Accept: application/simple-message-summary
        Expires: 600
        """;
    request("SUBSCRIBE", headers, "");
    return this;
  }

  /// What its message lamp shows, told without having asked.
  public MessageLamp lamp() {
    return new MessageLamp(this, false);
  }

  /// What its message lamp shows, told since it has subscribed.
  public MessageLamp subscribedLamp() {
    return new MessageLamp(this, true);
  }

  /// The Request-URI of a call.
  ///
  /// @param user with parameters of its own, if any
  public String uriOf(String user) {
    return "sip:" + user + "@" + server;
  }

  /// Gives up the call that nobody has answered yet.
  public RawPhone cancels() {
    sip.send(dialog.cancel(), "");
    return isTold(487);
  }

  public RawPhone calls(String dialled) {
    return calls(uriOf(dialled), "<sip:" + number() + "@127.0.0.1>", "");
  }

  /// @param target the Request-URI
  /// @param from the value of `From`
  /// @param headers more of them, each ended by a newline
  public RawPhone calls(String target, String from, String headers) {
    dialog = RawDialog.outgoing(sip.address(), from, "<" + target + ">", target);
    request("INVITE", habits + headers, voice.offer(offersEvents));
    answered(100);
    return this;
  }

  /// The final answer to its latest request has this status.
  public RawPhone isTold(int status) {
    Message answer = finalAnswer();
    if (answer.status() != status) {
      throw new AssertionError(number() + " received " + answer.text());
    }
    return this;
  }

  /// Its call ends without an answer, for whichever reason.
  public RawPhone isRefused() {
    int status = finalAnswer().status();
    if (status < 300) {
      throw new AssertionError(number() + " is connected");
    }
    return this;
  }

  /// The responses to its latest call so far, such as 100 and 180, without challenges.
  public List<Integer> told() {
    RawDialog now = dialog;
    return received.stream()
        .filter(message -> message.status() > 0 && now.isAnsweredBy(message))
        .map(Message::status)
        .toList();
  }

  /// Its call is answered.
  public RawPhone talks() {
    isTold(200);
    return this;
  }

  public RawPhone rings() {
    eventually(number() + " rings", DEADLINE, () -> ringing.isPresent());
    return this;
  }

  public boolean hasRung() {
    return requests("INVITE").findAny().isPresent();
  }

  public RawPhone answers() {
    Message invite = ringing.orElseThrow();
    ringing = Optional.empty();
    dialog = RawDialog.incoming(sip.address(), invite);
    voice.talks(invite);
    accepts(invite);
    return this;
  }

  /// Refuses the call that rings.
  public RawPhone refuses() {
    sip.answer(ringing.orElseThrow(), 486, "Busy Here", "me");
    ringing = Optional.empty();
    return this;
  }

  /// Asks for a blind transfer (RFC 3515).
  ///
  /// @param target the value of `Refer-To`
  /// @param headers more of them, each ended by a newline
  public RawPhone refersTo(String target, String headers) {
    request("REFER", "Refer-To: " + target + "\n" + headers, "");
    return isTold(202);
  }

  public RawPhone hangsUp() {
    request("BYE", "", "");
    isTold(200);
    return this;
  }

  /// Hangs up, whether or not the other side has done so just before.
  public RawPhone leaves() {
    request("BYE", "", "");
    finalAnswer();
    return this;
  }

  public RawPhone callEnds() {
    String call = dialog.callId();
    eventually(
        number() + ": its call ends",
        DEADLINE,
        () -> requests("BYE").anyMatch(bye -> bye.header("Call-ID").equals(call)));
    return this;
  }

  /// Puts the other side on hold, and sends nothing meanwhile.
  public RawPhone holds() {
    request("INVITE", "", voice.offer(offersEvents) + "a=sendonly\n");
    isTold(200);
    return mutes();
  }

  /// Offers to go on with fax (T.38), as networks do when they hear its tone.
  public RawPhone offersFax() {
    return offers("m=image 19002 udptl t38\na=T38FaxVersion:0\n");
  }

  /// Offers to go on with other media.
  ///
  /// @param media from `m=` on
  public RawPhone offers(String media) {
    String offer = voice.offer(offersEvents);
    request("INVITE", "", offer.substring(0, offer.indexOf("m=")) + media);
    return this;
  }

  /// Sends nothing more, and goes on receiving: a muted phone without comfort noise.
  public RawPhone mutes() {
    voice.isSilent();
    return this;
  }

  /// Sends no voice, but RTCP.
  public RawPhone onlyReports() {
    voice.reports();
    return mutes();
  }

  /// Presses keys; each is one INFO, sent when the one before has been answered.
  ///
  /// @param type `application/dtmf-relay` or `application/dtmf`
  public RawPhone sendsByInfo(String type, String digits) {
    for (char digit : digits.toCharArray()) {
      String body = type.endsWith("relay") ? "Signal=%c\nDuration=160\n" : "%c";
      request("INFO", "Content-Type: " + type + "\n", body.formatted(digit));
      isTold(200);
    }
    return this;
  }

  /// Sends an INFO without a body, as some phones do to keep a call alive.
  ///
  /// @param headers of it, each ended by a newline
  public RawPhone informs(String headers) {
    request("INFO", headers, "");
    return this;
  }

  /// Presses keys, each 100 ms long, by RFC 4733.
  public RawPhone sendsByEvents(String digits) {
    voice.presses(digits, RawVoice.How.EVENTS);
    return this;
  }

  /// Presses keys, each 100 ms long, as tones in its voice.
  public RawPhone sendsInBand(String digits) {
    voice.presses(digits, RawVoice.How.TONES);
    return this;
  }

  /// Just these keys have arrived in its call as events (RFC 4733).
  public RawPhone hearsKeys(String digits) {
    eventually("it hears the keys " + digits, DEADLINE, () -> voice.keysHeard().equals(digits));
    return this;
  }

  /// How many packets of voice have arrived.
  public long heard() {
    return voice.heard();
  }

  /// The texts of the requests that it has received, the oldest first.
  public List<String> received(String method) {
    return requests(method).map(Message::text).toList();
  }

  /// The texts of all messages that it has received, the oldest first.
  public List<String> received() {
    return received.stream().map(Message::text).toList();
  }

  private Stream<Message> requests(String method) {
    return received.stream().filter(message -> message.method().equals(method));
  }

  private void request(String method, String headers, String body) {
    sip.send(dialog.request(method, headers), body);
  }

  private Message finalAnswer() {
    Message answer = answered(200);
    acknowledges(answer);
    return answer;
  }

  /// The first answer to the latest request with this status or a higher one. A challenge is met.
  private Message answered(int atLeast) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      Optional<Message> answer = answer(atLeast);
      if (answer.isPresent() && isChallenge(answer.get())) {
        acknowledges(answer.get());
        signsIn(answer.get());
      } else if (answer.isPresent()) {
        return answer.get();
      } else if (System.nanoTime() > end) {
        throw new AssertionError(number() + " received no answer to " + dialog.latest());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  private Optional<Message> answer(int atLeast) {
    RawDialog now = dialog;
    return received.stream()
        .filter(message -> message.status() >= atLeast && now.isAnsweredBy(message))
        .findFirst();
  }

  private boolean isChallenge(Message answer) {
    return answer.status() == 401 && !dialog.isSignedIn();
  }

  private void signsIn(Message challenge) {
    String answer = account.to(challenge, dialog.method(), dialog.target());
    sip.send(dialog.again("Authorization: " + answer + "\n"), dialog.isInvite() ? offer() : "");
  }

  private String offer() {
    return voice.offer(offersEvents);
  }

  private void acknowledges(Message answer) {
    if (dialog.isInvite()) {
      sip.send(dialog.acknowledgement(answer), "");
      if (answer.status() < 300) {
        voice.talks(answer);
      }
    }
  }

  private void follow() {
    try {
      while (true) {
        Message message = sip.receive(0);
        if (!isOff) {
          receives(message);
        }
      }
    } catch (IOException closed) {
      // switched off
    }
  }

  private void receives(Message message) {
    received.add(message);
    switch (message.method()) {
      case "" -> {}
      case "ACK" -> {}
      case "INVITE" -> invited(message);
      case "OPTIONS" -> {
        if (!ignoresOptions) {
          sip.answer(message, 200, "OK", "me");
        }
      }
      default -> sip.answer(message, 200, "OK", "me");
    }
  }

  /// A second INVITE of a call changes it: it is accepted.
  private void invited(Message invite) {
    if (invite.header("To").contains(";tag=")) {
      accepts(invite);
    } else if (refusal.isPresent()) {
      refusal.get().answer(sip, invite);
    } else {
      sip.answer(invite, 180, "Ringing", "me");
      ringing = Optional.of(invite);
    }
  }

  private void accepts(Message invite) {
    String contact = "Contact: <sip:%s@%s>\n".formatted(number(), address());
    String type = "Content-Type: application/sdp\n";
    sip.answer(invite, 200, "OK", "me", answers + contact + type, voice.offer(offersEvents));
  }

  @Override
  public void close() {
    voice.close();
    sip.close();
  }
}
