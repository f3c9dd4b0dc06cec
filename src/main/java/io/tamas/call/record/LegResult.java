package io.tamas.call.record;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The result of the attempt to reach a party.
public sealed interface LegResult {
  /// As it is stored and served, such as `no-answer`.
  @JsonValue
  String text();

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static LegResult of(String text) {
    return Optional.<LegResult>ofNullable(Known.BY_TEXT.get(text))
        .orElseGet(() -> new Unknown(text));
  }

  enum Known implements LegResult {
    RINGING,
    ANSWERED,
    NO_ANSWER,
    BUSY,
    REJECTED,
    /// No address, or no route to it in the network.
    UNREACHABLE,
    ANSWERED_ELSEWHERE,
    /// The caller hung up first.
    CANCELLED;

    private static final Map<String, Known> BY_TEXT =
        Stream.of(values()).collect(toUnmodifiableMap(Known::text, identity()));

    @Override
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// A result of another version.
  record Unknown(String text) implements LegResult {}
}
