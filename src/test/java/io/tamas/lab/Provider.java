package io.tamas.lab;

import io.tamas.lab.RawSip.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The server of a trunk that answers calls as it is told, such as real providers do. It answers
/// OPTIONS.
public final class Provider implements AutoCloseable {
  private final RawSip sip;
  private final RawVoice voice;
  private final Tone tone = new Tone(330);
  private final List<Message> invites = new CopyOnWriteArrayList<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Set<String> ended = ConcurrentHashMap.newKeySet();
  private volatile String latestResponse = "";
  private volatile List<Step> script = List.of();

  /// One response, so long after the one before.
  private record Step(Duration after, String status, boolean voice) {}

  Provider(House house, String address) {
    sip = new RawSip(address, house.asterisk().settings().sipPort());
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
    script = List.of(responses).stream().map(one -> new Step(Duration.ZERO, one, false)).toList();
    return this;
  }

  /// It answers nothing to an INVITE.
  public Provider isSilent() {
    return says();
  }

  /// After what it says already, so much later, one more response.
  public Provider then(Duration after, String response) {
    return with(new Step(after, response, false));
  }

  /// The same, with its voice before the answer (183).
  public Provider thenSpeaks() {
    return with(new Step(Duration.ZERO, "183 Session Progress", true));
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
    switch (message.method()) {
      case "", "ACK" -> {}
      case "INVITE" -> {
        if (known.add(message.header("Call-ID") + message.header("CSeq"))) {
          invites.add(message);
          Thread.ofVirtual().start(() -> answers(message));
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
      int status = Integer.parseInt(step.status().substring(0, 3));
      boolean talks = step.voice() || status == 200;
      if (talks) {
        voice.talks(invite);
      }
      sip.answer(
          invite,
          status,
          step.status().substring(4),
          "me",
          "Contact: <sip:provider@"
              + address()
              + ">\n"
              + (talks ? "Content-Type: application/sdp\n" : ""),
          talks ? voice.offer(true) : "");
      latestResponse = step.status();
    }
  }

  @Override
  public void close() {
    voice.close();
    sip.close();
  }
}
