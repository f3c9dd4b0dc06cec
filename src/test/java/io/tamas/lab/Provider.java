package io.tamas.lab;

import io.tamas.lab.RawSip.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The server of a trunk that answers calls as it is told, such as real providers do. It answers
/// OPTIONS unless told otherwise.
public final class Provider implements AutoCloseable {
  private static final String HANGS_UP = "BYE";

  private final RawSip sip;
  private final String host;
  private volatile RawVoice voice;
  private final Tone tone = new Tone(330);
  private final List<Message> invites = new CopyOnWriteArrayList<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private volatile String latestResponse = "";
  private volatile List<Step> script = List.of();
  private volatile boolean ignoresOptions;

  private final Queue<Step> once = new ConcurrentLinkedQueue<>();
  private final List<Message> requests = new CopyOnWriteArrayList<>();

  /// Which of several devices behind the provider answers: the tag of To.
  private volatile String device = "me";

  private volatile String toOptions = "200 OK";

  private enum Voice {
    NONE,
    PROMISED,
    SENT
  }

  /// One response, so long after the one before.
  ///
  /// @param headers each ended by a newline
  private record Step(Duration after, String status, Voice voice, String headers) {
    int code() {
      return Integer.parseInt(status.substring(0, 3));
    }

    String reason() {
      return status.substring(4);
    }
  }

  Provider(House house, String address) {
    sip = new RawSip(address, house.asterisk().settings().sipPort());
    host = address;
    voice = new RawVoice(address, tone);
    Thread.ofVirtual().name("provider-" + address).start(this::follow);
  }

  /// Where it is called: `host:port`.
  public String address() {
    return sip.address();
  }

  /// Of its announcements, and of whoever answers.
  public Tone tone() {
    return tone;
  }

  /// From now on it answers every INVITE with these responses at once, such as `486 Busy Here`.
  public Provider says(String... responses) {
    script =
        List.of(responses).stream()
            .map(one -> new Step(Duration.ZERO, one, Voice.NONE, ""))
            .toList();
    return this;
  }

  public Provider ignoresOptions() {
    ignoresOptions = true;
    return this;
  }

  /// It answers nothing to an INVITE.
  public Provider isSilent() {
    return says();
  }

  /// After what it says already, so much later, one more response.
  public Provider then(Duration after, String response) {
    return then(after, response, "");
  }

  /// @param headers of the response, each ended by a newline
  public Provider then(Duration after, String response, String headers) {
    return with(new Step(after, response, Voice.NONE, headers));
  }

  /// It hangs up what it has answered, so much later.
  public Provider thenHangsUp(Duration after) {
    return with(new Step(after, HANGS_UP, Voice.NONE, ""));
  }

  /// The same, with its voice before the answer (183).
  public Provider thenSpeaks() {
    return thenSpeaks("");
  }

  public Provider thenSpeaks(String headers) {
    return with(new Step(Duration.ZERO, "183 Session Progress", Voice.SENT, headers));
  }

  /// It promises voice before the answer (183 with SDP), and sends none.
  public Provider thenPromisesVoice() {
    return with(new Step(Duration.ZERO, "183 Session Progress", Voice.PROMISED, ""));
  }

  /// Before all that, the next INVITE is answered once with this.
  public Provider firstSays(String response, String headers) {
    once.add(new Step(Duration.ZERO, response, Voice.NONE, headers));
    return this;
  }

  /// Another device behind it answers next, with a voice from elsewhere.
  public Provider forks() {
    device = "another";
    RawVoice former = voice;
    voice = new RawVoice(host, tone);
    former.close();
    return this;
  }

  public Provider answersOptions(String response) {
    toOptions = response;
    return this;
  }

  private Provider with(Step step) {
    List<Step> longer = new CopyOnWriteArrayList<>(script);
    longer.add(step);
    script = longer;
    return this;
  }

  /// How many calls it was offered, repeated requests being one.
  public int calls() {
    return invites.size();
  }

  /// Whether its latest response was this one.
  public boolean hasSaid(String response) {
    return latestResponse.equals(response);
  }

  /// The texts of the requests of a method that it received.
  public List<String> received(String method) {
    return requests.stream().filter(one -> one.method().equals(method)).map(Message::text).toList();
  }

  /// The text of the latest INVITE.
  public String latest() {
    return invites.getLast().text();
  }

  /// Whether the latest call was cancelled or ended by us.
  public boolean isLeft() {
    return ended.contains(invites.getLast().header("Call-ID"));
  }

  private void follow() {
    try {
      while (true) {
        receives(sip.receive(0));
      }
    } catch (IOException closed) {
      // switched off
    }
  }

  private void receives(Message message) {
    requests.add(message);
    switch (message.method()) {
      case "", "ACK" -> {}
      case "OPTIONS" -> {
        if (!ignoresOptions) {
          sip.answer(
              message, Integer.parseInt(toOptions.substring(0, 3)), toOptions.substring(4), "me");
        }
      }
      case "INVITE" -> {
        if (known.add(message.header("Call-ID") + message.header("CSeq"))) {
          invites.add(message);
          Step first = once.poll();
          if (first == null) {
            Thread.ofVirtual().start(() -> answers(message));
          } else {
            says(message, first);
          }
        }
      }
      case "CANCEL", "BYE" -> {
        ended.add(message.header("Call-ID"));
        sip.answer(message, 200, "OK", "me");
        if (message.method().equals("CANCEL")) {
          invites.stream()
              .filter(one -> one.header("Call-ID").equals(message.header("Call-ID")))
              .forEach(one -> sip.answer(one, 487, "Request Terminated", "me"));
        }
      }
      default -> sip.answer(message, 200, "OK", "me");
    }
  }

  private void answers(Message invite) {
    for (Step step : script) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(step.after().toMillis()));
      if (ended.contains(invite.header("Call-ID"))) {
        return;
      }
      says(invite, step);
    }
  }

  /// Not before its answer is acknowledged (RFC 3261 section 15).
  private void hangsUp(Message invite) {
    Eventually.eventually(
        "its answer is acknowledged",
        Duration.ofSeconds(10),
        () ->
            requests.stream()
                .filter(one -> one.method().equals("ACK"))
                .anyMatch(one -> one.header("Call-ID").equals(invite.header("Call-ID"))));
    String to = invite.header("To") + ";tag=" + device;
    String contact = invite.header("Contact").replaceFirst("^.*<", "").replaceFirst(">.*$", "");
    sip.send(
        """
        BYE %s SIP/2.0
        Via: SIP/2.0/UDP %s;branch=%s;rport
        From: %s
        To: %s
        Call-ID: %s
        CSeq: 1 BYE
        """
            .formatted(
                contact,
                address(),
                RawSip.branch(),
                to,
                invite.header("From"),
                invite.header("Call-ID")),
        "");
  }

  private void says(Message invite, Step step) {
    if (step.status().equals(HANGS_UP)) {
      hangsUp(invite);
      return;
    }
    boolean talks = step.voice() == Voice.SENT || step.code() == 200;
    if (talks) {
      voice.talks(invite);
    }
    boolean offers = talks || step.voice() == Voice.PROMISED;
    String contact = "Contact: <sip:provider@" + address() + ">\n";
    String type = offers ? "Content-Type: application/sdp\n" : "";
    sip.answer(
        invite,
        step.code(),
        step.reason(),
        device,
        step.headers() + contact + type,
        offers ? voice.offer(true) : "");
    latestResponse = step.status();
  }

  @Override
  public void close() {
    voice.close();
    sip.close();
  }
}
