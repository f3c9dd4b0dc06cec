package io.tamas.asterisk.journal;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a row of the journal is about: an event of Asterisk's own, a note of Tamas, or a type that
/// this version does not know.
public sealed interface RowType {
  /// As the journal holds it.
  String text();

  /// Reads what [#text] wrote.
  static RowType of(String text) {
    return Optional.<RowType>ofNullable(Cel.BY_TEXT.get(text))
        .or(() -> Optional.ofNullable(Note.BY_TEXT.get(text)))
        .orElseGet(() -> new Unknown(text));
  }

  /// The channel events of Asterisk 22 (`cel_event_types` in `main/cel.c`).
  enum Cel implements RowType {
    CHAN_START,
    CHAN_END,
    ANSWER,
    HANGUP,
    APP_START,
    APP_END,
    BRIDGE_ENTER,
    BRIDGE_EXIT,
    PARK_START,
    PARK_END,
    BLINDTRANSFER,
    ATTENDEDTRANSFER,
    PICKUP,
    FORWARD,
    LINKEDID_END,
    LOCAL_OPTIMIZE,
    LOCAL_OPTIMIZE_BEGIN,
    STREAM_BEGIN,
    STREAM_END,
    DTMF;

    private static final Map<String, Cel> BY_TEXT =
        Stream.of(values()).collect(toUnmodifiableMap(Cel::text, identity()));

    @Override
    public String text() {
      return name();
    }
  }

  /// User events of the dialplan, and rows that Tamas itself adds.
  enum Note implements RowType {
    /// What Tamas decided (`dialplan/note.conf`).
    DECISION,
    /// Who is about to be rung (`dialplan/wanted.conf`).
    PHONES,
    /// What was done to the recording, or that a phone asks for a pause
    /// (`dialplan/recording.conf`).
    RECORDING,
    /// A click to call.
    CLICK,
    /// Tamas gave no answer, and the fallback phone rings (`dialplan/ask.conf`).
    FALLBACK,
    /// The caller has spoken to a mailbox (`dialplan/message.conf`).
    VOICEMAIL,
    /// A transferred or parked call returns (`dialplan/transfer.conf`).
    RETURN,
    /// Put on hold through Tamas (`dialplan/hold.conf`).
    HOLD,
    /// Asterisk was killed and can report no end of the call.
    LOST;

    private static final Map<String, Note> BY_TEXT =
        Stream.of(values()).collect(toUnmodifiableMap(Note::text, identity()));

    @Override
    public String text() {
      return "TAMAS_" + name();
    }
  }

  /// A type of another version, or a user event of somebody else's dialplan.
  record Unknown(String text) implements RowType {}
}
