package io.tamas.asterisk.agi;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.asteriskjava.fastagi.reply.AgiReply;
import org.jspecify.annotations.Nullable;

/// Asterisk's reply to one command.
///
/// @param lines without their newlines; one, except for usage texts and values that contain
///   newlines
record Reply(List<String> lines) implements AgiReply {
  private static final String RESULT = "200 result=";

  /// Three digits, then a blank or, if more lines follow, `-`.
  static boolean isFirstLine(String line) {
    return line.length() > 3
        && isDigit(line.charAt(0))
        && isDigit(line.charAt(1))
        && isDigit(line.charAt(2))
        && (line.charAt(3) == ' ' || line.charAt(3) == '-');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public String getFirstLine() {
    return lines.getFirst();
  }

  @Override
  public List<String> getLines() {
    return lines;
  }

  @Override
  public int getStatus() {
    return Integer.parseInt(getFirstLine(), 0, 3, 10);
  }

  @Override
  public String getResult() {
    if (!getFirstLine().startsWith(RESULT)) {
      return "";
    }
    int end = getFirstLine().indexOf(' ', RESULT.length());
    return getFirstLine().substring(RESULT.length(), end < 0 ? getFirstLine().length() : end);
  }

  /// The result as a number, -1 if it is not one.
  @Override
  public int getResultCode() {
    try {
      return Integer.parseInt(getResult());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  @Override
  public char getResultCodeAsChar() {
    return (char) Math.max(0, getResultCode());
  }

  /// The value in parentheses, whatever it contains: from the first `(` to the last `)`.
  @Override
  public @Nullable String getExtra() {
    String rest = rest();
    int end = rest.lastIndexOf(')');
    return rest.startsWith("(") && end > 0 ? rest.substring(1, end) : null;
  }

  @Override
  public @Nullable String getAttribute(String name) {
    return getStatus() == SC_SUCCESS ? attributes().get(name.toLowerCase(Locale.ROOT)) : null;
  }

  @Override
  public @Nullable String getSynopsis() {
    if (getStatus() != SC_INVALID_COMMAND_SYNTAX) {
      return null;
    }
    return lines.stream()
        .skip(1)
        .filter(line -> line.strip().startsWith("Usage:"))
        .map(line -> line.strip().substring("Usage:".length()).strip())
        .findFirst()
        .orElse(null);
  }

  @Override
  public @Nullable String getUsage() {
    if (getStatus() != SC_INVALID_COMMAND_SYNTAX) {
      return null;
    }
    return String.join("\n", lines.subList(Math.min(1, lines.size()), lines.size()));
  }

  /// What follows the result, such as `(timeout) endpos=0`.
  private String rest() {
    String all = String.join("\n", lines);
    int blank = all.startsWith(RESULT) ? all.indexOf(' ', RESULT.length()) : -1;
    return blank < 0 ? "" : all.substring(blank + 1);
  }

  private Map<String, String> attributes() {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("result", getResult());
    String rest = rest();
    for (String pair : rest.substring(rest.lastIndexOf(')') + 1).strip().split(" ", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        attributes.put(
            pair.substring(0, equals).toLowerCase(Locale.ROOT), pair.substring(equals + 1));
      }
    }
    return attributes;
  }
}
