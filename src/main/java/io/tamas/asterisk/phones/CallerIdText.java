package io.tamas.asterisk.phones;

import io.tamas.number.ExtensionNumber;
import java.nio.charset.StandardCharsets;

/// `"Name" <101>`, or `101` without a name, as the `callerid` of an endpoint: in the form in which
/// Asterisk returns it. Pure.
///
/// No name can end the quotes or start a header: quotes, backslashes, angle brackets, control
/// characters, line separators and direction marks are removed.
final class CallerIdText {
  /// `callerid_handler` in `pjsip_configuration.c` copies into 80 bytes and could cut a character
  /// in half.
  private static final int MAX_BYTES = 78;

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;

  private CallerIdText() {}

  static String of(String name, ExtensionNumber number) {
    String safe = safe(name);
    return safe.isEmpty() ? number.digits() : "\"" + safe + "\" <" + number.digits() + ">";
  }

  private static String safe(String name) {
    StringBuilder text = new StringBuilder();
    int bytes = 0;
    for (int codePoint : name.strip().codePoints().filter(CallerIdText::isSafe).toArray()) {
      bytes += Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_BYTES) {
        break;
      }
      text.appendCodePoint(codePoint);
    }
    return text.toString().strip();
  }

  private static boolean isSafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      // Persian words require the non-joiner
      case Character.FORMAT -> codePoint == ZERO_WIDTH_NON_JOINER;
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> "\"\\<>".indexOf(codePoint) < 0;
    };
  }
}
