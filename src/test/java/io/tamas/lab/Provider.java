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
import java.util.concurrent.atomic.AtomicInteger;
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

  /// The number of the latest request in a call.
  private final AtomicInteger asked = new AtomicInteger(100);

  private volatile String branch = "";
  private final List<Message> told = new CopyOnWriteArrayList<>();
  private final Queue<Step> once = new ConcurrentLinkedQueue<>();
  private final List<Message> requests = new CopyOnWriteArrayList<>();

  /// Which of several devices behind the provider answers: the tag of To.
  private volatile String device = "me";

  private volatile String toOptions = "200 OK";

  private enum Voice {
    NONE,
    PROMISED,
    SENT,
    /// Neither offered nor answered, also in an answer to the call.
    ABSENT,
    /// Refused, also in an answer to the call.
    REFUSED
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
    this(house, address, 0);
  }

  /// @param port where it is called; 0: any
  Provider(House house, String address, int port) {
    sip = new RawSip(address, port, house.asterisk().settings().sipPort());
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

  /// It answers the call without any word about media.
  public Provider thenAnswersWithoutSdp() {
    return with(new Step(Duration.ZERO, "200 OK", Voice.ABSENT, ""));
  }

  /// It answers the call and takes none of the media that are offered (RFC 3264 section 6).
  public Provider thenAnswersWithoutMedia() {
    return with(new Step(Duration.ZERO, "200 OK", Voice.REFUSED, ""));
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
      case "" -> told.add(message);
      case "ACK" -> {}
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

  private void hangsUp(Message invite) {
    asks(invite, "BYE", 1, "", "");
  }

  /// Sends a request in the call that it has answered last.
  ///
  /// @param headers each ended by a newline
  public void asks(String method, String headers, String body) {
    asks(invites.getLast(), method, asked.incrementAndGet(), headers, body);
  }

  /// The same; returns the status of the final answer, or 0 if there is none for five seconds.
  public int isTold(String method, String headers, String body) {
    asks(method, headers, body);
    String which = asked.get() + " " + method;
    long until = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (System.nanoTime() < until) {
      for (Message answer : told) {
        if (answer.status() >= 200 && answer.header("CSeq").equals(which)) {
          return answer.status();
        }
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    return 0;
  }

  /// Offers to go on with other media; returns the status of the final answer, which is no success.
  public int offers(String media) {
    String offer = voice.offer(true);
    String other = offer.substring(0, offer.indexOf("m=")) + media;
    int status = isTold("INVITE", "Content-Type: application/sdp\n", other);
    request(invites.getLast(), "ACK", asked.get(), "", "");
    return status;
  }

  /// Not before its answer is acknowledged (RFC 3261 section 15).
  private void asks(Message invite, String method, int sequence, String headers, String body) {
    Eventually.eventually(
        "its answer is acknowledged",
        Duration.ofSeconds(10),
        () ->
            requests.stream()
                .filter(one -> one.method().equals("ACK"))
                .anyMatch(one -> one.header("Call-ID").equals(invite.header("Call-ID"))));
    branch = RawSip.branch();
    request(invite, method, sequence, headers, body);
  }

  private void request(Message invite, String method, int sequence, String headers, String body) {
    String contact = invite.header("Contact").replaceFirst("^.*<", "").replaceFirst(">.*$", "");
    sip.send(
        """
        %1$s %2$s SIP/2.0
        Via: SIP/2.0/UDP %3$s;branch=%4$s;rport
        From: %5$s
        To: %6$s
        Call-ID: %7$s
        CSeq: %8$d %1$s
        Contact: <sip:provider@%3$s>
        %9$s\
        """
            .formatted(
                method,
                contact,
                address(),
                branch,
                invite.header("To") + ";tag=" + device,
                invite.header("From"),
                invite.header("Call-ID"),
                sequence,
                headers),
        body);
  }

  private void says(Message invite, Step step) {
    if (step.status().equals(HANGS_UP)) {
      hangsUp(invite);
      return;
    }
    boolean refuses = step.voice() == Voice.REFUSED;
    boolean isVoiceless = refuses || step.voice() == Voice.ABSENT;
    boolean talks = step.voice() == Voice.SENT || step.code() == 200 && !isVoiceless;
    if (talks) {
      voice.talks(invite);
    }
    boolean offers = talks || step.voice() == Voice.PROMISED || refuses;
    String sdp = voice.offer(true);
    String contact = "Contact: <sip:provider@" + address() + ">\n";
    String type = offers ? "Content-Type: application/sdp\n" : "";
    sip.answer(
        invite,
        step.code(),
        step.reason(),
        device,
        step.headers() + contact + type,
        !offers ? "" : refuses ? sdp.replaceFirst("m=audio [0-9]+", "m=audio 0") : sdp);
    latestResponse = step.status();
  }

  @Override
  public void close() {
    voice.close();
    sip.close();
  }
}
