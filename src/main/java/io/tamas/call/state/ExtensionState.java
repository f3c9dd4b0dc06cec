package io.tamas.call.state;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tamas.asterisk.phones.PhoneState;
import io.tamas.number.ExtensionNumber;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What an extension does.
///
/// @param since empty while nothing was ever heard of the phone
public record ExtensionState(ExtensionNumber extension, State state, Optional<Instant> since) {

  public enum State {
    IDLE,
    RINGING,
    IN_USE,
    BUSY,
    ON_HOLD,
    UNREACHABLE,
    UNKNOWN,
    /// Idle, and wants no calls.
    DO_NOT_DISTURB;

    /// Such as `in-use`.
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Reads what [#text] wrote; unknown when it is from another version.
    static State parse(String text) {
      return Arrays.stream(values())
          .filter(state -> state.text().equals(text))
          .findFirst()
          .orElse(UNKNOWN);
    }

    /// A call under way and an absent phone are told as they are, whatever the person wishes.
    static State of(PhoneState phone, boolean doNotDisturb) {
      return switch (phone) {
        case IDLE -> doNotDisturb ? DO_NOT_DISTURB : IDLE;
        case RINGING -> RINGING;
        case IN_USE -> IN_USE;
        case BUSY -> BUSY;
        case ON_HOLD -> ON_HOLD;
        case UNREACHABLE -> UNREACHABLE;
        case UNKNOWN -> UNKNOWN;
      };
    }
  }
}
