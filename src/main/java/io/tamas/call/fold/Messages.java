package io.tamas.call.fold;

import io.tamas.call.record.CallRecord.Message;
import io.tamas.call.record.DecisionNote;
import io.tamas.call.record.RecordingId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was left in mailboxes during a call (user event `TAMAS_VOICEMAIL`,
/// `dialplan/message.conf`). Which mailbox that was, and how the sound is called, is told by the
/// decision that led there.
final class Messages {
  /// In less time nothing is said.
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  /// More than any honest call leaves. Of more the first ones are kept.
  private static final int MOST = 32;

  private static final String MAILBOX = "voicemail:";

  private final Map<String, DecisionNote> led = new HashMap<>();
  private final List<Left> left = new ArrayList<>();
  private final List<RecordingId> tooShort = new ArrayList<>();

  /// @param from empty: the caller
  private record Left(
      RecordingId recording, String mailbox, Optional<String> from, Instant at, Duration length) {}

  /// @param channel by unique id
  void isDecided(String channel, DecisionNote note) {
    if (note.takesMessage() && note.destination().startsWith(MAILBOX)) {
      led.put(channel, note);
    }
  }

  /// @param seconds from the beep to the end; empty: the beep was not reached
  /// @param from who speaks on the channel; empty: the caller
  void isTold(String channel, Instant at, String seconds, Optional<String> from) {
    DecisionNote note = led.remove(channel);
    if (note == null || !seconds.matches("[0-9]{1,5}") || left.size() + tooShort.size() >= MOST) {
      return;
    }
    Duration length = Duration.ofSeconds(Long.parseLong(seconds));
    String mailbox = note.destination().substring(MAILBOX.length());
    note.recording()
        .flatMap(RecordingId::parse)
        .ifPresent(id -> {
          if (length.compareTo(SHORTEST) < 0) {
            tooShort.add(id);
          } else {
            left.add(new Left(id, mailbox, from, at, length));
          }
        });
  }

  boolean isEmpty() {
    return left.isEmpty();
  }

  List<Message> all(String caller) {
    return left.stream()
        .map(one ->
            new Message(
                one.recording.toString(), one.mailbox, one.from.orElse(caller), one.at, one.length))
        .toList();
  }

  /// The sounds that are no messages.
  List<RecordingId> tooShort() {
    return List.copyOf(tooShort);
  }
}
