package io.tamas.asterisk.agi;

import java.nio.charset.StandardCharsets;

/// The text of one command, safe to send: one line that fits into Asterisk's buffer.
record Command(String text) {
  Command {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r' || c == 0) {
        throw new IllegalArgumentException("a command holds no newline and no NUL");
      }
    }
    if (bytes(text) + 1 > AgiLimits.COMMAND) {
      throw new IllegalArgumentException(
          "a command is at most " + AgiLimits.COMMAND + " bytes with its newline");
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

  private static int bytes(String text) {
    // Cheap for the common case: a char is at most three bytes.
    return 3 * text.length() < AgiLimits.COMMAND
        ? text.length()
        : text.getBytes(StandardCharsets.UTF_8).length;
  }
}
