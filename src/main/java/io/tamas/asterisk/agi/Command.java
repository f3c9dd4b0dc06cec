package io.tamas.asterisk.agi;

import java.nio.charset.StandardCharsets;

/// The text of one command, safe to send: one line that fits into Asterisk's buffer.
record Command(String text) {
  /// Maximum bytes of the text.
  static final int ROOM = AgiLimits.COMMAND - "\n".length();

  Command {
    check(text);
    if (bytes(text) > ROOM) {
      throw new IllegalArgumentException(
          "a command is at most " + AgiLimits.COMMAND + " bytes with its newline");
    }
  }

  /// @throws IllegalArgumentException if the text cannot be part of a command
  static void check(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' || c == 0) {
        throw new IllegalArgumentException("a command contains no newline and no NUL");
      }
    }
  }

  byte[] line() {
    return (text + '\n').getBytes(StandardCharsets.UTF_8);
  }

  /// Quotes an argument as `parse_args` of `res_agi.c` reads it: `\` escapes `"` and itself.
  static String quoted(String argument) {
    StringBuilder quoted = new StringBuilder(argument.length() + 2).append('"');
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\');
      }
      quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  /// The bytes of [#quoted].
  static int quotedBytes(String argument) {
    int escapes = 0;
    for (int i = 0; i < argument.length(); i++) {
      char c = argument.charAt(i);
      escapes += c == '"' || c == '\\' ? 1 : 0;
    }
    return bytes(argument) + escapes + "\"\"".length();
  }

  /// In UTF-8, where a surrogate pair takes four.
  private static int bytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }
}
