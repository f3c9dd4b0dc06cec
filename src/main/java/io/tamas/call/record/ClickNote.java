package io.tamas.call.record;

import io.tamas.routing.Routed.Direction;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A click to call (user event `TAMAS_CLICK`): known before the user's own phone is answered, while
/// Asterisk's rows only show that it rings.
///
/// @param extension whose phone rings first
/// @param requested as the record shows it
public record ClickNote(String extension, Direction direction, String requested) {
  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,8}),(INTERNAL|OUTBOUND),([+*#0-9]{1,40})");

  public String encode() {
    return extension + "," + direction + "," + requested;
  }

  /// Empty for anything else: a journal may contain anything.
  public static Optional<ClickNote> decode(String text) {
    Matcher click = FORM.matcher(text);
    return click.matches()
        ? Optional.of(
            new ClickNote(click.group(1), Direction.valueOf(click.group(2)), click.group(3)))
        : Optional.empty();
  }
}
