package io.tamas.call.record;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What the dialplan does with a call after a decision: the context `tamas-<action>` of the
/// dialplan.
public sealed interface Action {
  /// As it is stored, served and passed to the dialplan, such as `ring`.
  @JsonValue
  String text();

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Action of(String text) {
    return Optional.<Action>ofNullable(Known.BY_TEXT.get(text)).orElseGet(() -> new Unknown(text));
  }

  enum Known implements Action {
    RING,
    /// Calls an external number over a trunk.
    OUT,
    MENU,
    ANNOUNCE,
    /// Takes a voicemail message.
    MESSAGE,
    /// Plays the messages of a mailbox.
    LISTEN,
    PICKUP,
    /// Retrieves a parked call.
    RETRIEVE,
    REFUSE,
    END;

    private static final Map<String, Known> BY_TEXT =
        Stream.of(values()).collect(toUnmodifiableMap(Known::text, identity()));

    @Override
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// An action of another version.
  record Unknown(String text) implements Action {}
}
