package io.tamas.call.state;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tamas.asterisk.phones.PhoneState;
import io.tamas.number.ExtensionNumber;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The state of an extension.
///
/// @param since empty while Asterisk has never reported a state of the phone
public record ExtensionState(ExtensionNumber extension, State state, Optional<Instant> since) {

  public enum State {
    IDLE,
    RINGING,
    IN_USE,
    BUSY,
    ON_HOLD,
    UNREACHABLE,
    UNKNOWN,
    /// Idle, and do not disturb is on.
    DO_NOT_DISTURB;

    /// An extension with two calls is busy.
    private static final int BUSY_AT = 2;

    /// Such as `in-use`.
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Reads what [#text] wrote; unknown if another version wrote it.
    static State parse(String text) {
      return Arrays.stream(values())
          .filter(state -> state.text().equals(text))
          .findFirst()
          .orElse(UNKNOWN);
    }

    /// Do not disturb shows only while the phone is idle: a call and an unreachable phone go first.
    ///
    /// @param phone of all devices of the extension
    /// @param calls in which the extension is
    static State of(PhoneState phone, boolean doNotDisturb, int calls) {
      boolean isBusy = calls >= BUSY_AT;
      return switch (phone) {
        case IDLE -> doNotDisturb ? DO_NOT_DISTURB : IDLE;
        case RINGING -> isBusy ? BUSY : RINGING;
        case IN_USE -> isBusy ? BUSY : IN_USE;
        case BUSY -> BUSY;
        case ON_HOLD -> isBusy ? BUSY : ON_HOLD;
        case UNREACHABLE -> UNREACHABLE;
        case UNKNOWN -> UNKNOWN;
      };
    }
  }
}
