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

/// The messages left in mailboxes during a call (user event `TAMAS_VOICEMAIL`,
/// `dialplan/message.conf`). The mailbox and the id of the recording are in the decision that
/// routed the call there.
final class Messages {
  /// Anything shorter is not a message.
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  /// More than any legitimate call leaves. Beyond it the first ones are kept.
  private static final int MAX_MESSAGES = 32;

  private static final String MAILBOX = "voicemail:";

  private final Map<String, Routed> decided = new HashMap<>();
  private final List<Left> left = new ArrayList<>();
  private final List<RecordingId> tooShort = new ArrayList<>();

  /// To a mailbox.
  private record Routed(DecisionNote note, Instant at) {}

  /// @param from empty: the caller
  private record Left(
      RecordingId recording,
      String mailbox,
      Optional<String> from,
      Instant routedAt,
      Instant at,
      Duration length) {}

  /// @param channel by unique id
  void onDecision(String channel, DecisionNote note, Instant at) {
    if (note.takesMessage() && note.destination().startsWith(MAILBOX)) {
      decided.put(channel, new Routed(note, at));
    }
  }

  /// @param seconds from the beep to the end; empty if the beep was not reached
  /// @param from the party on the channel; empty: the caller
  void onVoicemail(String channel, Instant at, String seconds, Optional<String> from) {
    Routed routed = decided.remove(channel);
    if (routed == null
        || !seconds.matches("[0-9]{1,5}")
        || left.size() + tooShort.size() >= MAX_MESSAGES) {
      return;
    }
    Duration length = Duration.ofSeconds(Long.parseLong(seconds));
    String mailbox = routed.note.destination().substring(MAILBOX.length());
    routed
        .note
        .recording()
        .flatMap(RecordingId::parse)
        .ifPresent(id -> {
          if (length.compareTo(SHORTEST) < 0) {
            tooShort.add(id);
          } else {
            left.add(new Left(id, mailbox, from, routed.at, at, length));
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
                one.recording.toString(),
                one.mailbox,
                one.from.orElse(caller),
                Optional.of(one.routedAt),
                one.at,
                one.length))
        .toList();
  }

  /// The recordings that are too short to be messages.
  List<RecordingId> tooShort() {
    return List.copyOf(tooShort);
  }
}
