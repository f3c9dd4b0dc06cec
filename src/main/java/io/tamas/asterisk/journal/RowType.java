package io.tamas.asterisk.journal;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The type of a row of the journal: an event of Asterisk, a note of Tamas, or a type that this
/// version does not know.
public sealed interface RowType {
  /// As it is stored in the journal.
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
    /// A decision of Tamas (`dialplan/note.conf`).
    DECISION,
    /// The phones that are about to be dialled, with their devices (`dialplan/devices.conf`).
    PHONES,
    /// The device of a phone that picks up or retrieves a call (`dialplan/devices.conf`).
    DEVICE,
    /// A change of the recording, or a phone's request to pause or resume it
    /// (`dialplan/recording.conf`).
    RECORDING,
    /// A click to call.
    CLICK,
    /// Tamas did not answer, and the fallback phone rings (`dialplan/ask.conf`).
    FALLBACK,
    /// The call was refused because of itself: what was dialled is no number, or Tamas cannot
    /// decide about it (`dialplan/refuse.conf`).
    FAULT,
    /// The caller has left a message in a mailbox (`dialplan/message.conf`).
    VOICEMAIL,
    /// The profiles that the caller's number turned out to have after the decision.
    PROFILE,
    /// An emergency number is called (`dialplan/out.conf`).
    EMERGENCY,
    /// The last SIP status of a trunk that has not connected the call (`dialplan/out.conf`).
    RESPONSE,
    /// A transferred or parked call returns (`dialplan/transfer.conf`).
    RETURN,
    /// The slot in which Asterisk has parked a party.
    PARKED,
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

  /// A type of another version, or a user event of another dialplan.
  record Unknown(String text) implements RowType {}
}
